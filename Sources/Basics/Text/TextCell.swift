/// Cells of tables for a terminal.
///
/// Names may contain control characters and letters of different widths.
package enum TextCell {
  /// The text as one line.
  ///
  /// Control characters, marks of direction and the like are escaped, as `\u{202e}` for instance,
  /// so that a name cannot move the cursor or reverse the text around it.
  ///
  /// Terminals, text reports and HTML pages all use this rule.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether a scalar controls the output instead of being visible.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
      return true
    default: return false
    }
  }

  /// Width of the text in columns: two for East Asian wide letters and emoji, else one a letter.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { $0 + ($1.unicodeScalars.contains(where: isWide) ? 2 : 1) }
  }

  /// The blocks of Unicode's EastAsianWidth.txt that are wide as a whole.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      true
    default: false
    }
  }

  /// The text padded with spaces on the right.
  package static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - self.width(text)))
  }

  /// The text padded with spaces on the left.
  package static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - self.width(text))) + text
  }

  /// The text cut to a width; an ellipsis marks a cut.
  package static func cut(_ text: String, _ width: Int) -> String {
    if self.width(text) <= width { return text }
    var result = ""
    for letter in text {
      if self.width(result + String(letter)) > width - 1 { break }
      result.append(letter)
    }
    return result + "…"
  }

  /// A share as a percentage with one digit, such as `93.6%`; `-` if there is none.
  package static func percent(_ share: Double?) -> String {
    share.map { "\(fixed($0 * 100, 1))%" } ?? "-"
  }

  /// A number with a fixed number of digits after the point, 0 to 9.
  ///
  /// A number that is not finite or too large is written as Swift prints it.
  package static func fixed(_ value: Double, _ digits: Int) -> String {
    precondition((0...9).contains(digits), "\(digits) digits, expected 0 to 9")
    let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
    let scaled = (abs(value) * Double(scale)).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    let units = Int(scaled)
    let sign = value < 0 && units > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(units)" }
    let rest = String(units % scale)
    return "\(sign)\(units / scale)." + String(repeating: "0", count: digits - rest.utf8.count)
      + rest
  }
}
