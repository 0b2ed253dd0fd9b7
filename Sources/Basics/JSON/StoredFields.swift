/// The stored numbers of a type: what its JSON, its checks and its growth follow from.
///
/// Every key must be there and no other may. A key that came later than the first format names that
/// format, and what files of before mean. A file is written in the oldest format that can hold it, so
/// that it keeps its bytes and older programs read it as long as they can; from 2 on, the number
/// stands under the key `format`. A file of an older format gets what its missing keys meant; a newer
/// one is refused by its number.
package struct StoredFields<Root: Sendable>: Sendable {
  /// What the numbers are, for messages.
  let part: String
  /// One line for each property.
  package let fields: [Field]

  package init(_ part: String, fields: [Field]) { (self.part, self.fields) = (part, fields) }

  /// One property: its key, its range, and how it is read and written.
  package struct Field: Sendable {
    package let name: String
    /// What is wrong with the value, or nil.
    let problem: @Sendable (Root) -> String?
    fileprivate let read: @Sendable (KeyedDecodingContainer<Key>, inout Root) throws -> Void
    fileprivate let write: @Sendable (Root, inout KeyedEncodingContainer<Key>) throws -> Void
    /// The first format that has the key.
    fileprivate let format: Int
    /// Sets the value that files of older formats mean.
    fileprivate let migrate: @Sendable (inout Root) -> Void
    /// Whether the value is one that no file of an older format can mean.
    fileprivate let isNew: @Sendable (Root) -> Bool
  }

  fileprivate struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static var formatKey: Key { Key("format") }

  /// The newest format.
  private var newest: Int { fields.map(\.format).max() ?? 1 }

  /// The first number outside of its range, with what is wrong; nil where there is none.
  package func problem(in root: Root) -> (name: String, problem: String)? {
    for field in fields {
      if let problem = field.problem(root) { return (field.name, problem) }
    }
    return nil
  }

  /// Reads every key of the file's format, and migrates what it does not have.
  /// - Throws: ``StoredFault`` for a newer format, missing and unknown keys, `DecodingError` for types.
  package func read(_ root: inout Root, from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let stored = try format(of: values)
    let known = fields.filter { $0.format <= stored }
    var unknown = Self.names(values)
    let missing = known.map(\.name).filter { unknown.remove($0) == nil }
    guard missing.isEmpty, unknown.isEmpty else {
      throw StoredFault.keys(part: part, missing: missing, unknown: unknown.sorted())
    }
    for field in known { try field.read(values, &root) }
    for field in fields where field.format > stored { field.migrate(&root) }
  }

  /// Reads some keys and leaves the other numbers as they are; where all keys of a format are there, it
  /// is a whole file.
  /// - Throws: As `read`.
  package func change(_ root: inout Root, from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let stored = try format(of: values)
    let names = Self.names(values)
    if fields.allSatisfy({ $0.format > stored || names.contains($0.name) }) {
      return try read(&root, from: decoder)
    }
    let unknown = names.subtracting(fields.map(\.name))
    guard unknown.isEmpty else {
      throw StoredFault.keys(part: part, missing: [], unknown: unknown.sorted())
    }
    for field in fields where names.contains(field.name) { try field.read(values, &root) }
  }

  /// Writes every key of the oldest format that can hold the numbers; what is off is null.
  package func write(_ root: Root, to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let format = fields.filter { $0.isNew(root) }.map(\.format).max() ?? 1
    if format > 1 { try values.encode(format, forKey: Self.formatKey) }
    for field in fields where field.format <= format { try field.write(root, &values) }
  }

  private func format(of values: KeyedDecodingContainer<Key>) throws -> Int {
    // The first format had no number.
    guard values.contains(Self.formatKey) else { return 1 }
    let stored = try values.decode(Int.self, forKey: Self.formatKey)
    guard (1...newest).contains(stored) else {
      throw StoredFault.newer(part: part, found: stored, supported: newest)
    }
    return stored
  }

  private static func names(_ values: KeyedDecodingContainer<Key>) -> Set<String> {
    Set(values.allKeys.map(\.stringValue)).subtracting([formatKey.stringValue])
  }
}

extension StoredFields.Field {
  package typealias Path<Value> = WritableKeyPath<Root, Value> & Sendable
  /// The format that a key came with, where that is not the first, and what older files mean.
  package typealias Added<Value> = (inFormat: Int, before: Value)

  /// A property of any type, every value of which makes sense.
  package static func choice<Value: Codable & Equatable & Sendable>(
    _ name: String, _ path: Path<Value>, added: Added<Value>? = nil
  ) -> Self {
    make(name, path, added) { _ in nil }
  }

  /// A whole number within a range, in a unit.
  package static func number(
    _ name: String, _ path: Path<Int>, in range: ClosedRange<Int>, _ unit: String = "",
    added: Added<Int>? = nil
  ) -> Self {
    make(name, path, added) { problem($0, range, unit) }
  }

  /// A number within a range, in a unit.
  package static func number(
    _ name: String, _ path: Path<Double>, in range: ClosedRange<Double>, _ unit: String = "",
    added: Added<Double>? = nil
  ) -> Self {
    make(name, path, added) { problem($0, range, unit) }
  }

  /// A number within a range, in a unit, or nil.
  package static func number(
    _ name: String, _ path: Path<Double?>, in range: ClosedRange<Double>, _ unit: String = "",
    added: Added<Double?>? = nil
  ) -> Self {
    make(name, path, added) { $0.flatMap { problem($0, range, unit) } }
  }

  private static func make<Value: Codable & Equatable & Sendable>(
    _ name: String, _ path: Path<Value>, _ added: Added<Value>?,
    _ problem: @escaping @Sendable (Value) -> String?
  ) -> Self {
    let key = StoredFields.Key(name)
    return Self(
      name: name, problem: { problem($0[keyPath: path]) },
      read: { values, root in root[keyPath: path] = try values.decode(Value.self, forKey: key) },
      write: { root, values in try values.encode(root[keyPath: path], forKey: key) },
      format: added?.inFormat ?? 1,
      migrate: { root in if let added { root[keyPath: path] = added.before } },
      isNew: { root in added.map { root[keyPath: path] != $0.before } ?? false })
  }

  // A NaN is in no range.
  private static func problem<Value>(
    _ value: Value, _ range: ClosedRange<Value>, _ unit: String
  ) -> String? {
    let unit = unit.isEmpty ? "" : " " + unit
    return range.contains(value)
      ? nil : "\(value)\(unit) is outside \(range.lowerBound) to \(range.upperBound)\(unit)"
  }
}
