/// The values that an option takes.
struct OptionBounds<Value: OptionValue>: Sendable {
  /// Whether a value lies within; a NaN never does.
  let contains: @Sendable (Value) -> Bool
  /// The rule as a phrase, such as `1 to 16`.
  let rule: String
  /// Whether values below zero lie within.
  let reachesBelowZero: Bool

  /// Any value of the type.
  static var any: Self { Self(contains: { _ in true }, rule: Value.kind, reachesBelowZero: false) }
}

extension OptionBounds where Value: OptionNumber {
  /// Both ends count, in a unit.
  static func from(_ lower: Value, to upper: Value, _ unit: String = "") -> Self {
    make(lower, unit, "\(text(lower)) to \(text(upper))") { (lower...upper).contains($0) }
  }

  /// The lower end does not count.
  static func above(_ lower: Value, to upper: Value, _ unit: String = "") -> Self {
    make(lower, unit, "above \(text(lower)) and at most \(text(upper))") {
      lower < $0 && $0 <= upper
    }
  }

  /// The upper end does not count.
  static func from(_ lower: Value, below upper: Value, _ unit: String = "") -> Self {
    make(lower, unit, "\(text(lower)) or more and below \(text(upper))") {
      (lower..<upper).contains($0)
    }
  }

  /// No upper end, but infinity.
  static func atLeast(_ lower: Value) -> Self {
    make(lower, "", "\(text(lower)) or more") { $0 >= lower && $0.double.isFinite }
  }

  private static func make(
    _ lower: Value, _ unit: String, _ rule: String,
    _ contains: @escaping @Sendable (Value) -> Bool
  ) -> Self {
    Self(
      contains: contains, rule: unit.isEmpty ? rule : "\(rule) \(unit)",
      reachesBelowZero: lower.double < 0)
  }

  /// Whole numbers with their thousands apart, others as they are.
  private static func text(_ value: Value) -> String {
    guard let whole = Int(exactly: value.double) else { return value.optionText }
    let digits = Array(String(whole.magnitude))
    let groups = stride(from: digits.count, to: 0, by: -3).map { end in
      String(digits[max(0, end - 3)..<end])
    }
    return (whole < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }
}
