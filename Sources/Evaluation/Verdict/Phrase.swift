import Basics

/// A sentence with names of files, labels or speakers in it, for a page and for a terminal.
///
///     let phrase: Phrase = "most frequent: \(name: label)"
package struct Phrase: Equatable, Sendable, ExpressibleByStringInterpolation {
  package enum Piece: Equatable, Sendable {
    case text(String)
    /// A name from outside, which may hold any characters.
    case name(String)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ text: String) { pieces.append(.text(text)) }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.text(value.description))
    }

    package mutating func appendInterpolation(_ phrase: Phrase) { pieces += phrase.pieces }

    package mutating func appendInterpolation(name: String) { pieces.append(.name(name)) }
  }

  package private(set) var pieces: [Piece]

  package init(stringLiteral text: String) { pieces = [.text(text)] }

  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// The sentence on one line, names with their hidden characters escaped.
  package var text: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .name(let name): TextCell.visible(name)
      }
    }.joined()
  }

  static func + (left: Phrase, right: Phrase) -> Phrase { "\(left)\(right)" }

  /// "a, b and c".
  static func list(_ phrases: [Phrase]) -> Phrase {
    phrases.enumerated().reduce("") { all, next in
      let (index, phrase) = next
      if index == 0 { return phrase }
      return "\(all)\(index == phrases.count - 1 ? " and " : ", ")\(phrase)"
    }
  }
}
