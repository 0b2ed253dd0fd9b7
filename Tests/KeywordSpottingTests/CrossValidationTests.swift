import Synchronization
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Recognition
@testable import Statistics
@testable import Training

/// Folds of speakers, and trainings without each.
@Suite struct CrossValidationTests {
  @Test func aFoldsSpeakersTestAndAllOthersTrain() throws {
    let folder = DatasetTestFolder()
    for word in ["yes", "no"] {
      for speaker in 0..<6 { folder.write("\(word)/s\(speaker)_nohash_0.wav") }
    }
    var tested: [String?] = []
    for index in 1...3 {
      var options = DatasetOptions()
      options.fold = Fold(index, of: 3)
      let dataset = try Dataset.scan(folder.path, options: options)
      let test = Set(dataset.recordings(in: .testing).map(\.speaker))
      #expect(test.count == 2 && dataset.recordings(in: .testing).count == 4)
      #expect(Set(dataset.recordings(in: .training).map(\.speaker)).isDisjoint(with: test))
      #expect(dataset.recordings(in: .validation).isEmpty && dataset.splitRule == .fold)
      tested += test
    }
    #expect(Set(tested).count == 6 && tested.count == 6)
  }

  @Test func impossibleFoldsAreRefused() {
    for fold in [Fold(0, of: 3), Fold(4, of: 3), Fold(1, of: 1)] {
      var options = DatasetOptions()
      options.fold = fold
      #expect(throws: DatasetError.self) { try options.check() }
    }
  }

  /// Without lists, so that the four speakers are too few to hold any out.
  private func fixture(clips: Int = 16) -> TrainingFixture {
    var fixture = TrainingFixture(clips: clips)
    fixture.options.epochs = 2
    fixture.dropLists()
    return fixture
  }

  private func rows(_ events: [TrainingEvent]) -> [FoldRow] {
    events.compactMap { if case .fold(let row, _) = $0 { row } else { nil } }
  }

  @Test func fewSpeakersAllTrainAndFoldsMeasure() throws {
    let fixture = fixture()
    let events = Mutex<[TrainingEvent]>([])
    let outcome = try fixture.run(report: { event in events.withLock { $0.append(event) } })
    let rows = rows(events.withLock { $0 })
    #expect(rows.map(\.fold) == [1, 2, 3, 4])
    #expect(rows.flatMap(\.speakers).sorted() == (0..<4).map { "speaker\($0)" })
    // 2 words of 16 clips, each tested once.
    #expect(rows.reduce(0) { $0 + $1.words.n } == 32)
    let record = try #require(outcome.model.record.folds)
    #expect(record.count == 4 && record.speakers == 4 && record.words.n == 32)
    let right = rows.reduce(0.0) { $0 + $1.words.value! * Double($1.words.n) }
    #expect(abs(record.words.value! - right / 32) < 1e-9)
    #expect(outcome.model.record.clips["training"] == ["low": 16, "mid": 16])
    #expect(outcome.model.record.options.holdOut == .never)
    let table = try #require(TemporaryFolder.text(outcome.folder.folds))
      .split(whereSeparator: \.isNewline)
    #expect(table.count == 5 && table[0].hasPrefix("fold,speakers,clips,accuracy,low,high,"))
    // The folds' own folders are gone, their report stays.
    let names = TemporaryFolder.names(in: outcome.folder.foldReport)
    #expect(names.contains("report.html") && !names.contains("1"), "\(names)")
    #expect(try KeywordModel(contentsOf: outcome.folder.model).record.folds == record)
  }

  /// The weights are those of a training on all clips that nothing measured.
  @Test func foldsDoNotChangeTheWeights() throws {
    let fixture = fixture()
    let model = try fixture.run("folded").model
    var options = DatasetOptions()
    options.holdOut = .never
    let whole = try Dataset.scan(fixture.data, options: options)
    var training = Training(root: fixture.data, options: fixture.options)
    training.options.folds = .off
    let plain = try training.run(
      whole, into: fixture.folder["plain"], isCancelled: { false }, report: { _ in })
    #expect(model.network.parameters == plain.model.network.parameters)
    #expect(plain.model.record.folds == nil)
  }

  @Test func interruptedFoldsGoOnToTheSameBytes() throws {
    let fixture = fixture()
    _ = try fixture.run("whole")
    let folds = Atomic(0)
    #expect {
      _ = try fixture.run("cut", isCancelled: { folds.load(ordering: .relaxed) > 6 }) { event in
        if case .inFold(_, _, .step) = event { folds.wrappingAdd(1, ordering: .relaxed) }
      }
    } throws: { error in
      guard case .interrupted(fixture.folder["cut"])? = error as? TrainingError else {
        return false
      }
      return true
    }
    // The model is there, unmeasured.
    #expect(
      try KeywordModel(contentsOf: fixture.folder["cut/model.safetensors"]).record.folds == nil)
    let events = Atomic(0)
    _ = try Training.resume(RunFolder(existing: fixture.folder["cut"]), threads: 1) { event in
      if case .fold = event { events.wrappingAdd(1, ordering: .relaxed) }
    }
    #expect(events.load(ordering: .relaxed) == 4 && fixture.model("cut") == fixture.model("whole"))
    // A second time there is nothing to do, and nothing changes.
    _ = try Training.resume(RunFolder(existing: fixture.folder["cut"]), threads: 1) { event in
      if case .folding = event { events.wrappingAdd(1, ordering: .relaxed) }
    }
    #expect(events.load(ordering: .relaxed) == 4 && fixture.model("cut") == fixture.model("whole"))
  }

  @Test func askedForFoldsAreMadeBesideTheOwnSplit() throws {
    var fixture = TrainingFixture()
    (fixture.options.epochs, fixture.options.folds) = (1, .count(2))
    let outcome = try fixture.run()
    let record = try #require(outcome.model.record.folds)
    #expect(record.count == 2 && record.words.n == 32 && outcome.model.record.test?.n == 8)
  }

  /// After hours of folds one speaker's broken clips must not end them.
  @Test func aFoldWithoutReadableClipsIsLeftOut() throws {
    var fixture = fixture(clips: 8)
    fixture.options.allowsBad = true
    for word in ["low", "mid"] {
      for number in 0..<2 {
        TemporaryFolder.write(
          [1], to: fixture.data.appending(word).appending("speaker1_nohash_\(number).wav"))
      }
    }
    let events = Mutex<[TrainingEvent]>([])
    let outcome = try fixture.run(report: { event in events.withLock { $0.append(event) } })
    let rows = rows(events.withLock { $0 })
    #expect(Set(rows.flatMap(\.speakers)) == ["speaker0", "speaker2", "speaker3"])
    #expect(outcome.model.record.folds?.count == 3)
  }

  @Test func tooManyFoldsAndUnknownSpeakersAreRefused() throws {
    let folder = DatasetTestFolder()
    for name in ["yes/1.wav", "yes/2.wav", "no/1.wav", "no/2.wav"] { folder.write(name) }
    for rule in [FoldRule.speaker, .count(3)] {
      var options = TrainingFixture.options
      options.folds = rule
      #expect(throws: TrainingError.self) {
        _ = try Training(root: folder.path, options: options).run(
          into: folder.path.appending("out"), report: { _ in })
      }
    }
  }

  @Test(arguments: ["auto", "none", "speaker", "5"])
  func rulesAreReadAsTheyAreWritten(_ text: String) {
    #expect(FoldRule(text)?.description == text)
    #expect(FoldRule("1") == nil && FoldRule("speakers") == nil)
  }
}
