import Recognition
import Sound

/// Counts of answers to the same clips as recorded and under each condition, by speaker.
struct RobustnessCounts: Codable, Sendable {
  /// The counts of one condition in a row, after the clips and the clips of keywords.
  enum Column: Int, CaseIterable {
    /// Right answers; right answers to keywords; other clips that were answered with a keyword.
    case correct, found, accepted
  }

  /// "as recorded", then the conditions.
  let names: [String]
  /// For each speaker, or group of clips without one: clips, clips of keywords, then `Column` for
  /// each of `names`.
  private(set) var clusters: [String: [Int]] = [:]

  init(_ conditions: [RecordingCondition]) {
    self.init(names: ["as recorded"] + conditions.map(\.name))
  }

  /// Makes empty counts for conditions with these names.
  init(names: [String]) { self.names = names }

  var columns: Int { 2 + Column.allCases.count * names.count }

  /// Counts the answers to one clip, as recorded first.
  mutating func add(_ prediction: Prediction, answers: [String]) {
    precondition(answers.count == names.count, "\(answers.count) answers of \(names.count)")
    let key = prediction.clusterKey
    var row = clusters.removeValue(forKey: key) ?? [Int](repeating: 0, count: columns)
    let isKeyword = ClassLabel.isKeyword(prediction.label)
    row[0] += 1
    row[1] += isKeyword ? 1 : 0
    for (index, answer) in answers.enumerated() {
      let start = 2 + index * Column.allCases.count
      let isCorrect = answer == prediction.label
      if isCorrect { row[start + Column.correct.rawValue] += 1 }
      if isCorrect && isKeyword { row[start + Column.found.rawValue] += 1 }
      if !isKeyword && ClassLabel.isKeyword(answer) { row[start + Column.accepted.rawValue] += 1 }
    }
    clusters[key] = row
  }

  /// The first fault in counts from a file of at most `clips` clips, or nil.
  func problem(atMost clips: Int) -> String? {
    if names.isEmpty { return "no conditions" }
    for (key, row) in clusters
    where row.count != columns || !row.allSatisfy({ 0 <= $0 && $0 <= row[0] }) {
      return "the answers to \(key) under other conditions"
    }
    return CountSum.of(clusters.values.map { $0[0] }, atMost: clips) == nil
      ? "answers under other conditions to more than \(clips) clips" : nil
  }

  mutating func merge(_ other: Self) {
    precondition(names == other.names, "conditions \(names) merged with \(other.names)")
    for (key, row) in other.clusters {
      let sum = clusters[key] ?? [Int](repeating: 0, count: columns)
      clusters[key] = zip(sum, row).map(+)
    }
  }
}
