import Basics

extension Estimate {
  /// The share of right answers with Wilson's 95% interval.
  package static func accuracy(correct: Int, of n: Int) -> Estimate {
    Estimate(Double(correct) / Double(n), n: n, Proportion.wilson(correct, of: n))
  }

  /// The share as text for people, such as "93.1% (95% interval 92.2 to 93.9, n = 3291)".
  package var text: String {
    guard let value else { return note ?? "no figure" }
    func percent(_ share: Double) -> String { TextCell.fixed(share * 100, 1) }
    guard let low, let high else { return "\(percent(value))% (n = \(n))" }
    return "\(percent(value))% (95% interval \(percent(low)) to \(percent(high)), n = \(n))"
  }
}
