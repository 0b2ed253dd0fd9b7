import Testing

@testable import Basics

@Suite struct DatasetTextTests {
  private func cells(_ text: String, separator: Character = ",") throws -> [[String]] {
    var reader = DelimitedText(Array(text.utf8), separator: separator)
    return try reader.rows().map { $0.cells.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// The same rows as `list(csv.reader(io.StringIO(text, newline="")))` of CPython 3.11, without
  /// its empty rows.
  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("\"a,\"\"b\"\"\",\"c\nd\"\n", [["a,\"b\"", "c\nd"]]),
    ("a,,\n,\n", [["a", "", ""], ["", ""]]),
    ("\"\",x\n\n\ny,\"\"\r\n", [["", "x"], ["y", ""]]),
    ("a\"b,c\n", [["a\"b", "c"]]),
    ("", []),
  ])
  func rowsOfRFC4180(text: String, rows: [[String]]) throws {
    #expect(try cells(text) == rows)
  }

  @Test func linesAreCountedThroughQuotedLineEnds() throws {
    var reader = DelimitedText(Array("h\n\"a\nb\"\n\nc\n".utf8))
    #expect(try reader.rows().map(\.line) == [1, 2, 5])
  }

  @Test func brokenQuotesAreRefusedWhereTheyStand() {
    #expect(throws: DelimitedText.BadQuote(line: 2)) { try cells("a\n\"b\nc\n") }
    #expect(throws: DelimitedText.BadQuote(line: 3)) { try cells("a\n\"b\nc\"d\n") }
  }

  @Test func pathsAreNormalizedAsWritten() {
    let pairs = [
      ("a/./b//c", "a/b/c"), ("a/../b", "b"), ("../a/../../b", "../../b"), ("/../a", "/a"),
      (".", ""), ("/", "/"), ("a/b/..", "a"), ("..", ".."),
    ]
    for (path, normal) in pairs {
      #expect(Array(path.utf8).normalized == Array(normal.utf8), "\(path)")
    }
    #expect(Array("a/b".utf8).isBelow([]))
    #expect(!Array("../b".utf8).isBelow([]))
    #expect(Array("..b".utf8).isBelow([]))
    #expect(!Array("/b".utf8).isBelow([]))
    #expect(!Array("/ab/c".utf8).isBelow(Array("/a".utf8)))
    #expect(Array("/ab/c".utf8).isBelow(Array("/".utf8)))
    #expect(Array("/a".utf8).parent == Array("/".utf8))
    #expect(Array("x/a".utf8).parent == Array("x".utf8))
    #expect(Array("a".utf8).parent == [])
  }

  @Test func wordsThatAreCloseAreFound() {
    #expect(EditDistance.between("kitten", "sitting") == 3)
    #expect(EditDistance.between("", "abc") == 3)
    #expect(EditDistance.between("abc", "abc") == 0)
  }
}
