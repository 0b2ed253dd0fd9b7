import Recognition

/// Clips in groups by a common property, and the number of right answers in each.
struct SliceCounts: Codable, Equatable, Sendable {
  struct Count: Codable, Equatable, Sendable {
    var n = 0
    var correct = 0
  }

  /// Counts by kind, then by group; see `EvaluationReport.Slice`.
  private(set) var counts: [String: [Int: Count]] = [:]

  mutating func add(_ prediction: Prediction) {
    if let split = prediction.split {
      add(.split, Split.allCases.firstIndex(of: split)!, prediction)
    }
    guard let facts = prediction.facts else { return }
    add(.duration, SliceKind.duration.group(of: facts.seconds), prediction)
    add(.level, SliceKind.level.group(of: facts.level), prediction)
    let ratio = SliceKind.signalToNoise
    add(ratio, facts.signalToNoise.map(ratio.group) ?? ratio.edges.count + 1, prediction)
  }

  private mutating func add(_ kind: SliceKind, _ group: Int, _ prediction: Prediction) {
    counts[kind.rawValue, default: [:]][group, default: Count()].n += 1
    if prediction.isCorrect { counts[kind.rawValue]![group]!.correct += 1 }
  }

  /// Whether counts from a file have valid groups and at most `clips` clips.
  func isSound(clips: Int) -> Bool {
    counts.allSatisfy { name, groups in
      guard let kind = SliceKind(rawValue: name) else { return false }
      return groups.allSatisfy { group, count in
        (0..<kind.groupCount).contains(group) && (0...clips).contains(count.n)
          && (0...count.n).contains(count.correct)
      }
    }
  }

  mutating func merge(_ other: SliceCounts) {
    for (kind, groups) in other.counts {
      for (group, count) in groups {
        counts[kind, default: [:]][group, default: Count()].n += count.n
        counts[kind]![group]!.correct += count.correct
      }
    }
  }
}

/// The property that clips are grouped by.
public enum SliceKind: String, Codable, CaseIterable, Sendable {
  /// The part of the dataset.
  case split
  /// Estimated signal-to-noise ratio, in dB.
  case signalToNoise
  /// Length, in seconds.
  case duration
  /// Root mean square, in dB of full scale.
  case level

  /// The property in words.
  var title: String {
    switch self {
    case .split: "part of the dataset"
    case .signalToNoise: "signal-to-noise ratio"
    case .duration: "length"
    case .level: "level"
    }
  }

  /// The limits between groups.
  var edges: [Double] {
    switch self {
    case .split: []
    case .signalToNoise: [5, 10, 20, 30, 40]
    case .duration: [0.5, 0.8, 0.99, 1.5, 3, 10]
    case .level: [-50, -40, -30, -20, -10]
    }
  }

  var unit: String {
    switch self {
    case .split: ""
    case .signalToNoise: "dB"
    case .duration: "s"
    case .level: "dBFS"
    }
  }

  /// Number of groups; the signal-to-noise ratio has one more, for clips without noise.
  var groupCount: Int {
    switch self {
    case .split: Split.allCases.count
    case .signalToNoise: edges.count + 2
    case .duration, .level: edges.count + 1
    }
  }

  func group(of value: Double) -> Int { edges.count { value >= $0 } }

  /// The name of a group, such as `10 to 20 dB`.
  package func name(of group: Int) -> String {
    if self == .split { return Split.allCases[group].rawValue }
    if group > edges.count { return "no noise to compare with" }
    func number(_ value: Double) -> String {
      value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
    if group == 0 { return "below \(number(edges[0])) \(unit)" }
    if group == edges.count { return "\(number(edges[group - 1])) \(unit) and more" }
    return "\(number(edges[group - 1])) to \(number(edges[group])) \(unit)"
  }
}
