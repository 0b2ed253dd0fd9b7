import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Recognition
@testable import Sound
@testable import Training

/// Windows of whole recordings, taught as unknown.
@Suite struct NegativeTests {
  private func words(_ middles: Double...) -> [LabelledWord] {
    middles.map { LabelledWord(label: "a", seconds: $0 - 0.2...$0 + 0.2) }
  }

  /// Every start that is allowed, and no other, by looking at each.
  @Test func noWindowHoldsTheMiddleOfAKeyword() {
    for middles in [[], [5.0], [5.0, 5.3], [0.0], [9.99], [2.0, 2.5, 8.0], [20.0]] {
      let windows = NegativeWindows(
        sampleCount: 100, window: 10, words: middles.flatMap { words($0) }, sampleRate: 10)
      let ranges = (0..<windows.count).map { windows.range(at: $0) }
      let expected = (0...90).map { $0..<$0 + 10 }.filter { range in
        !middles.contains { range.contains(Int($0 * 10)) }
      }
      #expect(ranges == expected, "\(middles)")
    }
  }

  @Test func aShortRecordingIsOneWindow() {
    let windows = NegativeWindows(sampleCount: 7, window: 10, words: [], sampleRate: 10)
    #expect(windows.count == 1 && windows.range(at: 0) == 0..<7 && windows.isShort)
    for (samples, isShort) in [(20, true), (21, false)] {
      let windows = NegativeWindows(sampleCount: samples, window: 10, words: [], sampleRate: 10)
      #expect(windows.isShort == isShort)
    }
    let said = NegativeWindows(sampleCount: 7, window: 10, words: words(0.3), sampleRate: 10)
    #expect(said.count == 0 && said.spread(sampleRate: 10).isEmpty)
  }

  @Test func windowsForMeasuringAreSpread() {
    let windows = NegativeWindows(sampleCount: 4_010, window: 10, words: [], sampleRate: 10)
    #expect(windows.spread(sampleRate: 10).count == 40)
    #expect(windows.spread(sampleRate: 10).first == 50..<60)
  }

  /// Beside hours of talk, mined clips of few windows each are met all the same.
  ///
  /// Each four times an epoch, or together half of the windows. Words are not put into them.
  @Test(arguments: [(clips: 5, taken: 20), (40, 50)])
  func shortRecordingsAreMetInEachEpoch(_ mined: (clips: Int, taken: Int)) {
    let clips =
      (0..<100).map { _ in ("a", "a", "s") }
      + (0...mined.clips).map { _ in (ClassLabel.unknown, "u", "s") }
    var windows = Dictionary(uniqueKeysWithValues: (0..<mined.clips).map { (101 + $0, 3) })
    windows[100] = 1_000_000
    let known = TrainingClips(clips, windows: windows, short: Set(101..<101 + mined.clips))
    var recipe = TrainingRecipe(
      TrainingOptions(threads: 1),
      for: TrainingDataSize(
        keywordClips: 100, hasUnknown: true, usualSeconds: 1, sampleRate: 8_000))
    recipe.negatives = NegativeOptions([], share: 1, wordShare: 0.5)
    #expect(known.windowCount == 1_000_000)
    var generator = SeededGenerator(seed: 1)
    let plan = EpochPlan(known, recipe: recipe, using: &generator)
    var drawn: [Int: Int] = [:]
    for case .window(let window) in plan.items where window.index > 100 {
      drawn[window.index, default: 0] += 1
      #expect((0..<3).contains(window.place))
    }
    #expect(drawn.values.reduce(0, +) == mined.taken && drawn.count == mined.clips)
    #expect(drawn.values.max()! - drawn.values.min()! <= 1)
    for item in plan.items {
      switch item {
      case .inSpeech(_, let window), .half(_, _, let window): #expect(window.index == 100)
      default: break
      }
    }
  }

  /// More of them than an epoch takes are met in other epochs.
  @Test func manyShortRecordingsTakeTurns() {
    let clips = TrainingClips(
      [("a", "a", "s")] + (0...80).map { _ in (ClassLabel.unknown, "u", "s") },
      windows: Dictionary(uniqueKeysWithValues: (1...81).map { ($0, $0 == 1 ? 1_000 : 1) }),
      short: Set(2...81))
    var generator = SeededGenerator(seed: 1)
    var met: Set<Int> = []
    for epoch in 1...20 {
      let drawn = clips.drawShort(25, using: &generator).map(\.index)
      #expect(Set(drawn).count == 25, "\(epoch)")
      met.formUnion(drawn)
    }
    #expect(met == Set(2...81))
  }

  /// Alone, or where most talk comes in short pieces, they are drawn by their length.
  @Test func talkInShortPiecesIsDrawnByLength() {
    for windows in [[1: 3], [1: 100, 2: 100]] {
      let clips = TrainingClips(
        [("a", "a", "s")] + windows.map { _ in (ClassLabel.unknown, "u", "s") }, windows: windows,
        short: [1])
      #expect(clips.short.isEmpty && clips.windowCount == windows.values.reduce(0, +))
    }
  }

  /// Each second of speech is as likely as any other.
  @Test func windowsAreDrawnByLength() {
    let clips = TrainingClips(
      [("a", "a", "s"), (ClassLabel.unknown, "u", "s"), (ClassLabel.unknown, "u", "s")],
      windows: [1: 900, 2: 100])
    var generator = SeededGenerator(seed: 1)
    #expect(clips.windowCount == 1_000)
    var counts = [0, 0]
    for _ in 0..<2_000 {
      let window = clips.drawWindow(using: &generator)
      counts[window.index - 1] += 1
      #expect((0..<(window.index == 1 ? 900 : 100)).contains(window.place))
    }
    #expect(counts[0] + counts[1] == 2_000 && abs(counts[0] - 1_800) < 60)
    // They are no unknown clips.
    #expect(clips.unknown.isEmpty)
  }

  /// A dataset of tones and recordings of other tones, one of which holds a word.
  private func fixture() -> TrainingFixture {
    var fixture = TrainingFixture()
    for speaker in 0..<20 {
      let tones = [500.0, 700, 1_500].flatMap {
        ToneDataset.tone($0, seconds: 0.5, seed: UInt64(speaker))
      }
      fixture.folder.write(
        "talk/s\(speaker)_nohash_0.wav", ToneDataset.wav(tones, sampleRate: 8_000))
    }
    fixture.folder.write(
      "talk/transcripts.csv",
      text: "path,text\n" + (0..<20).map { "s\($0)_nohash_0.wav,talk\n" }.joined())
    fixture.options.negatives = NegativeOptions([fixture.folder["talk"]])
    return fixture
  }

  private func parts(_ fixture: TrainingFixture) throws -> NegativeRecordings {
    try NegativeRecordings(
      fixture.options.negatives, beside: Dataset.scan(fixture.data), DatasetOptions())
  }

  @Test func recordingsAreInTheirSpeakersParts() throws {
    let fixture = fixture()
    let hash = SplitHash(validationPercent: 10, testingPercent: 10)
    let expected = (0..<20).filter { hash.split(of: "s\($0)") != .testing }
    let negatives = try parts(fixture)
    #expect(negatives.recordings.count == expected.count && negatives.warnings.isEmpty)
    #expect(negatives.recordings.allSatisfy { $0.split == hash.split(of: $0.speaker!) })
    // The dataset says who is tested on.
    fixture.folder.write(
      "talk/speaker3_nohash_9.wav", ToneDataset.wav([0, 0, 0], sampleRate: 8_000))
    #expect(try parts(fixture).recordings.count == expected.count)
    #expect(try parts(fixture).warnings[0].contains("in 1 of 21 negative recordings"))
  }

  @Test func recordingsWithAKeywordSomewhereAreLeftOut() throws {
    let fixture = fixture()
    fixture.folder.write(
      "talk/transcripts.csv",
      text: "path,text\n" + (0..<20).map { "s\($0)_nohash_0.wav,low talk\n" }.joined())
    let failure = #expect(throws: TrainingError.self) { try parts(fixture) }
    #expect("\(failure!)".contains("none of 20 recordings is in the training part"))
    // With their times they stay, and windows avoid them.
    fixture.folder.write(
      "times.csv",
      text: "path,start,end,label\n"
        + (0..<20).map { "talk/s\($0)_nohash_0.wav,0.5,0.9,low\n" }.joined())
    var timed = fixture
    timed.options.negatives = NegativeOptions(
      [fixture.folder["talk"]], labels: [fixture.folder["times.csv"]])
    let negatives = try parts(timed)
    #expect(negatives.recordings.count > 10 && negatives.warnings.isEmpty)
    #expect(negatives.words.values.allSatisfy { $0.map(\.label) == ["low"] })
  }

  @Test func aTrainingLearnsThemAsUnknown() throws {
    let fixture = fixture()
    let outcome = try fixture.run("whole")
    #expect(outcome.model.labels == ["low", "mid", "_unknown_", "_silence_"])
    // Its recordings are among those that it knows.
    let clip = try AudioDecoder(sampleRate: 8_000).decode(
      fixture.folder["talk/s1_nohash_0.wav"])
    let isTraining = DatasetOptions().split(of: "s1") == .training
    #expect(
      (outcome.model.history.role(of: ContentHash.of(clip.samples)) == .trained) == isTraining)
    let config = try #require(TemporaryFolder.text(fixture.folder["whole/config.json"]))
    #expect(
      config.contains("\"negatives\": [\"") && config.contains("\"negative-share\": 1.0")
        && config.contains("\"word-share\": 0.5"))
    // Another share is another model; the same is the same at any number of threads.
    var other = fixture
    other.options.negatives!.share = 2
    _ = try other.run("other")
    #expect(fixture.model("other") != fixture.model("whole"))
    other.options.negatives!.share = 1
    // So is another share of words within them.
    other.options.negatives!.wordShare = 0
    _ = try other.run("words")
    #expect(fixture.model("words") != fixture.model("whole"))
    other.options.negatives!.wordShare = NegativeOptions.standardWordShare
    other.options.threads = 1
    _ = try other.run("again")
    #expect(fixture.model("again") == fixture.model("whole"))
  }

  /// Among clips unknown words are as frequent as without the windows, unless those are all there is.
  @Test func windowsDoNotChangeTheSharesOfClips() throws {
    var fixture = fixture()
    fixture.options.epochs = 1
    fixture.options.negatives!.wordShare = 0
    let alone = try fixture.run("alone").model.decision.prior.trained
    #expect(abs(alone[ClassLabel.unknown]! / (alone["low"]! + alone["mid"]!) - 1) < 0.05)
    for speaker in 0..<8 {
      TemporaryFolder.write(
        ToneDataset.wav(
          ToneDataset.tone(900, seconds: 0.25, seed: UInt64(speaker)), sampleRate: 8_000),
        to: fixture.data.appending("_unknown_/speaker\(speaker)_nohash_0.wav"))
    }
    fixture.options.negatives!.wordShare = 1
    let both = try fixture.run("both").model.decision.prior
    fixture.options.negatives = nil
    let plain = try fixture.run("plain").model.decision.prior
    for (label, share) in plain.trained { #expect(abs(both.trained[label]! - share) < 0.01) }
  }

  /// Recordings of at most two windows, as mined clips are, choose no epoch.
  @Test func shortRecordingsAreNotValidatedOn() throws {
    func validationClips(_ seconds: Double) throws -> Int {
      let fixture = TrainingFixture()
      for speaker in 0..<40 {
        fixture.folder.write(
          "talk/s\(speaker)_nohash_0.wav",
          ToneDataset.wav(
            ToneDataset.tone(500, seconds: seconds, seed: UInt64(speaker)), sampleRate: 8_000))
      }
      var options = fixture.options
      options.negatives = NegativeOptions([fixture.folder["talk"]])
      let prepared = try PreparedData(
        Dataset.scan(fixture.data, hasNegatives: true), root: fixture.data, options: options,
        place: RunPlace { () throws(FileError) in
          try RunFolder(creating: fixture.folder["run"])
        },
        isCancelled: { false }, report: { _ in })
      return prepared.validation.targets.count
    }
    let rule = DatasetOptions()
    let held = (0..<40).count { rule.split(of: "s\($0)") == .validation }
    #expect(try held > 0 && validationClips(1.1) == validationClips(0.9) + held)
  }

  @Test(arguments: [2, 9]) func aTrainingWithThemIsResumed(_ steps: Int) throws {
    let fixture = fixture()
    _ = try fixture.run("whole")
    try fixture.interrupted("cut", afterSteps: steps)
    _ = try Training.resume(RunFolder(existing: fixture.folder["cut"]), threads: 1) { _ in }
    #expect(fixture.model("cut") == fixture.model("whole"))
  }
}
