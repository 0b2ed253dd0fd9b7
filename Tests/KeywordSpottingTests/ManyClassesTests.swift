import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Statistics
@testable import Training

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Thousands of labels cost what their clips cost: nothing grows with the square of the classes.
@Suite struct ManyClassesTests {
  private static let classes = 3_000

  /// `clips` of each class by one of 60 speakers, every fifth answered with the next class.
  private func predictions(_ classes: Int, clips: Int = 1) -> [Prediction] {
    (0..<classes * clips).map { index in
      let label = index % classes
      let answer = index % 5 == 0 ? (label + 1) % classes : label
      var probabilities = [Float](repeating: 0.5 / Float(classes), count: classes)
      probabilities[answer] = 0.4
      probabilities[label] += 0.05
      return Prediction(
        path: "w\(label)/\(index).wav", label: "w\(label)", predicted: "w\(answer)",
        probabilities: probabilities, speaker: "s\(index % 60)", split: .testing)
    }
  }

  private func counts(_ classes: Int) -> EvaluationCounts {
    var counts = EvaluationCounts(labels: (0..<classes).map { "w\($0)" })
    predictions(classes).forEach { counts.add($0) }
    return counts
  }

  @Test func whatIsStoredGrowsWithTheClips() throws {
    let (small, large) = (counts(500), counts(1_500))
    for counts in [small, large] {
      let clips = counts.classes.count
      // Every clip is in one cell of the matrix and in two or three of its speaker's row.
      #expect(counts.confusion.cells.count <= clips)
      #expect(counts.clusters.values.reduce(0) { $0 + $1.count } <= 3 * clips)
    }
    let bytes = try [small, large].map { try jsonEncoder().encode($0).count }
    #expect(Double(bytes[1]) < 3.5 * Double(bytes[0]), "\(bytes)")
  }

  @Test func reportAndPageStaySmall() throws {
    var generator = TestGenerator(state: 1)
    let counts = counts(Self.classes)
    let report = EvaluationReport.make(counts, using: &generator)
    #expect(report.confusion == nil)
    #expect(report.confusionCells?.reduce(0) { $0 + $1.count } == Self.classes)
    #expect(report.interval.name == .bootstrapBySpeaker)
    #expect(report.keywords!.allSatisfy { $0.points.count <= 40 })
    let page = EvaluationPage(report, labels: counts.labels).render()
    let sizes = [
      "JSON": try EvaluationJSON.render(report).count,
      "text": EvaluationText().render(report).utf8.count,
      "confusions": ConfusionTable.render(report).utf8.count, "page": page.utf8.count,
    ]
    // A whole matrix would have nine million cells; a class may take some kilobytes.
    for (name, size) in sizes { #expect(size < 6_000 * Self.classes, "\(name): \(size) bytes") }
    #expect(page.contains("3000 classes are too many for a matrix on a page"))
    #expect(page.contains("Curves of the 60 worst of 3000 keywords"))
    #expect(EvaluationText().render(report).contains("confusion.csv in a report's folder holds it"))
    #expect(
      ConfusionTable.render(report).hasPrefix("said,heard,clips\r\nw0,w1,1\r\n"))
    #expect(try EvaluationJSON.read(EvaluationJSON.render(report)) == report)
  }

  @Test func aRowOfPredictionsHasTheLikeliestTen() throws {
    let predictions = predictions(Self.classes)
    let table = PredictionTable(labels: (0..<Self.classes).map { "w\($0)" })
    let row = table.row(predictions[5])
    #expect(row.utf8.count < 500)
    #expect(row.hasPrefix("w5/5.wav,w5,w6,0,s5,testing,,,"))
    #expect(row.split(separator: ",").contains("w6"))
    // Written, read with the classes known and written again, it is the same row.
    let folder = TemporaryFolder()
    let file = folder.write("p.csv", text: table.render(Array(predictions.prefix(50))))
    var rows: [String] = []
    try PredictionTable.forEach(in: file, labels: table.labels) { rows.append(table.row($0)) }
    #expect(rows == predictions.prefix(50).map(table.row))
    var labels: [[String]] = []
    try PredictionTable.forEach(in: file) { labels.append([$0.path, $0.label, $0.predicted]) }
    #expect(labels[5] == ["w5/5.wav", "w5", "w6"])
  }

  /// What a page shows of a clip does not hold every class at every moment.
  @Test func aTimelineHoldsWhatCanBeSeen() throws {
    for classes in [10, Self.classes] {
      var row = [Float](repeating: 0.0002, count: classes)
      (row[3], row[7]) = (0.3, 0.05)
      let timeline = Timeline(
        kind: .prefix, times: [0.1, 0.2], probabilities: [row, row])
      let bytes = try jsonEncoder().encode(timeline)
      let back = try JSONDecoder().decode(Timeline.self, from: bytes)
      #expect(back.probabilities == timeline.probabilities && back.times == timeline.times)
      #expect(timeline.probabilities[1][3] == 0.3 && timeline.probabilities[0][7] == 0.05)
      #expect(bytes.count < 400, "\(classes) classes: \(bytes.count) bytes")
    }
  }

  /// A model whose header nobody would read again is refused before any clip is decoded, and never
  /// written over one that can be read.
  @Test func labelsBeyondTheHeaderAreRefused() throws {
    let folder = DatasetTestFolder()
    let name = String(repeating: "a", count: 240)
    for label in 0..<2_000 { folder.write("\(name)\(label)/x.wav") }
    do {
      _ = try Training(root: folder.path, options: TrainingFixture.options)
        .run(into: folder.path.appending("run")) { _ in }
      Issue.record("not refused")
    } catch {
      // Nothing in the files is audio, so decoding would have ended otherwise.
      guard case .tooManyLabels(2_001, let bytes, let limit) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(bytes > limit && limit < Safetensors.maximumHeader)
    }
    let many = TemporaryFolder()
    var model = ModelFixture.model()
    let path = many["m.safetensors"]
    try model.write(to: path)
    let before = TemporaryFolder.read(path)
    model.record.clips = ["training": [String(repeating: "x", count: 1 << 20): 1]]
    #expect(throws: ModelError.self) { try model.write(to: path) }
    #expect(TemporaryFolder.read(path) == before)
  }

  /// The draws are those of the plain loop over whole rows.
  @Test func sparseDrawsAreTheDenseOnes() {
    let counts = counts(40)
    let columns = 3 * counts.classes.count
    let rows = counts.clusters.keys.sorted().flatMap { key -> [Int] in
      (0..<columns).map { counts.clusters[key]![$0] ?? 0 }
    }
    var plain: [[Int]] = []
    var generator = SeededGenerator(seed: 3)
    ClusterBootstrap.resample(rows, columns: columns, resamples: 50, using: &generator) {
      plain.append($0)
    }
    generator = SeededGenerator(seed: 3)
    let draws = SpeakerDraws(counts, resamples: 50, using: &generator)
    for index in counts.classes.indices {
      let rates = draws.rates(of: index)
      for (draw, sums) in plain.enumerated() {
        let (support, answers, correct) = (
          sums[3 * index], sums[3 * index + 1], sums[3 * index + 2]
        )
        let recall = rates.recall[draw]
        #expect(support == 0 ? recall.isNaN : recall == Double(correct) / Double(support))
        let precision = rates.precision[draw]
        #expect(answers == 0 ? precision.isNaN : precision == Double(correct) / Double(answers))
      }
    }
  }
}
