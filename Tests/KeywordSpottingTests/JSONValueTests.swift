import Testing

@testable import Basics

/// The strict reader against the grammar of RFC 8259.
@Suite struct JSONValueTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONValue(parsing: ArraySlice(text.utf8))
  }

  private func fault(_ text: String) -> JSONValue.Fault? { fault(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> JSONValue.Fault? {
    do {
      _ = try JSONValue(parsing: bytes[...])
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    ("null", JSONValue.null), (" true\n", .bool(true)), ("\tfalse\r", .bool(false)),
    ("0", .number(0)), ("-0", .number(0)), ("12", .number(12)), ("-1.5e3", .number(-1500)),
    ("1E-2", .number(0.01)), ("2e+1", .number(20)), ("\"\"", .string("")), ("[]", .array([])),
    ("{}", .object([])), ("[ 1 , [ ] ]", .array([.number(1), .array([])])),
    ("{\"a\":1,\"b\":{}}", .object([("a", .number(1)), ("b", .object([]))])),
  ])
  func validTextIsRead(_ text: String, _ value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+",
    "0x1", "1 2", "[1,]", "[,1]", "[1 2]", "[", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
    "{1:2}", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\t\"", "]", "1e400",
    "// a comment\n1", "{\"a\":1 \"b\":2}", "\u{FEFF}1",
  ])
  func invalidTextIsRefused(_ text: String) { #expect(fault(text) != nil) }

  @Test func escapesAreRead() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t""#) == .string("\"\\/\u{8}\u{C}\n\r\t"))
    #expect(try parse(#""\u0041\u00e9\u20AC""#) == .string("Aé€"))
    #expect(try parse(#""\uD834\uDD1E""#) == .string("𝄞"))
    #expect(try parse(#""\u0000""#) == .string("\u{0}"))
  }

  @Test(arguments: [#""\uD834""#, #""\uDD1E""#, #""\uD834\u0041""#, #""\uD834x""#])
  func loneSurrogatesAreRefused(_ text: String) {
    #expect(fault(text)?.message == "lone surrogate")
  }

  @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]])
  func textThatIsNotUTF8IsRefused(_ bytes: [UInt8]) {
    #expect(fault([0x22] + bytes + [0x22])?.message == "string that is not UTF-8")
  }

  @Test func duplicateKeysAreRefused() {
    #expect(fault(#"{"a":1,"b":2,"a":3}"#)?.message == "duplicate key \"a\"")
    #expect(fault(#"{"a":1,"\u0061":2}"#)?.message == "duplicate key \"a\"")
    #expect(fault(#"{"a":{"b":1},"b":2}"#) == nil)
  }

  @Test func nestingHasALimit() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(fault(nested(64)) == nil)
    #expect(fault(nested(65))?.message == "nested deeper than 64")
    #expect(fault(String(repeating: "[", count: 1 << 20))?.message == "nested deeper than 64")
  }

  @Test func aFaultNamesItsPlace() {
    #expect(fault("{\"a\": x}") == .init(message: "expected a value", offset: 6))
    #expect("\(fault("1 1")!)" == "text after the value at byte 2")
  }

  @Test func countsAreWholeAndExact() throws {
    #expect(try parse("9007199254740992").count == 9_007_199_254_740_992)
    for text in ["-1", "1.5", "9007199254740994", "1e300", "\"1\"", "true"] {
      #expect(try parse(text).count == nil, "\(text)")
    }
  }

  /// What `JSONText` writes is what the reader reads, for every character below 0x80 and others.
  @Test func writtenTextIsReadBack() throws {
    let text = String(String.UnicodeScalarView((0..<0x80).map { Unicode.Scalar(UInt8($0)) })) + "é𝄞"
    #expect(try parse(JSONText.string(text)) == .string(text))
  }
}
