import Basics

/// A plot as SVG inside the page: titles, units and marks on both axes, colours from the page's
/// style, so that it is legible on light and dark and in print.
package struct Plot: Sendable {
  /// A mark, placed by values on the axes.
  package enum Mark: Sendable {
    /// A line through points; the class number gives its colour, 1 to 8.
    case line([(x: Double, y: Double)], color: Int, name: String)
    /// A thin grey line for comparison.
    case reference([(x: Double, y: Double)])
    /// A bar between two x and two y; the text is shown as a tooltip.
    case bar(from: Double, to: Double, low: Double, high: Double, color: Int, text: String)
    /// An interval as a line from one end to the other, drawn over bars.
    case interval([(x: Double, y: Double)])
    /// A dot; the text is shown as a tooltip.
    case dot(x: Double, y: Double, color: Int, text: String)
    /// A line from bottom to top at an x that matters, with a word beside it.
    case moment(x: Double, text: String)
    /// A thin line at a y that matters; the text is shown as a tooltip.
    case level(y: Double, color: Int, text: String)
    /// A picture that fills the plot.
    case picture(uri: String)
  }

  /// The title above the plot.
  package var title: String
  /// A description for people who cannot see the plot.
  package var description: String
  package var x: PlotAxis
  package var y: PlotAxis
  package var marks: [Mark]
  package var width = 360.0
  package var height = 260.0
  /// Room for the marks of the y axis.
  package var leftMargin = 52.0

  package init(
    title: String, description: String, x: PlotAxis, y: PlotAxis, marks: [Mark],
    width: Double = 360.0, height: Double = 260.0, leftMargin: Double = 52.0
  ) {
    (self.title, self.description, self.x, self.y) = (title, description, x, y)
    (self.marks, self.width, self.height, self.leftMargin) = (marks, width, height, leftMargin)
  }

  private static let margin = (right: 20.0, top: 10.0, bottom: 42.0)

  /// The figure with its caption.
  package func render() -> HTML {
    HTML(
      "figure", [:], HTML("figcaption", [:], HTML(text: title)),
      HTML(
        "svg",
        [
          "viewBox": "0 0 \(number(width)) \(number(height))", "role": "img",
          "aria-label": TextCell.visible("\(title). \(description)"),
          "style": "max-width:\(number(width * 1.4))px",
        ], all: contents))
  }

  /// Grid, marks and frame, without title and size.
  package var contents: [HTML] { grid() + marks.flatMap(draw) + [axes()] }

  private var plotWidth: Double { width - leftMargin - Self.margin.right }
  private var plotHeight: Double { height - Self.margin.top - Self.margin.bottom }

  private func left(_ value: Double) -> Double { leftMargin + x.place(value) * plotWidth }

  private func top(_ value: Double) -> Double {
    Self.margin.top + (1 - y.place(value)) * plotHeight
  }

  /// A length in the picture, rounded to a tenth of a unit.
  private func number(_ value: Double) -> String { TextCell.fixed(value, 1) }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> HTML
  {
    HTML(
      "line",
      ["x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": style])
  }

  private func text(_ text: String, _ x: Double, _ y: Double, anchor: String) -> HTML {
    HTML(
      "text", ["x": number(x), "y": number(y), "text-anchor": anchor],
      HTML(text: TextCell.visible(text)))
  }

  private func grid() -> [HTML] {
    let bottom = Self.margin.top + plotHeight
    let right = leftMargin + plotWidth
    var pieces: [HTML] = []
    for mark in x.marks where x.range.contains(mark.value) {
      let place = left(mark.value)
      pieces.append(line(place, Self.margin.top, place, bottom, "grid"))
      pieces.append(text(mark.text, place, bottom + 15, anchor: "middle"))
    }
    for mark in y.marks where y.range.contains(mark.value) {
      let place = top(mark.value)
      pieces.append(line(leftMargin, place, right, place, "grid"))
      pieces.append(text(mark.text, leftMargin - 5, place + 4, anchor: "end"))
    }
    pieces.append(
      text(x.title, leftMargin + plotWidth / 2, height - 6, anchor: "middle"))
    let middle = Self.margin.top + plotHeight / 2
    pieces.append(
      HTML(
        "text",
        [
          "x": "12", "y": number(middle), "text-anchor": "middle",
          "transform": "rotate(-90 12 \(number(middle)))",
        ], HTML(text: TextCell.visible(y.title))))
    return pieces
  }

  private func axes() -> HTML {
    HTML(
      "rect",
      [
        "x": number(leftMargin), "y": number(Self.margin.top), "width": number(plotWidth),
        "height": number(plotHeight), "class": "frame",
      ])
  }

  private func draw(_ mark: Mark) -> [HTML] {
    switch mark {
    case .line(let points, let color, let name):
      [
        HTML(
          "polyline", ["points": path(points), "class": "line c\(color)"],
          HTML("title", [:], HTML(text: TextCell.visible(name))))
      ]
    case .interval(let points): [HTML("polyline", ["points": path(points), "class": "whisker"])]
    case .reference(let points): [HTML("polyline", ["points": path(points), "class": "reference"])]
    case .bar(let from, let to, let low, let high, let color, let text):
      [
        HTML(
          "rect",
          [
            "x": number(left(from) + 0.5), "y": number(top(high)),
            "width": number(max(0.5, left(to) - left(from) - 1)),
            "height": number(top(low) - top(high)), "class": "bar c\(color)",
          ], HTML("title", [:], HTML(text: TextCell.visible(text))))
      ]
    case .dot(let x, let y, let color, let text):
      [
        HTML(
          "circle",
          ["cx": number(left(x)), "cy": number(top(y)), "r": "4", "class": "dot c\(color)"],
          HTML("title", [:], HTML(text: TextCell.visible(text))))
      ]
    case .level(let y, let color, let text):
      [
        HTML(
          "polyline",
          [
            "points": path([(x.range.lowerBound, y), (x.range.upperBound, y)]),
            "class": "level c\(color)",
          ], HTML("title", [:], HTML(text: TextCell.visible(text))))
      ]
    case .moment(let x, let label):
      [
        line(left(x), Self.margin.top, left(x), Self.margin.top + plotHeight, "moment"),
        text(
          label, left(x) + (x.isPastMiddle(of: self.x) ? -5 : 5), Self.margin.top + 12,
          anchor: x.isPastMiddle(of: self.x) ? "end" : "start"),
      ]
    case .picture(let uri):
      [
        HTML(
          "image",
          [
            "href": uri, "x": number(leftMargin), "y": number(Self.margin.top),
            "width": number(plotWidth), "height": number(plotHeight),
            "preserveAspectRatio": "none",
          ])
      ]
    }
  }

  private func path(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(number(left($0.x))),\(number(top($0.y)))" }.joined(separator: " ")
  }
}

extension Double {
  /// Whether a word beside this place has more room on the left.
  fileprivate func isPastMiddle(of axis: PlotAxis) -> Bool { axis.place(self) > 0.5 }
}
