import Basics
import Markup
import Statistics

/// Whether probabilities match frequencies.
enum CalibrationSection {
  static func render(_ report: EvaluationReport) -> HTML? {
    guard let bins = report.calibration, bins.contains(where: { $0.n > 0 }) else { return nil }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text: "Clips by the probability of their likeliest class (thresholds aside). Where dots "
            + "lie below the diagonal, the model is too confident; \(report.logLoss.n) "
            + "clips.")),
      HTML("div", ["class": "plots"], calibration(bins), histogram(bins)),
    ])
  }

  private static func calibration(_ bins: [EvaluationReport.CalibrationBin]) -> HTML {
    let dots = bins.compactMap { bin -> Plot.Mark? in
      guard let confidence = bin.confidence else { return nil }
      let share = Double(bin.correct) / Double(bin.n)
      return .dot(
        x: confidence, y: share, color: 1,
        text: "\(bin.correct) of \(bin.n) right at a mean of \(TextCell.percent(confidence))")
    }
    let intervals = bins.compactMap { bin -> Plot.Mark? in
      guard let confidence = bin.confidence else { return nil }
      let range = Proportion.wilson(bin.correct, of: bin.n)
      return .reference([(confidence, range.lowerBound), (confidence, range.upperBound)])
    }
    return Plot(
      title: "Calibration", description: "Share of right answers by probability, with intervals.",
      x: .share("mean probability"), y: .share("right answers"),
      marks: [.reference([(0, 0), (1, 1)])] + intervals + dots
    ).render()
  }

  private static func histogram(_ bins: [EvaluationReport.CalibrationBin]) -> HTML {
    let largest = bins.map(\.n).max() ?? 1
    let bars = bins.flatMap { bin -> [Plot.Mark] in
      let (right, all) = (Double(bin.correct), Double(bin.n))
      func text(_ count: Int, _ what: String) -> String {
        "\(count) \(what) from \(TextCell.percent(bin.low)) to \(TextCell.percent(bin.high))"
      }
      return [
        .bar(
          from: bin.low, to: bin.high, low: 0, high: right, color: 3,
          text: text(bin.correct, "right")),
        .bar(
          from: bin.low, to: bin.high, low: right, high: all, color: 4,
          text: text(bin.n - bin.correct, "wrong")),
      ]
    }
    return HTML(
      "div", [:],
      Plot(
        title: "Confidence", description: "Clips by probability, right below, wrong above.",
        x: .share("probability of the likeliest class"), y: .count("clips", to: largest),
        marks: bars
      ).render(),
      HTML(
        "p", ["class": "legend"], HTML("span", ["class": "key block c3"]), " right ",
        HTML("span", ["class": "key block c4"]), " wrong"))
  }
}
