import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Recognition
@testable import Training

@Suite struct TrainingFaultTests {
  /// 120 small clips, of which `bad` in the training part are no audio.
  private func fixture(bad: Int) -> TrainingFixture {
    var fixture = TrainingFixture(clips: 60, seconds: 0.1)
    fixture.options.epochs = 1
    for index in 0..<bad {
      TemporaryFolder.write(
        Array("no audio".utf8),
        to: fixture.data.appending("low").appending("speaker0_nohash_\(index).wav"))
    }
    return fixture
  }

  @Test func oneBadClipIsSkippedCountedAndListed() throws {
    let outcome = try fixture(bad: 0).run()
    #expect(outcome.skipped.isEmpty)
    // One of 90 training and validation clips is 1.1%: over the limit of 1%.
    var one = fixture(bad: 1)
    #expect(throws: TrainingError.self) { try one.run() }
    one.options.allowsBad = true
    let allowed = try one.run("allowed")
    #expect(allowed.skipped.map(\.path) == ["low/speaker0_nohash_0.wav"])
    let listed = TemporaryFolder.text(allowed.folder.skipped)!.split(whereSeparator: \.isNewline)
    #expect(listed.count == 2 && listed[1].hasPrefix("low/speaker0_nohash_0.wav,"))
  }

  @Test func theLimitIsOnePercent() throws {
    // 200 clips of two words, of which 150 train and validate: one is below 1%, two are above.
    for (bad, isRefused) in [(1, false), (2, true)] {
      var fixture = TrainingFixture(clips: 100, seconds: 0.06)
      fixture.options.epochs = 1
      fixture.options.maximumClipSeconds = 0.06
      for index in 0..<bad {
        TemporaryFolder.write(
          [1], to: fixture.data.appending("mid").appending("speaker1_nohash_\(index).wav"))
      }
      let failure = fixture.failure()
      if !isRefused {
        #expect(failure == nil)
      } else if case .badClips(let found, let total, _, isStrict: false)? = failure {
        #expect(found == bad && total == 150)
        #expect(TemporaryFolder.names(in: fixture.folder.path) == ["tones"])
      } else {
        Issue.record("\(String(describing: failure))")
      }
    }
  }

  @Test func strictAllowsNone() throws {
    var fixture = fixture(bad: 1)
    (fixture.options.isStrict, fixture.options.allowsBad) = (true, true)
    guard case .badClips(bad: 1, total: 90, let first, isStrict: true)? = fixture.failure() else {
      Issue.record("not refused")
      return
    }
    #expect(first.contains("speaker0_nohash_0.wav"))
  }

  @Test func brokenNoiseIsListedAndStrictAllowsNone() throws {
    var fixture = fixture(bad: 0)
    let noise = fixture.data.appending("_background_noise_").appending("cut.wav")
    TemporaryFolder.write([1], to: noise)
    let outcome = try fixture.run()
    #expect(outcome.skipped.map(\.path) == ["\(noise)"])
    #expect(TemporaryFolder.text(outcome.folder.skipped)!.contains("cut.wav: "))
    fixture.options.isStrict = true
    guard case .badClips(bad: 1, total: 1, _, isStrict: true)? = fixture.failure("strict") else {
      Issue.record("not refused")
      return
    }
  }

  /// The model is there by then; what could not be measured is said.
  @Test func aTestPartOfBrokenClipsIsListed() throws {
    var fixture = fixture(bad: 0)
    fixture.options.allowsBad = true
    for clip in 0..<15 {
      for word in ["low", "mid"] {
        TemporaryFolder.write(
          [1], to: fixture.data.appending(word).appending("speaker3_nohash_\(clip).wav"))
      }
    }
    let outcome = try fixture.run()
    #expect(outcome.model.record.test == nil && outcome.skipped.count == 30)
    let written = try KeywordModel(contentsOf: outcome.folder.model)
    #expect(written.encoded() == outcome.model.encoded())
  }

  /// 1% and `--strict` hold for the test part too, before anything is trained.
  @Test(arguments: [(1, true, true), (1, false, true), (1, false, false), (0, true, true)])
  func theTestPartIsHeldToTheSameRule(bad: Int, isStrict: Bool, isSmall: Bool) {
    // 30 test clips, of which one is 3.3%, or 102, of which one is below 1%.
    var fixture = TrainingFixture(clips: isSmall ? 60 : 204, seconds: 0.06)
    fixture.options.maximumClipSeconds = 0.06
    (fixture.options.epochs, fixture.options.isStrict) = (1, isStrict)
    for index in 0..<bad {
      TemporaryFolder.write(
        [1], to: fixture.data.appending("mid").appending("speaker3_nohash_\(index).wav"))
    }
    let failure = fixture.failure()
    guard bad > 0, isStrict || isSmall else {
      #expect(failure == nil)
      return
    }
    guard case .badTestClips(bad: 1, total: 30, let first, isStrict)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(first.contains("speaker3_nohash_0.wav"))
    #expect(TemporaryFolder.names(in: fixture.folder.path) == ["tones"])
  }

  @Test func nothingReadableIsAnErrorNotACrash() throws {
    var fixture = fixture(bad: 0)
    for word in ["low", "mid"] {
      for clip in 0..<60 {
        TemporaryFolder.write(
          [1],
          to: fixture.data.appending(word)
            .appending("speaker\(clip % 4)_nohash_\(clip / 4).wav"))
      }
    }
    #expect(throws: TrainingError.self) { try fixture.run() }
    fixture.options.allowsBad = true
    #expect(throws: TrainingError.self) { try fixture.run() }
  }

  @Test func aClassWithoutReadableClipsIsAnError() throws {
    var fixture = TrainingFixture()
    fixture.options.allowsBad = true
    for name in TemporaryFolder.names(in: fixture.data.appending("mid")) {
      TemporaryFolder.write([1], to: fixture.data.appending("mid").appending(name))
    }
    #expect(
      fixture.failure().map { "\($0)" }
        == "mid: none of its 8 training clips can be read; repair or remove them")
  }

  @Test func aClassThatIsOnlyTestedIsAnError() throws {
    let fixture = TrainingFixture()
    TemporaryFolder.write(
      ToneDataset.wav(ToneDataset.tone(500, seconds: 0.25, seed: 1), sampleRate: 8_000),
      to: fixture.data.appending("top").appending("speaker3_nohash_0.wav"))
    let list = fixture.data.appending("testing_list.txt")
    TemporaryFolder.write(
      TemporaryFolder.read(list)! + Array("top/speaker3_nohash_0.wav\n".utf8), to: list)
    #expect(
      fixture.failure().map { "\($0)" }
        == "top: none of its clips is in the training part; leave the word out or split otherwise")
  }

  /// A learning rate of 100 without clipping of SGD makes the weights run away within steps.
  @Test func aTrainingThatDivergesKeepsTheLastGoodCheckpoint() throws {
    var fixture = TrainingFixture()
    (fixture.options.optimizer, fixture.options.learningRate) = (.sgd, 100)
    (fixture.options.clipNorm, fixture.options.schedule) = (0, .constant)
    (fixture.options.weightDecay, fixture.options.epochs) = (10, 50)
    guard case .notFinite(let divergence)? = fixture.failure() else {
      Issue.record("did not diverge")
      return
    }
    let text = "\(divergence)"
    #expect(text.contains("epoch \(divergence.epoch), batch \(divergence.step)"))
    #expect(text.contains("gradient norm") && text.contains("learning-rate"))
    let checkpoint = try Checkpoint(contentsOf: fixture.folder["run/checkpoint.safetensors"])
    #expect(!checkpoint.parameters.contains { !$0.isFinite })
    #expect(fixture.model() == nil)
  }

  @Test func aCancelledDecodingEndsEarly() {
    let fixture = TrainingFixture()
    #expect(throws: TrainingError.self) {
      try fixture.run(isCancelled: { true }, report: { _ in })
    }
    #expect(TemporaryFolder.names(in: fixture.folder.path) == ["tones"])
  }

  @Test func impossibleOptionsMakeNoRunFolder() {
    for (name, change) in [
      ("rate", { $0.sampleRate = 5 }), ("max-clip-seconds", { $0.maximumClipSeconds = 0.001 }),
      ("hidden", { $0.hidden = 0 }), ("melBands", { $0.adjustFrontEnd = { $0.melBands = -1 } }),
    ] as [(String, (inout TrainingOptions) -> Void)] {
      var fixture = TrainingFixture(clips: 4)
      change(&fixture.options)
      switch fixture.failure() {
      case .option(.value(name, _, _))?, .option(.unfit(name, _, _))?: break
      case .frontEnd(.invalidOption(name, _))?: break
      case let other: Issue.record("\(name): \(other?.description ?? "accepted")")
      }
      #expect(TemporaryFolder.names(in: fixture.folder.path) == ["tones"])
    }
  }
}
