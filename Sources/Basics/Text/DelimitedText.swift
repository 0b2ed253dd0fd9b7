/// A table as text, with quotes as in RFC 4180; cells are bytes, since paths need not be UTF-8.
///
/// A cell that begins with a quote runs to the closing one and may hold separators and line ends;
/// two quotes in it are one. Line ends are LF or CRLF. Empty lines are skipped.
package struct DelimitedText {
  package struct Row {
    /// Where the row begins, from 1.
    package let line: Int
    package let cells: [[UInt8]]
  }

  /// A quote that is not closed, or text after it; the line from 1.
  package struct BadQuote: Error, Equatable {
    package let line: Int
  }

  private let bytes: [UInt8]
  private let separator: UInt8
  private var position = 0
  /// The number of the next line, from 1.
  package private(set) var line: Int

  /// Starts at the beginning of `bytes`, which is line `line` of the file.
  package init(_ bytes: [UInt8], separator: Character = ",", line: Int = 1) {
    precondition(separator.isASCII, "the separator '\(separator)' is not one byte")
    self.bytes = bytes
    self.line = line
    self.separator = separator.asciiValue!
  }

  /// The next row that has text, or nil at the end.
  package mutating func nextRow() throws(BadQuote) -> Row? {
    while position < bytes.count {
      let first = line
      var cells: [[UInt8]] = []
      repeat { cells.append(try nextCell()) } while takeSeparator()
      takeLineEnd()
      if cells.count > 1 || !cells[0].isEmpty { return Row(line: first, cells: cells) }
    }
    return nil
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Whether a cell ends here: at a separator, a line end or the end of the text.
  private var isAtEndOfCell: Bool {
    guard position < bytes.count else { return true }
    let byte = bytes[position]
    let isReturn = byte == UInt8(ascii: "\r")
    return byte == separator || byte == Self.lineFeed
      || isReturn && (position + 1 == bytes.count || bytes[position + 1] == Self.lineFeed)
  }

  private mutating func nextCell() throws(BadQuote) -> [UInt8] {
    if position < bytes.count, bytes[position] == Self.quote { return try quotedCell() }
    let start = position
    while !isAtEndOfCell { position += 1 }
    return Array(bytes[start..<position])
  }

  private mutating func quotedCell() throws(BadQuote) -> [UInt8] {
    let first = line
    var cell: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote {
        guard position < bytes.count, bytes[position] == Self.quote else {
          if !isAtEndOfCell { throw BadQuote(line: line) }
          return cell
        }
        position += 1
      } else if byte == Self.lineFeed {
        line += 1
      }
      cell.append(byte)
    }
    throw BadQuote(line: first)
  }

  private mutating func takeSeparator() -> Bool {
    guard position < bytes.count, bytes[position] == separator else { return false }
    position += 1
    return true
  }

  private mutating func takeLineEnd() {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.lineFeed { break }
    }
    line += 1
  }
}
