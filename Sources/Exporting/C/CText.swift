import Basics

/// Pieces of C source.
enum CText {
  /// A string literal, whatever the text: bytes that are no plain ASCII as octal escapes, which end
  /// after three digits.
  static func literal(_ text: String) -> String {
    var result = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"):
        // A question mark could begin a trigraph.
        result += "\\" + String(UnicodeScalar(byte))
      case 0x20...0x7E: result += String(UnicodeScalar(byte))
      default: result += "\\" + octal(byte)
      }
    }
    return result + "\""
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// Text that cannot end a comment: letters, digits and a few signs, all else as a low line.
  static func comment(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar -> Character in
        let isPlain =
          scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(scalar.value))
        return isPlain || "._-/ ()".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
      })
  }

  /// A float that is read back bit for bit.
  static func number(_ value: Float) -> String { "\(value)f" }

  /// The definition of a constant array, as many numbers a line as fit.
  static func array(_ declaration: String, _ values: some Sequence<String>) -> String {
    var text = "const \(declaration) = {\n"
    var line = " "
    for value in values {
      if line.utf8.count + value.utf8.count + 2 > 100 {
        text += line + "\n"
        line = " "
      }
      line += " " + value + ","
    }
    return text + line + "\n};"
  }

  /// The same for floats.
  static func array(_ declaration: String, _ values: some Sequence<Float>) -> String {
    array(declaration, values.lazy.map(number))
  }

  /// The same for whole numbers.
  static func array(_ declaration: String, _ values: some Sequence<some BinaryInteger>) -> String {
    array(declaration, values.lazy.map { "\($0)" })
  }
}
