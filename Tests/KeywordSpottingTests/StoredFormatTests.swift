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

  private func fault(_ text: String) -> StoredFormat.Fault? {
    do {
      _ = try format.decode(Document.self, from: text)
      return nil
    } catch { return error }
  }

  /// A seed beyond what a Double holds comes through the steps as it was.
  @Test(arguments: [
    "{\"format\":1,\"title\":\"a\",\"seed\":18446744073709551615}",
    "{\"format\":2,\"name\":\"a\",\"seed\":18446744073709551615}",
    "{\"format\":3,\"name\":\"a\",\"size\":7,\"seed\":18446744073709551615}",
  ]) func everyFormatIsRead(_ text: String) throws {
    let document = try format.decode(Document.self, from: text)
    #expect(document == Document(format: 3, name: "a", size: 7, seed: .max))
  }

  @Test func whatIsMissingIsNeverGuessed() {
    #expect(fault("{\"format\":1,\"seed\":1}") == .unfit("the document has no \"title\""))
    #expect(
      fault("{\"format\":3,\"name\":\"a\",\"seed\":1}")
        == .unfit("the document has no \"size\""))
    #expect(fault("{\"name\":\"a\"}") == .noNumber)
    #expect(fault("{\"format\":0}") == .noNumber)
    #expect(fault("{\"format\":4}") == .newer(found: 4, supported: 3))
    guard case .notJSON = fault("{") else {
      Issue.record("read half a document")
      return
    }
  }

  @Test(arguments: ["-0.0", "0.1", "1e+300", "-3", "9007199254740993", "[1,{\"a\":null}]"])
  func textComesBack(_ text: String) throws {
    #expect(try JSONValue(parsing: ArraySlice(text.utf8)).text == text)
  }
}
