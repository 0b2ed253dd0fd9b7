#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SystemPackage
import TestSupport
import Testing

@testable import Datasets
@testable import Evaluation
@testable import Recognition

@Suite struct KeywordCurveTests {
  /// What `Fixtures/make/curves.py` wrote with scikit-learn 1.9.1.
  private struct Golden: Decodable {
    let averagePrecision, exactAveragePrecision: Double
    let thresholds: [Float]
    let falseAccepts, misses: [Double]
    /// Shares of misses and of false accepts where thresholds meet a target.
    let fewAccepts, fewMisses: [Double]
  }

  private static let path = Repository.fixtures.appending("curves.json")

  @Test func theCurvesOfScikitLearn() throws {
    let golden = try JSONDecoder().decode([Golden].self, from: Data(TextFile.bytes(of: Self.path)))
    let data = StatisticsFixture.shared.classification
    #expect(golden.count == 5 && data.labels.count == 300)
    for (label, expected) in golden.enumerated() {
      var counts = KeywordCounts()
      for (correct, row) in zip(data.labels, data.probabilities) {
        counts.add(score: Float(row[label]) / Float(data.scale), isPositive: correct == label)
      }
      let curve = KeywordCurve("\(label)", counts, hours: 0)
      // Sums of a hundred fractions.
      #expect(agrees(curve.averagePrecision!, expected.averagePrecision, within: 1e-12))
      // Clips that the grid cannot tell apart are at most 0.8% of probability apart.
      #expect(agrees(curve.averagePrecision!, expected.exactAveragePrecision, within: 0.02))
      for (index, threshold) in expected.thresholds.enumerated() where threshold.isFinite {
        let point = curve.point(at: threshold)
        let accepts = Double(point.falseAccepts) / Double(curve.negatives)
        let misses = Double(point.misses) / Double(curve.positives)
        #expect(agrees(accepts, expected.falseAccepts[index], within: 1e-12))
        #expect(agrees(misses, expected.misses[index], within: 1e-12))
      }
    }
  }

  /// Both halves hold the same clips, so crossing over gives the rates on all of them twice.
  @Test func chosenThresholdsAreThoseOfScikitLearn() throws {
    let golden = try JSONDecoder().decode([Golden].self, from: Data(TextFile.bytes(of: Self.path)))
    let data = StatisticsFixture.shared.classification
    let labels = golden.indices.map { "\($0)" } + ["5"]
    var counts = EvaluationCounts(labels: labels)
    for (index, (correct, row)) in zip(data.labels, data.probabilities).enumerated() {
      counts.add(
        Prediction(
          path: "\(index)", label: labels[correct], predicted: labels[correct],
          probabilities: row.map { Float($0) / Float(data.scale) }))
    }
    func rates(_ target: ThresholdChoice.Target) -> [[Double]] {
      ThresholdChoice(
        halves: (counts, counts), quiet: ([], []), target: target,
        rule: AlarmRule(ModelFixture.model())
      ).keywords.map {
        [
          Double($0.misses) / Double($0.positives), Double($0.falseAccepts) / Double($0.negatives),
        ]
      }
    }
    let accepts = rates(.falseAccepts(0.05))
    let rejects = rates(.falseRejects(0.1))
    #expect(golden.count == 5)
    for (label, expected) in golden.enumerated() {
      #expect(expected.fewAccepts.count == 2 && expected.fewMisses.count == 2)
      for (found, rate) in zip(accepts[label], expected.fewAccepts) {
        #expect(agrees(found, rate, within: 1e-12), "\(label)")
      }
      for (found, rate) in zip(rejects[label], expected.fewMisses) {
        #expect(agrees(found, rate, within: 1e-12), "\(label)")
      }
    }
  }

  @Test func equalErrorRateOfASimpleCase() {
    var counts = KeywordCounts()
    for score: Float in [0.2, 0.6, 0.8, 0.9] { counts.add(score: score, isPositive: true) }
    for score: Float in [0.1, 0.3, 0.4, 0.7] { counts.add(score: score, isPositive: false) }
    let curve = KeywordCurve("a", counts, hours: 0)
    // Between 0.4 and 0.6 one of four is missed and one of four accepted.
    #expect(curve.equalErrorRate == 0.25)
    #expect(curve.points.first?.misses == 0)
  }

  @Test func alarmsAreRunsOfWindows() {
    var count = AlarmCount()
    let scores: [Float] = [0.9, 0.8, 0.1, 0.9, 0.1, 0.1, 0.1, 0.1, 0.95]
    let starts = scores.indices.map { Double($0) * 0.4 }
    count.add(scores, starts: starts, ListeningRule(), ListeningRule.Conditions())
    func alarms(_ threshold: Float) -> Int { count.alarms[ScoreGrid.level(of: threshold)] }
    // 0 and 0.4 s are one run, 1.2 s comes within a second of it, 3.2 s does not.
    #expect(alarms(0.75) == 2)
    #expect(alarms(0.94) == 1)
    #expect(alarms(0.99) == 0)
    #expect(alarms(0.01) == 1)
  }

  @Test func aLevelIsTheLastThresholdThatIsReached() {
    for (level, threshold) in ScoreGrid.thresholds.enumerated() {
      #expect(ScoreGrid.level(of: threshold) == level)
      #expect(level == 0 || ScoreGrid.level(of: threshold.nextDown) == level - 1)
    }
  }
}
