import Glibc
import KeywordSpotting

/// Reads what a person answers: keys on a terminal, lines of a pipe.
final class ReviewKeys {
  /// What a person says of a sound.
  enum Answer: Equatable {
    /// It is this word; nil, the one that fired.
    case label(String?)
    case skip, again, quit
  }

  /// Whether keys are read one by one, without a line's end.
  let isTerminal = isatty(STDIN_FILENO) == 1
  /// Bytes that were read and not taken yet.
  private var waiting: [UInt8] = []

  /// Asks until there is an answer; the end of the input and a signal quit.
  func answer(words: [String]) -> Answer {
    while true {
      StandardError.write("[y]es [n]o [w]hich word [s]kip [a]gain [q]uit ")
      guard let (key, rest) = key() else { return end() }
      StandardError.write("\n")
      switch key {
      case "y": return .label(nil)
      case "n": return .label(ClassLabel.unknown)
      case "s": return .skip
      case "a": return .again
      case "q": return .quit
      case "w":
        guard let word = word(rest, words) else { return end() }
        if let word { return .label(word) }
      default: StandardError.line("kws: y, n, w, s, a or q, not '\(key)'")
      }
    }
  }

  private func end() -> Answer {
    StandardError.write("\n")
    return .quit
  }

  /// A word, by itself or by its number among those that are shown; nil within for another key, nil at
  /// the end of the input.
  private func word(_ rest: String, _ words: [String]) -> String?? {
    var text = rest
    if text.isEmpty {
      let list = words.enumerated().map { "\($0 + 1) \(TextCell.visible($1))" }
      StandardError.write("which word? \(list.joined(separator: ", ")) ")
      guard let line = line() else { return nil }
      text = Self.trimmed(line)
    }
    if !words.contains(text), let number = Int(text), words.indices.contains(number - 1) {
      text = words[number - 1]
    }
    if let problem = Review.problem(with: text) {
      StandardError.line("kws: \(problem)")
      return .some(nil)
    }
    return text
  }

  /// A key, and what follows it on a line of a pipe.
  private func key() -> (key: Character, rest: String)? {
    while true {
      if isTerminal {
        guard let byte = keyByte() else { return nil }
        // Ctrl-D.
        if byte == 4 { return nil }
        if byte > 32, byte < 127 { return (Character(UnicodeScalar(byte)), "") }
        continue
      }
      guard let line = line() else { return nil }
      let text = Self.trimmed(line)
      if let first = text.first { return (first, Self.trimmed(String(text.dropFirst()))) }
    }
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// One byte of a terminal that waits for no line's end meanwhile.
  private func keyByte() -> UInt8? {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    return byte()
  }

  /// The next line without its end; nil at the end of the input.
  private func line() -> String? {
    var bytes: [UInt8] = []
    while let byte = byte() {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return bytes.isEmpty || Interruption.isRequested ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The next byte; nil at the end and after a signal.
  private func byte() -> UInt8? {
    if Interruption.isRequested { return nil }
    if !waiting.isEmpty { return waiting.removeFirst() }
    // A signal interrupts `poll`, and not `read`.
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, 100) <= 0 { if Interruption.isRequested { return nil } }
    var block = [UInt8](repeating: 0, count: isTerminal ? 1 : 4_096)
    let count = read(STDIN_FILENO, &block, block.count)
    guard count > 0 else { return nil }
    waiting = Array(block[..<count])
    return waiting.removeFirst()
  }
}
