import Basics

/// Conditions that a model must meet, to fail a build otherwise.
public enum Gate {
  /// The significance level: a loss counts if its p-value is below this.
  static let significance = 0.05

  /// Why a model is worse than an earlier one by more than allowed, or nil.
  ///
  /// - Parameters:
  ///   - comparison: The earlier model first.
  ///   - points: The loss that is allowed, in percentage points.
  /// - Returns: One line.
  public static func loss(_ comparison: PairedComparison, allowing points: Double) -> String? {
    let loss = -(comparison.difference.value ?? 0) * 100
    guard loss > points, comparison.chanceOfLoss < significance else { return nil }
    return "worse than the baseline by \(TextCell.fixed(loss, 1)) points "
      + "(\(TextCell.fixed(points, 1)) allowed): \(comparison.right[1]) of "
      + "\(comparison.n) right, \(comparison.right[0]) before, "
      + PairedComparison.p(comparison.chanceOfLoss)
  }

  /// Why a report's accuracy is too low, or nil.
  public static func accuracy(_ report: EvaluationReport, atLeast percent: Double) -> String? {
    let found = (report.accuracy.value ?? 0) * 100
    guard found < percent else { return nil }
    return "accuracy \(TextCell.fixed(found, 2))% is below "
      + "\(TextCell.fixed(percent, 2))% (n = \(report.accuracy.n))"
  }
}
