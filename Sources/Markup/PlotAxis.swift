import Basics
import Glibc
import Statistics

/// One axis of a plot: a title with its unit, the range shown, and marks.
package struct PlotAxis: Sendable {
  /// How values are placed on the axis.
  package enum Scale: Sendable {
    case linear
    /// Logarithm; the range lies above 0.
    case logarithm
    /// The standard normal quantile, as on paper for detection error trade-offs (Martin and
    /// others 1997); the range lies within 0 and 1.
    case normal
  }

  package let title: String
  package let range: ClosedRange<Double>
  package let scale: Scale
  package let marks: [(value: Double, text: String)]

  package init(
    _ title: String, _ range: ClosedRange<Double>, scale: Scale = .linear,
    marks: [(value: Double, text: String)]
  ) {
    self.title = title
    self.range = range
    self.scale = scale
    self.marks = marks
  }

  /// A share of 0 to 1, marked in percent.
  package static func share(_ title: String) -> PlotAxis {
    PlotAxis(
      title, 0...1,
      marks: stride(from: 0, through: 100, by: 25).map { (Double($0) / 100, "\($0)%") }
    )
  }

  /// A rate of errors from 0.1% to 60%.
  package static func errorRate(_ title: String) -> PlotAxis {
    let marks = [0.001, 0.01, 0.05, 0.2, 0.5].map { share in
      (share, TextCell.fixed(share * 100, share < 0.01 ? 1 : 0) + "%")
    }
    return PlotAxis(title, 0.0008...0.6, scale: .normal, marks: marks)
  }

  /// A count from 0 to at least `largest`, marked at round numbers.
  package static func count(_ title: String, to largest: Int) -> PlotAxis {
    var step = 1
    var factors = [2, 5, 10]
    while step * 4 < largest {
      step = factors[0]
      factors = Array(factors.dropFirst()) + [factors[0] * 10]
    }
    let top = max(step, (largest + step - 1) / step * step)
    return PlotAxis(
      title, 0...Double(top),
      marks: stride(from: 0, through: top, by: step).map { (Double($0), "\($0)") })
  }

  /// Values from 0 to at least `largest`, marked at four or five round numbers.
  package static func upTo(_ largest: Double, _ title: String) -> PlotAxis {
    guard largest > 0 else { return PlotAxis(title, 0...1, marks: [(0, "0"), (1, "1")]) }
    let power = pow(10, (log10(largest / 4)).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { largest / $0 <= 5 } ?? 10 * power
    let count = Int((largest / step).rounded(.up))
    let digits = max(0, Int(-log10(step).rounded(.down)))
    return PlotAxis(
      title, 0...Double(count) * step,
      marks: (0...count).map {
        (Double($0) * step, TextCell.fixed(Double($0) * step, min(6, digits)))
      })
  }

  /// Seconds from 0 to `end`.
  package static func seconds(_ title: String, to end: Double) -> PlotAxis {
    let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1_800]
    let step = steps.first { end / $0 <= 6 } ?? 3_600
    let marks = stride(from: 0, through: end, by: step).map {
      ($0, TextCell.fixed($0, step < 1 ? 1 : 0))
    }
    return PlotAxis(title, 0...max(end, 0.01), marks: marks)
  }

  /// Position of a value, from 0 at the start of the axis to 1 at its end; values outside are moved
  /// to the nearer end.
  package func place(_ value: Double) -> Double {
    let inside = min(max(value, range.lowerBound), range.upperBound)
    let (low, high) = (position(range.lowerBound), position(range.upperBound))
    return (position(inside) - low) / (high - low)
  }

  private func position(_ value: Double) -> Double {
    switch scale {
    case .linear: value
    case .logarithm: log(value)
    case .normal: SpecialFunctions.normalQuantile(value)
    }
  }
}
