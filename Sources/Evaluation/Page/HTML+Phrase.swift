import Markup

extension HTML {
  /// A sentence; its names stay apart from the text around them.
  init(_ phrase: Phrase) {
    self.init(
      phrase.pieces.map { piece in
        switch piece {
        case .text(let text): HTML(text: text)
        case .name(let name): HTML.name(name)
        }
      })
  }
}
