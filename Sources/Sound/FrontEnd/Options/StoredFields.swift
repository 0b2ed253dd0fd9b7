/// A table of the stored properties of a type, used to read, write, check and migrate them.
///
/// A file must have every key and no other. The current format is the newest `format` of any field;
/// it is written from 2 on, under the key `format`. A file of an older format gets the value of
/// `before` for each key that was added later; a newer format is refused by its number.
struct StoredFields<Root: Sendable>: Sendable {
  /// One line for each property.
  let fields: [Field]

  /// One property: its key, its range, and functions to read and write it.
  struct Field: Sendable {
    let name: String
    /// What is wrong with the value, or nil.
    let problem: @Sendable (Root) -> String?
    fileprivate let read: @Sendable (KeyedDecodingContainer<Key>, inout Root) throws -> Void
    fileprivate let write: @Sendable (Root, inout KeyedEncodingContainer<Key>) throws -> Void
    /// The first format that has the key.
    fileprivate let format: Int
    /// Sets the value that files of older formats imply.
    fileprivate let migrate: @Sendable (inout Root) -> Void
  }

  fileprivate struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private let formatKey = "format"

  /// The current format, which is the one written.
  var format: Int { fields.map(\.format).max() ?? 1 }

  /// Reads every key of the file's format, and sets the others by migration.
  /// - Throws: ``FrontEndError`` for a newer format, missing and unknown keys, `DecodingError` for
  ///   wrong types.
  func read(_ root: inout Root, from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let stored = try values.decodeIfPresent(Int.self, forKey: Key(formatKey)) ?? 1
    guard (1...format).contains(stored) else {
      throw FrontEndError.unknownFormat(stored: stored, newest: format)
    }
    let known = fields.filter { $0.format <= stored }
    var unknown = Set(values.allKeys.map(\.stringValue))
    let missing = known.map(\.name).filter { unknown.remove($0) == nil }
    if stored > 1 { unknown.remove(formatKey) }
    guard missing.isEmpty, unknown.isEmpty else {
      throw FrontEndError.keys(missing: missing, unknown: unknown.sorted())
    }
    for field in known { try field.read(values, &root) }
    for field in fields where field.format > stored { field.migrate(&root) }
  }

  /// Writes every key; what is off is null.
  func write(_ root: Root, to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    if format > 1 { try values.encode(format, forKey: Key(formatKey)) }
    for field in fields { try field.write(root, &values) }
  }
}

extension StoredFields.Field {
  typealias Path<Value> = WritableKeyPath<Root, Value> & Sendable
  /// The format that a key came with, where that is not the first, and what older files mean.
  typealias Added<Value> = (inFormat: Int, before: Value)

  /// A property of any type, every value of which makes sense.
  static func choice<Value: Codable & Sendable>(
    _ name: String, _ path: Path<Value>, added: Added<Value>? = nil
  ) -> Self {
    make(name, path, added) { _ in nil }
  }

  /// A whole number within a range, in a unit.
  static func number(
    _ name: String, _ path: Path<Int>, in range: ClosedRange<Int>, _ unit: String = "",
    added: Added<Int>? = nil
  ) -> Self {
    make(name, path, added) { problem($0, range, unit) }
  }

  /// A number within a range, in a unit.
  static func number(
    _ name: String, _ path: Path<Double>, in range: ClosedRange<Double>, _ unit: String = "",
    added: Added<Double>? = nil
  ) -> Self {
    make(name, path, added) { problem($0, range, unit) }
  }

  /// A number within a range, in a unit, or nil.
  static func number(
    _ name: String, _ path: Path<Double?>, in range: ClosedRange<Double>, _ unit: String = "",
    added: Added<Double?>? = nil
  ) -> Self {
    make(name, path, added) { $0.flatMap { problem($0, range, unit) } }
  }

  private static func make<Value: Codable & Sendable>(
    _ name: String, _ path: Path<Value>, _ added: Added<Value>?,
    _ problem: @escaping @Sendable (Value) -> String?
  ) -> Self {
    let key = StoredFields.Key(name)
    return Self(
      name: name, problem: { problem($0[keyPath: path]) },
      read: { values, root in root[keyPath: path] = try values.decode(Value.self, forKey: key) },
      write: { root, values in try values.encode(root[keyPath: path], forKey: key) },
      format: added?.inFormat ?? 1,
      migrate: { root in if let added { root[keyPath: path] = added.before } })
  }

  // NaN is outside every range.
  private static func problem<Value>(
    _ value: Value, _ range: ClosedRange<Value>, _ unit: String
  ) -> String? {
    let unit = unit.isEmpty ? "" : " " + unit
    return range.contains(value)
      ? nil : "\(value)\(unit) is outside \(range.lowerBound) to \(range.upperBound)\(unit)"
  }
}
