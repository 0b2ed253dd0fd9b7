import Basics

/// A piece of a page.
///
/// Its texts and attribute values are always escaped.
///
/// Names of elements and attributes are literals of the program; everything else is a `String` and
/// is escaped as it is written. Only `style` inserts text without escaping, and it takes a literal.
///
///     HTML("p", ["class": "note"], "clips of ", HTML("bdi", name))
package struct HTML: Sendable, ExpressibleByStringInterpolation {
  private enum Content: Sendable {
    case text(String)
    case element(StaticString, [(StaticString, String)], [HTML])
    case style(StaticString)
    case several([HTML])
  }

  private let content: Content

  /// Text.
  package init(text: String) { content = .text(text) }

  /// Text with values in it.
  package init(stringLiteral text: String) { content = .text(text) }

  /// An element with its children.
  package init(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ children: HTML...
  ) {
    content = .element(name, attributes.map { ($0.key, $0.value) }, children)
  }

  /// An element with a list of children.
  package init(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    all children: [HTML]
  ) {
    content = .element(name, attributes.map { ($0.key, $0.value) }, children)
  }

  /// Pieces one after the other.
  package init(_ pieces: [HTML]) { content = .several(pieces) }

  /// The style sheet.
  package static func style(_ sheet: StaticString) -> HTML { HTML(content: .style(sheet)) }

  private init(content: Content) { self.content = content }

  /// A name from a file or a label.
  ///
  /// Control characters are escaped, and a name that is written from right to left does not reverse
  /// the text around it.
  package static func name(_ text: String) -> HTML {
    HTML("bdi", [:], HTML(text: TextCell.visible(text)))
  }

  /// The document's text.
  package var rendered: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch content {
    case .text(let value): Self.escape(value, to: &text)
    case .several(let pieces): for piece in pieces { piece.write(to: &text) }
    case .style(let sheet): text += "<style>\(sheet)</style>"
    case .element(let name, let attributes, let children):
      text += "<\(name)"
      for (key, value) in attributes {
        text += " \(key)=\""
        Self.escape(value, to: &text)
        text += "\""
      }
      text += ">"
      if Self.hasNoContent("\(name)") { return }
      for child in children { child.write(to: &text) }
      text += "</\(name)>"
    }
  }

  /// The void elements that kws writes (HTML standard, 13.1.2).
  private static func hasNoContent(_ name: String) -> Bool {
    ["meta", "br", "img", "link", "hr"].contains(name)
  }

  /// Escapes the five special characters of text and quoted values, and all that `TextCell.visible`
  /// escapes.
  private static func escape(_ value: String, to text: inout String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      case _ where TextCell.isHidden(scalar): text += TextCell.visible(String(scalar))
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
