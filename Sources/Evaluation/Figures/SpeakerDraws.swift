import Basics
import Statistics

/// Bootstrap over speakers: the rates of each class in every resample.
///
/// Work and memory grow with the number of pairs of a speaker and a class that occur.
struct SpeakerDraws {
  /// Number of clusters: speakers and groups of clips without one.
  let clusterCount: Int
  private let resamples: Int
  /// (clusters, resamples): how often each cluster is drawn.
  private let times: [UInt16]
  /// The clusters with a count, indexed by class * 3 + `EvaluationCounts.Column`.
  private let columns: [[(cluster: Int, count: Int)]]

  /// More clusters than this are merged into this many groups, which are as independent as
  /// speakers.
  private static let mostClusters = 4_096

  init(
    _ counts: EvaluationCounts, resamples: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    let rows = Self.rows(counts)
    clusterCount = rows.count
    self.resamples = resamples
    times = ClusterBootstrap.multiplicities(
      clusters: rows.count, resamples: resamples, using: &generator)
    var columns = [[(cluster: Int, count: Int)]](
      repeating: [], count: counts.classes.count * EvaluationCounts.Column.allCases.count)
    for (cluster, row) in rows.enumerated() {
      for (column, count) in row { columns[column].append((cluster, count)) }
    }
    self.columns = columns
  }

  /// The rows to draw from, in an order that depends only on names.
  private static func rows(_ counts: EvaluationCounts) -> [[Int: Int]] {
    let keys = counts.clusters.keys.sorted()
    if keys.count <= mostClusters { return keys.map { counts.clusters[$0]! } }
    var rows = [[Int: Int]](repeating: [:], count: mostClusters)
    for key in keys {
      rows[StableHash.bucket(of: key, count: mostClusters)]
        .merge(counts.clusters[key]!, uniquingKeysWith: +)
    }
    return rows
  }

  /// The rates of one class in every resample, (resamples) each.
  struct ClassRates {
    fileprivate var support: [Int]
    fileprivate var correct: [Int]
    var recall: [Double]
    var precision: [Double]
    var f1: [Double]
  }

  /// The rates of a class; NaN if it has no clips or answers.
  func rates(of index: Int) -> ClassRates {
    let (support, answers, correct) = (
      sums(index, .support), sums(index, .answers), sums(index, .correct)
    )
    let draws = 0..<resamples
    return ClassRates(
      support: support, correct: correct,
      recall: draws.map { Rates.ratio(correct[$0], support[$0]) },
      precision: draws.map { Rates.ratio(correct[$0], answers[$0]) },
      f1: draws.map { Rates.ratio(2 * correct[$0], support[$0] + answers[$0]) })
  }

  private func sums(_ index: Int, _ column: EvaluationCounts.Column) -> [Int] {
    var sums = [Int](repeating: 0, count: resamples)
    let place = index * EvaluationCounts.Column.allCases.count + column.rawValue
    for (cluster, count) in columns[place] {
      let start = cluster * resamples
      for draw in 0..<resamples { sums[draw] += Int(times[start + draw]) * count }
    }
    return sums
  }

  /// The figures over all classes in every resample, computed class by class.
  struct Means {
    private var support: [Int]
    private var correct: [Int]
    private var recall: [(sum: Double, n: Int)]
    private var f1: [(sum: Double, n: Int)]

    init(resamples: Int) {
      support = [Int](repeating: 0, count: resamples)
      correct = support
      recall = [(sum: Double, n: Int)](repeating: (0, 0), count: resamples)
      f1 = recall
    }

    /// Adds a class.
    ///
    /// A class without clips is not in the mean recall; a class without clips and answers is in no
    /// mean.
    mutating func add(_ rates: ClassRates) {
      for draw in support.indices {
        support[draw] += rates.support[draw]
        correct[draw] += rates.correct[draw]
        Self.add(rates.recall[draw], to: &recall[draw])
        Self.add(rates.f1[draw], to: &f1[draw])
      }
    }

    private static func add(_ value: Double, to mean: inout (sum: Double, n: Int)) {
      if !value.isNaN { mean = (mean.sum + value, mean.n + 1) }
    }

    var accuracy: [Double] { zip(correct, support).map(Rates.ratio) }
    var balancedAccuracy: [Double] { recall.map { $0.sum / Double($0.n) } }
    var macroF1: [Double] { f1.map { $0.sum / Double($0.n) } }
  }
}
