/// What can be checked of a page without a browser; the rules are those of WCAG 2.2 that machines can
/// see (axe-core 4.12 finds nothing in the same pages).
enum PageCheck {
  private struct Element {
    var name: String
    var attributes: [String: String]
  }

  /// The start tags in order; kws writes attributes in double quotes and no comments.
  private static func parse(_ page: String) -> [Element] {
    var elements: [Element] = []
    for piece in page.split(separator: "<").dropFirst() where !piece.hasPrefix("!") {
      let tag = piece.prefix { $0 != ">" }
      if tag.hasPrefix("/") { continue }
      var element = Element(name: String(tag.prefix { $0 != " " }), attributes: [:])
      for match in tag.matches(of: #/ ([a-zA-Z-]+)="([^"]*)"/#) {
        element.attributes[String(match.output.1)] = String(match.output.2)
      }
      elements.append(element)
    }
    return elements
  }

  /// The names of all elements, in order.
  static func elements(_ page: String) -> [String] { parse(page).map(\.name) }

  /// What is wrong, in words.
  static func problems(_ page: String) -> [String] {
    var problems: [String] = []
    let elements = parse(page)
    let ids = elements.compactMap { $0.attributes["id"] }
    if Set(ids).count != ids.count { problems.append("an id stands twice") }
    if elements.count(where: { $0.name == "h1" }) != 1 { problems.append("not one h1") }
    var level = 0
    for element in elements {
      let has = { (name: String) in element.attributes[name].map { !$0.isEmpty } ?? false }
      switch element.name {
      case "html" where !has("lang"): problems.append("no language")
      case "h1", "h2", "h3", "h4":
        let next = Int(element.name.dropFirst())!
        if next > level + 1 { problems.append("heading \(next) after \(level)") }
        level = next
      case "th" where !has("scope"): problems.append("th without scope")
      case "audio" where !has("aria-label") || element.attributes["controls"] == nil:
        problems.append("audio without a name or controls")
      case "svg" where !has("aria-label") && element.attributes["aria-hidden"] != "true":
        problems.append("svg without a name")
      case "img" where element.attributes["alt"] == nil: problems.append("img without alt")
      case "a":
        let target = element.attributes["href"] ?? ""
        if !target.hasPrefix("#") || !ids.contains(String(target.dropFirst())) {
          problems.append("a link to \(target)")
        }
      case "section", "div":
        if let label = element.attributes["aria-labelledby"], !ids.contains(label) {
          problems.append("labelled by \(label), which is not there")
        }
        if element.attributes["role"] == "region", !has("aria-label") {
          problems.append("region without a name")
        }
      default: break
      }
      if let index = element.attributes["tabindex"], index != "0" {
        problems.append("tabindex \(index)")
      }
      // Handlers of events; there is no script at all.
      for name in element.attributes.keys where name.hasPrefix("on") { problems.append(name) }
      if element.name == "script" { problems.append("a script") }
    }
    return problems
  }
}
