/// Several plots in one self-contained SVG file, with a legend under each title.
package enum PlotSheet {
  private static let columns = 2
  /// Height of a title and of each line of a legend.
  private static let (titleHeight, lineHeight) = (26.0, 15.0)
  /// Width of a letter of a legend, and of what stands before and after its words.
  private static let (letter, key, gap) = (6.3, 16.0, 12.0)

  /// Colours 1 to 8 are of Okabe and Ito's palette, with yellow darkened for a white ground and black
  /// and blue lightened for a dark one.
  private static let style: StaticString = """
    svg{color-scheme:light dark;background:#fff}\
    text{font:11px system-ui,"Liberation Sans",sans-serif;fill:#1b1f24}\
    .title{font-size:14px;font-weight:600}.grid{stroke:#e3e7eb}\
    .frame{fill:none;stroke:#8a939d}.line{fill:none;stroke-width:1.6}\
    .moment{stroke:#586069;stroke-dasharray:4 3}\
    .c1{stroke:#0072b2}.c2{stroke:#d55e00}.c3{stroke:#009e73}.c4{stroke:#cc79a7}\
    .c5{stroke:#56b4e9}.c6{stroke:#e69f00}.c7{stroke:#000}.c8{stroke:#a08c00}\
    @media (prefers-color-scheme:dark){svg{background:#14171a}text{fill:#e8eaed}\
    .grid{stroke:#2c333a}.frame{stroke:#6f7984}.moment{stroke:#a3abb5}\
    .c1{stroke:#3fa7e0}.c2{stroke:#f0803c}.c3{stroke:#2fc49a}.c7{stroke:#e8eaed}\
    .c8{stroke:#d2ba1e}}
    """

  /// The file's text.
  ///
  /// - Parameters:
  ///   - title: The title of the sheet, also read by screen readers.
  ///   - plots: Of equal size, filled in row by row.
  /// - Returns: An SVG document.
  package static func svg(_ title: String, _ plots: [Plot]) -> String {
    let width = plots.first?.width ?? 0
    let lines = plots.map { legend($0).last?.line ?? 0 }.max() ?? 0
    let heading = titleHeight + lineHeight * Double(lines + 1)
    let height = (plots.first?.height ?? 0) + heading
    let rows = (plots.count + columns - 1) / columns
    let pieces = plots.enumerated().map { index, plot in
      let place = (
        Double(index % columns) * width, Double(index / columns) * height + heading
      )
      return HTML(
        "g", ["transform": "translate(\(place.0),\(place.1))"],
        all: caption(plot, heading) + plot.contents)
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

  /// The places of a legend's entries: as many on a line as its width holds.
  private static func legend(
    _ plot: Plot
  ) -> [(name: String, color: Int, left: Double, line: Int)] {
    var entries: [(name: String, color: Int, left: Double, line: Int)] = []
    var (left, line) = (8.0, 0)
    for case .line(_, let color, let name) in plot.marks {
      let width = key + letter * Double(name.count)
      if left > 8, left + width > plot.width - 8 { (left, line) = (8, line + 1) }
      entries.append((name, color, left, line))
      left += width + gap
    }
    return entries
  }

  /// The plot's title and its legend.
  private static func caption(_ plot: Plot, _ heading: Double) -> [HTML] {
    let title = HTML(
      "text", ["x": "8", "y": "\(18 - heading)", "class": "title"], HTML(text: plot.title))
    return [title]
      + legend(plot).flatMap { name, color, left, line in
        let bottom = titleHeight + lineHeight * Double(line) + 10 - heading
        return [
          HTML(
            "line",
            [
              "x1": "\(left)", "x2": "\(left + 12)", "y1": "\(bottom - 4)",
              "y2": "\(bottom - 4)", "class": "line c\(color)",
            ]),
          HTML("text", ["x": "\(left + key)", "y": "\(bottom)"], HTML(text: name)),
        ]
      }
  }
}
