import Basics

/// A page of sections with a table of contents, used by every report.
package struct Page {
  /// The title in the browser's tab.
  package var title: String
  /// The page's h1 heading.
  package var heading: String
  /// The text under the heading.
  package var lead: HTML
  /// Sections; those without a body are left out.
  package var sections: [(id: String, title: String, body: HTML?)]

  /// The sections that stand beside each other where the screen is wide enough.
  package var narrow: Set<String>

  package init(
    title: String, heading: String, lead: HTML,
    sections: [(id: String, title: String, body: HTML?)], narrow: Set<String> = []
  ) {
    self.narrow = narrow
    (self.title, self.heading, self.lead, self.sections) = (title, heading, lead, sections)
  }

  /// The whole document.
  package func render() -> String {
    let shown = sections.filter { $0.body != nil }
    let head = HTML(
      "head", [:], HTML("meta", ["charset": "utf-8"]),
      HTML("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      // No script may run and nothing may be loaded from elsewhere.
      HTML(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            + "media-src data:",
        ]),
      HTML("meta", ["name": "color-scheme", "content": "light dark"]),
      HTML("title", [:], HTML(text: TextCell.visible(title))),
      // An empty icon, so that a browser does not request one.
      HTML("link", ["rel": "icon", "href": "data:,"]), HTML.style(PageStyle.sheet))
    let links = shown.map { section in
      HTML("li", [:], HTML("a", ["href": "#\(section.id)"], HTML(text: section.title)))
    }
    let body = HTML(
      "body", [:], HTML("a", ["class": "skip", "href": "#main"], "Skip to the report"),
      HTML(
        "header", [:], HTML("h1", [:], HTML(text: heading)), lead,
        HTML("nav", ["aria-label": "Sections"], HTML("ul", [:], all: links))),
      HTML(
        "main", ["id": "main"],
        all: shown.map { section in
          HTML(
            "section",
            [
              "id": section.id, "aria-labelledby": "\(section.id)-title",
              "class": narrow.contains(section.id) ? "narrow" : "wide",
            ],
            HTML("h2", ["id": "\(section.id)-title"], HTML(text: section.title)), section.body!)
        }), HTML("footer", [:], HTML(text: "Written by kws \(Version.current).")))
    return "<!DOCTYPE html>\n" + HTML("html", ["lang": "en"], head, body).rendered + "\n"
  }

  /// Content that a reader opens.
  package static func details(_ summary: String, _ content: HTML) -> HTML {
    HTML("details", [:], HTML("summary", [:], HTML(text: TextCell.visible(summary))), content)
  }

  /// The first items, and the others to open.
  ///
  /// - Parameters:
  ///   - items: All, in order.
  ///   - seen: How many are seen.
  ///   - others: The name of the others, after their number: "more words".
  ///   - render: Lays out a part of them.
  /// - Returns: Both parts, or the whole if it is short.
  package static func firsts<Item>(
    of items: [Item], seen: Int, others: String, _ render: (ArraySlice<Item>) -> HTML
  ) -> HTML {
    let rest = items.dropFirst(seen)
    return HTML([
      render(items.prefix(seen)),
      rest.isEmpty ? "" : details("\(rest.count) \(others)", render(rest)),
    ])
  }

  /// Wide content in its own scrolling area, which also works with the keyboard.
  ///
  /// - Parameters:
  ///   - name: What it is, for screen readers.
  ///   - isWide: Whether it is wider than the screen of a telephone, which then says so.
  ///   - content: The content.
  /// - Returns: The area, and before it the remark.
  package static func scroller(_ name: String, isWide: Bool = true, _ content: HTML) -> HTML {
    HTML([
      isWide ? HTML("p", ["class": "hint"], "This table scrolls sideways.") : "",
      HTML(
        "div",
        [
          "class": "scroll", "tabindex": "0", "role": "region",
          "aria-label": TextCell.visible(name),
        ], content),
    ])
  }

  /// A table; the first cell of each row is its heading.
  package static func table(
    _ name: String, _ heads: [String], _ rows: [[HTML]], caption: String? = nil,
    style: String = "figures"
  ) -> HTML {
    let body = rows.map { row in
      HTML(
        "tr", [:],
        all: [HTML("th", ["scope": "row"], row[0])] + row.dropFirst().map { HTML("td", [:], $0) })
    }
    return scroller(
      name, isWide: heads.count > 4 || style != "figures",
      HTML(
        "table", ["class": style],
        all: (caption.map { [HTML("caption", [:], HTML(text: $0))] } ?? []) + [
          HTML(
            "thead", [:],
            HTML("tr", [:], all: heads.map { HTML("th", ["scope": "col"], HTML(text: $0)) })),
          HTML("tbody", [:], all: body),
        ]))
  }
}
