/// Several plots in one self-contained SVG file, with a legend under each title.
package enum PlotSheet {
  private static let heading = 46.0
  private static let columns = 2

  /// Colours 1 to 8 of Okabe and Ito's palette, with yellow darkened for a white ground.
  private static let style: StaticString = """
    svg{background:#fff}text{font:11px system-ui,"Liberation Sans",sans-serif;fill:#1b1f24}\
    .title{font-size:14px;font-weight:600}.grid{stroke:#e3e7eb}\
    .frame{fill:none;stroke:#8a939d}.line{fill:none;stroke-width:1.6}\
    .c1{stroke:#0072b2}.c2{stroke:#d55e00}.c3{stroke:#009e73}.c4{stroke:#cc79a7}\
    .c5{stroke:#56b4e9}.c6{stroke:#e69f00}.c7{stroke:#000}.c8{stroke:#a08c00}
    """

  /// The file's text.
  ///
  /// - Parameters:
  ///   - title: The title of the sheet, also read by screen readers.
  ///   - plots: Of equal size, filled in row by row.
  /// - Returns: An SVG document.
  package static func svg(_ title: String, _ plots: [Plot]) -> String {
    let width = plots.first?.width ?? 0
    let height = (plots.first?.height ?? 0) + heading
    let rows = (plots.count + columns - 1) / columns
    let pieces = plots.enumerated().map { index, plot in
      let place = (
        Double(index % columns) * width, Double(index / columns) * height + heading
      )
      return HTML(
        "g", ["transform": "translate(\(place.0),\(place.1))"],
        all: caption(plot) + plot.contents)
    }
    let size = (Double(columns) * width, Double(rows) * height)
    let root = HTML(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(size.0) \(size.1)",
        "width": "\(size.0)", "height": "\(size.1)", "role": "img", "aria-label": title,
      ], all: [.style(style)] + pieces)
    return root.rendered + "\n"
  }

  /// The plot's title and its legend.
  private static func caption(_ plot: Plot) -> [HTML] {
    var pieces = [
      HTML("text", ["x": "8", "y": "-28", "class": "title"], HTML(text: plot.title))
    ]
    var left = 8.0
    for case .line(_, let color, let name) in plot.marks {
      pieces.append(
        HTML(
          "line",
          [
            "x1": "\(left)", "x2": "\(left + 12)", "y1": "-12", "y2": "-12",
            "class": "line c\(color)",
          ]
        ))
      pieces.append(HTML("text", ["x": "\(left + 16)", "y": "-8"], HTML(text: name)))
      left += 26 + 6 * Double(name.count)
    }
    return pieces
  }
}
