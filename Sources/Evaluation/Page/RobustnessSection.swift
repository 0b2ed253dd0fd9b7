import Basics
import Markup
import Statistics

/// The same clips in noise, shifted, at another level, over a telephone and in a room.
enum RobustnessSection {
  static func render(_ report: EvaluationReport) -> HTML? {
    guard let figures = report.robustness, !figures.isEmpty else { return nil }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "The same \(figures[0].accuracy.n) clips of speech, changed by kws. Noise is that of "
            + "the dataset, or synthetic where it has none, as far below the clip as the figure says. "
            + "The change is against the clips as recorded, in points.")),
      plot(figures), table(figures),
    ])
  }

  private static func plot(_ figures: [ConditionFigures]) -> HTML {
    let n = figures.count
    // The first condition is at the top.
    func place(_ index: Int) -> Double { Double(n - index) - 0.5 }
    let bars = figures.enumerated().map { index, condition in
      let share = condition.accuracy.value ?? 0
      return Plot.Mark.bar(
        from: 0, to: share, low: place(index) - 0.32, high: place(index) + 0.32,
        color: index == 0 ? 3 : 1, text: "\(condition.name): \(TextCell.percent(share)) right")
    }
    let intervals = figures.enumerated().compactMap { index, condition -> Plot.Mark? in
      guard let low = condition.accuracy.low, let high = condition.accuracy.high else { return nil }
      return .interval([(low, place(index)), (high, place(index))])
    }
    let marks = figures.enumerated().map { (place($0.offset), $0.element.name) }
    return Plot(
      title: "Right answers by condition",
      description: "A bar for each condition, with its 95% interval; the table has the figures.",
      x: .share("right answers"), y: PlotAxis("", 0...Double(n), marks: marks),
      marks: bars + intervals, height: Double(52 + 24 * n), leftMargin: 118
    ).render()
  }

  private static func table(_ figures: [ConditionFigures]) -> HTML {
    Page.table(
      "Figures by condition",
      ["condition", "right", "change", "keywords missed", "others taken for keywords"],
      figures.enumerated().map { index, condition in
        [
          HTML(text: condition.name), ClassSection.estimate(condition.accuracy),
          index == 0 ? "" : change(condition.change), ClassSection.estimate(condition.missed),
          ClassSection.estimate(condition.falseAccepts),
        ]
      })
  }

  private static func change(_ estimate: Estimate) -> HTML {
    var pieces = [HTML(text: PairedComparison.points(estimate.value ?? 0))]
    if let low = estimate.low, let high = estimate.high {
      let ends = [low, high].map(PairedComparison.points)
      pieces.append(HTML("small", [:], HTML(text: "\(ends[0]) to \(ends[1])")))
    }
    return HTML(pieces)
  }
}
