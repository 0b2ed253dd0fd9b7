/// Whether what was measured shows that a target is met, at 95% confidence.
public enum TargetVerdict: String, Codable, Sendable {
  /// It is met.
  case proven
  /// Too little was measured to tell.
  case unproven
  /// It is missed.
  case refuted
}

extension ThresholdChoice.Target {
  /// The target for people: "at most 1 false alarm an hour".
  package var text: String {
    switch self {
    case .falseAlarmsPerHour(let rate):
      "at most \(rate == 1 ? "1 false alarm" : "\(Self.number(rate)) false alarms") an hour"
    case .falseRejects(let share): "at most \(Self.number(100 * share))% of a keyword missed"
    case .falseAccepts(let share):
      "at most \(Self.number(100 * share))% of other clips accepted as a keyword"
    }
  }

  /// A number without the zeros after the point.
  private static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
