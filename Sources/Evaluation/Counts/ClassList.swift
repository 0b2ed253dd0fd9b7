import Recognition

/// The classes of an evaluation in order, with fast lookup of an index by name.
struct ClassList: Equatable, Sendable {
  let names: [String]
  /// Indices of the keywords, in increasing order.
  let keywords: [Int]
  private let places: [String: Int]

  /// Makes a list of distinct names, in order.
  init(_ names: [String]) {
    self.names = names
    places = Dictionary(zip(names, 0...)) { first, _ in first }
    precondition(places.count == names.count, "a class appears twice in \(names)")
    keywords = names.indices.filter { ClassLabel.isKeyword(names[$0]) }
  }

  /// The index of a name, or nil.
  subscript(name: String) -> Int? { places[name] }

  static func == (left: Self, right: Self) -> Bool { left.names == right.names }
}

extension ClassList: Codable {
  init(from decoder: any Decoder) throws {
    let names = try decoder.singleValueContainer().decode([String].self)
    guard Set(names).count == names.count else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "a class appears twice"))
    }
    self.init(names)
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(names)
  }
}
