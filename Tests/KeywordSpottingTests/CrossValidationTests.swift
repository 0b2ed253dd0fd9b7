import TestSupport
import Testing

@testable import Datasets
@testable import Recognition
@testable import Statistics
@testable import Training

/// Folds of speakers, and trainings without each.
@Suite struct CrossValidationTests {
  /// Counts 5, 4, 3, 3, 1 in two folds: 5+3 and 4+3+1.
  @Test func foldsAreEven() {
    let keys = [("a", 5), ("b", 4), ("c", 3), ("d", 3), ("e", 1)].flatMap {
      Array(repeating: $0.0, count: $0.1)
    }
    let folds = Fold.assignment(keys, count: 2)
    #expect(folds == ["a": 1, "b": 2, "c": 2, "d": 1, "e": 2])
    #expect(Fold.assignment(keys.reversed(), count: 2) == folds)
    #expect(Set(Fold.assignment(keys, count: 5).values) == Set(1...5))
  }

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

  @Test func everyFoldIsTrainedAndMeasured() throws {
    var fixture = TrainingFixture()
    fixture.options.epochs = 1
    let training = Training(root: fixture.data, options: fixture.options)
    var seen: [Int] = []
    let (folder, rows) = try CrossValidation(training, by: .count(2)).run(
      into: fixture.folder["folds"], report: { _ in }, finished: { row, _ in seen.append(row.fold) }
    )
    #expect(seen == [1, 2] && rows.map(\.fold) == [1, 2])
    // 2 words of 16 clips, each tested once.
    #expect(rows.reduce(0) { $0 + $1.accuracy.n } == 32)
    let table = try #require(TemporaryFolder.text(folder.folds)).split(whereSeparator: \.isNewline)
    #expect(table.count == 3 && table[0] == "fold,speakers,clips,accuracy,low,high")
    let model = try KeywordModel(contentsOf: folder.path.appending("fold-2/model.safetensors"))
    #expect(model.record.options.fold == Fold(2, of: 2))
  }

  /// After hours of folds one speaker's broken clips must not end them.
  @Test func aFoldWithoutReadableClipsIsLeftOut() throws {
    var fixture = TrainingFixture(clips: 4)
    (fixture.options.epochs, fixture.options.allowsBad) = (1, true)
    for word in ["low", "mid"] {
      TemporaryFolder.write(
        [1], to: fixture.data.appending(word).appending("speaker1_nohash_0.wav"))
    }
    let training = Training(root: fixture.data, options: fixture.options)
    let (_, rows) = try CrossValidation(training, by: .speaker).run(
      into: fixture.folder["folds"], report: { _ in }, finished: { _, _ in })
    #expect(Set(rows.flatMap(\.speakers)) == ["speaker0", "speaker2", "speaker3"])
  }

  @Test func theMeanAndSpreadOfFolds() {
    let rows = [0.8, 0.9, 1].map {
      CrossValidation.Row(fold: 1, speakers: [], accuracy: Estimate($0, n: 10))
    }
    let (mean, deviation) = CrossValidation.summary(rows)
    #expect(abs(mean - 0.9) < 1e-12 && abs(deviation - 0.1) < 1e-12)
  }

  @Test func tooManyFoldsAndUnknownSpeakersAreRefused() throws {
    let folder = DatasetTestFolder()
    for name in ["yes/1.wav", "yes/2.wav", "no/1.wav", "no/2.wav"] { folder.write(name) }
    let training = Training(root: folder.path, options: TrainingFixture.options)
    for rule in [CrossValidation.Rule.speaker, .count(3)] {
      #expect(throws: TrainingError.self) {
        _ = try CrossValidation(training, by: rule).run(
          into: folder.path.appending("out"), report: { _ in }, finished: { _, _ in })
      }
    }
  }
}
