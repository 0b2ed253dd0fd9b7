import Datasets
import Glibc
import Recognition

/// Listens to one stream at many thresholds at once: the rule of a model, but one threshold for all
/// keywords, which need not be the likeliest class.
struct EventSweep: Sendable {
  /// Rising, in steps of a quarter in the logarithm of the odds, from 5% up.
  static let thresholds: [Float] = (-12...52).map { Float(1 / (1 + exp(-Double($0) / 4))) }

  private let indices: [String: Int]
  private var detectors: [EventDetector]
  private var matchers: [EventMatcher]
  /// (thresholds, keywords).
  private(set) var found: [Int32]
  private(set) var falseAlarms: [Int32]

  /// A sweep at the start of a recording.
  init(
    _ rule: ListeningRule, _ decision: Decision, labels: [String], keywords: [String],
    _ truth: RecordingTruth, tolerance: Double
  ) {
    indices = Dictionary(uniqueKeysWithValues: zip(keywords, 0...))
    detectors = Self.thresholds.map {
      EventDetector(rule.sweeping($0), decision, labels: labels)
    }
    matchers = Self.thresholds.map { _ in EventMatcher(truth, tolerance: tolerance) }
    found = Array(repeating: 0, count: Self.thresholds.count * keywords.count)
    falseAlarms = found
  }

  /// Takes in the next window.
  mutating func push(_ posteriors: [Float], _ seconds: ClosedRange<Double>) {
    for place in detectors.indices {
      take(detectors[place].push(posteriors, seconds), at: place)
    }
  }

  /// Ends the stream.
  mutating func finish() {
    for place in detectors.indices { take(detectors[place].finish(), at: place) }
  }

  private mutating func take(_ findings: [Finding], at place: Int) {
    for case .event(let event) in findings {
      let cell = place * indices.count + indices[event.label]!
      switch matchers[place].take(event) {
      case .hit, .mention: found[cell] += 1
      case .falseAlarm: falseAlarms[cell] += 1
      case .wrongWord: break
      }
    }
  }
}

extension ListeningRule {
  /// This rule with one threshold for all keywords, which need not be the likeliest class.
  func sweeping(_ threshold: Float) -> ListeningRule {
    var rule = self
    rule.mustBeLikeliest = false
    rule.conditions.threshold = threshold
    for keyword in rule.keywords.keys { rule.keywords[keyword]!.threshold = threshold }
    return rule
  }
}
