import Recognition
import Statistics

extension EvaluationReport {
  /// The clips whose highest probability lies in one part of 0...1.
  public struct CalibrationBin: Codable, Equatable, Sendable {
    /// Lower end of the bin.
    public var low: Double
    /// Upper end of the bin.
    public var high: Double
    /// Number of clips.
    public var n: Int
    /// Number of clips whose likeliest class is correct.
    public var correct: Int
    /// Mean of their highest probabilities; nil without clips.
    public var confidence: Double?
  }

  /// Clips with a common property.
  public struct Group: Codable, Equatable, Sendable {
    /// The value of the property, as text for people.
    public var name: String
    /// Share of right answers, with Wilson's interval.
    public var accuracy: Estimate
    /// Number of wrong answers.
    public var wrong: Int

    init(_ name: String, correct: Int, of n: Int) {
      self.name = name
      accuracy = Estimate.accuracy(correct: correct, of: n)
      wrong = n - correct
    }
  }

  /// All clips, grouped by one property.
  public struct Slice: Codable, Equatable, Sendable {
    /// The property.
    public var kind: SliceKind
    /// The groups, in increasing order of the value; those without clips are left out.
    public var groups: [Group]
  }

  static func slices(_ counts: EvaluationCounts) -> [Slice] {
    SliceKind.allCases.compactMap { kind in
      counts.slices.counts[kind.rawValue].map { groups in
        Slice(
          kind: kind,
          groups: groups.sorted { $0.key < $1.key }.map { group, count in
            Group(kind.name(of: group), correct: count.correct, of: count.n)
          })
      }
    }
  }

  /// At most ten speakers with a wrong answer, the one whose interval ends lowest first: one wrong
  /// clip of one says less than five of ten.
  static func worstSpeakers(_ counts: EvaluationCounts) -> [Group] {
    let prefix = Prediction.speakerPrefix
    var groups: [Group] = []
    for (key, row) in counts.clusters where key.hasPrefix(prefix) {
      func sum(_ column: EvaluationCounts.Column) -> Int {
        row.reduce(0) { sum, entry in
          let isHere = entry.key % EvaluationCounts.Column.allCases.count == column.rawValue
          return sum + (isHere ? entry.value : 0)
        }
      }
      let (correct, n) = (sum(.correct), sum(.support))
      if correct < n {
        groups.append(Group(String(key.dropFirst(prefix.count)), correct: correct, of: n))
      }
    }
    groups.sort { left, right in
      let (first, second) = (left.accuracy.high!, right.accuracy.high!)
      if first != second { return first < second }
      return left.name < right.name
    }
    return Array(groups.prefix(10))
  }

  /// Curves of the keywords that have clips, or alarms to count.
  static func keywordCurves(_ counts: EvaluationCounts) -> [KeywordCurve] {
    let labels = counts.labels
    let step = labels.count > ManyClasses.mostInFiles ? ManyClasses.curveStep : 1
    return labels.indices.compactMap { index in
      guard ClassLabel.isKeyword(labels[index]) else { return nil }
      let curve = KeywordCurve(
        labels[index], counts.keywords[index], hours: counts.quietHours.value, step: step)
      return curve.positives > 0 || curve.hours > 0 ? curve : nil
    }
  }
}

extension Calibration {
  /// The bins for people.
  var bars: [EvaluationReport.CalibrationBin] {
    bins.enumerated().map { index, bin in
      EvaluationReport.CalibrationBin(
        low: Double(index) / Double(bins.count), high: Double(index + 1) / Double(bins.count),
        n: bin.n, correct: bin.correct,
        confidence: bin.n == 0 ? nil : bin.confidence.value / Double(bin.n))
    }
  }
}
