import Basics

extension Estimate {
  /// The share of right answers with Wilson's 95% interval.
  package static func accuracy(correct: Int, of n: Int) -> Estimate {
    Estimate(Double(correct) / Double(n), n: n, Proportion.wilson(correct, of: n))
  }

  /// Whether the clips are too few, or too unlike each other, for the share to say much: fewer than 30,
  /// or an interval of more than 25 points.
  package var isTooFewToTell: Bool {
    guard value != nil, let low, let high else { return false }
    return n < 30 || high - low > 0.25
  }

  /// The share as text for people, such as "93.1% (95% interval 92.2 to 93.9, n = 3291)"; for few clips
  /// without a percentage: "8 of 14, too few to tell (95% interval 32.6 to 78.6%)".
  package var text: String {
    guard let value else { return note ?? "no figure" }
    func percent(_ share: Double) -> String { TextCell.fixed(share * 100, 1) }
    guard let low, let high else { return "\(percent(value))% (n = \(n))" }
    let interval = "95% interval \(percent(low)) to \(percent(high))"
    if isTooFewToTell {
      return "\(Int((value * Double(n)).rounded())) of \(n), too few to tell (\(interval)%)"
    }
    return "\(percent(value))% (\(interval), n = \(n))"
  }
}
