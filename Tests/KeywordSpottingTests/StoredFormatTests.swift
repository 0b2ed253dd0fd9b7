import Testing

@testable import Basics

@Suite struct StoredFormatTests {
  private struct Document: Codable, Equatable {
    var format: Int
    var name: String
    var size: Int
    var seed: UInt64
  }

  /// Format 2 renamed a key, format 3 brought one.
  private let format = StoredFormat(steps: [
    { document in
      guard let title = document["title"] else { return "the document has no \"title\"" }
      document["name"] = title
      document["title"] = nil
      return nil
    },
    { document in
      document["size"] = .number(7)
      return nil
    },
  ])

  private func fault(_ text: String) -> StoredFault? {
    do {
      _ = try format.decode(Document.self, from: ArraySlice(text.utf8))
      return nil
    } catch { return error }
  }

  /// A seed beyond what a Double holds comes through the steps as it was.
  @Test(arguments: [
    "{\"format\":1,\"title\":\"a\",\"seed\":18446744073709551615}",
    "{\"format\":2,\"name\":\"a\",\"seed\":18446744073709551615}",
    "{\"format\":3,\"name\":\"a\",\"size\":7,\"seed\":18446744073709551615}",
  ]) func everyFormatIsRead(_ text: String) throws {
    let document = try format.decode(Document.self, from: ArraySlice(text.utf8))
    #expect(document == Document(format: 3, name: "a", size: 7, seed: .max))
  }

  @Test func whatIsMissingIsNeverGuessed() {
    #expect(fault("{\"format\":1,\"seed\":1}") == .unfit("the document has no \"title\""))
    #expect(
      fault("{\"format\":3,\"name\":\"a\",\"seed\":1}")
        == .unfit("the document has no \"size\""))
    #expect(fault("{\"name\":\"a\"}") == .noNumber)
    #expect(fault("{\"format\":0}") == .noNumber)
    #expect(fault("{\"format\":4}") == .newer(part: nil, found: 4, supported: 3))
    guard case .notJSON = fault("{") else {
      Issue.record("read half a document")
      return
    }
  }

  /// What people write has no number; where that has a meaning, it is one of the formats.
  @Test func aMissingNumberMayBeAFormat() throws {
    let own = StoredFormat(unnumbered: 2, steps: format.steps)
    let document = try own.decode(
      Document.self, from: ArraySlice(#"{"name":"a","seed":1}"#.utf8))
    #expect(document == Document(format: 3, name: "a", size: 7, seed: 1))
    for number in ["0", "-1", "1.5", "\"1\"", "null"] {
      #expect(throws: StoredFault.noNumber) {
        try own.decode(Document.self, from: ArraySlice("{\"format\":\(number)}".utf8))
      }
    }
  }

  @Test func anotherSchemaIsRefused() throws {
    let named = StoredFormat(schema: "kws-a", key: "version")
    var document = JSONValue.object([("schema", .string("kws-a")), ("version", .number(1))])
    try named.migrate(&document)
    document["schema"] = .string("kws-b")
    #expect(throws: StoredFault.otherSchema(expected: "kws-a")) { try named.migrate(&document) }
    document["schema"] = .string("kws-a")
    document["version"] = .number(2)
    #expect(throws: StoredFault.newer(part: nil, found: 2, supported: 1)) {
      try named.migrate(&document)
    }
  }

  @Test(arguments: ["-0.0", "0.1", "1e+300", "-3", "9007199254740993", "[1,{\"a\":null}]"])
  func textComesBack(_ text: String) throws {
    #expect(try JSONValue(parsing: ArraySlice(text.utf8)).text == text)
  }
}
