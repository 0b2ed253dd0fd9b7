import Markup

/// Cards of clips: a row that is always seen, and the others to open.
package enum ClipGallery {
  /// Cards that are seen at once: one row on a wide screen.
  static let shown = 4

  /// Lays out the cards in order.
  ///
  /// - Parameters:
  ///   - cards: The articles.
  ///   - name: What is on the cards, in the plural, such as "wrong clips".
  /// - Returns: The gallery; nil without cards.
  package static func render(_ cards: [HTML], _ name: String) -> HTML? {
    if cards.isEmpty { return nil }
    return Page.firsts(of: cards, seen: shown, others: "more \(name) to listen to") {
      HTML("div", ["class": "clips"], all: Array($0))
    }
  }
}
