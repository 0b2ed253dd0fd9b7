/// Stored in JSON as rows of probabilities; with more classes than `Timeline.mostDense`, only those
/// above 0.
extension Timeline: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, times, probabilities, classes, places, values
  }

  /// Reads the form that `encode` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(Kind.self, forKey: .kind)
    times = try container.decode([Double].self, forKey: .times)
    guard container.contains(.classes) else {
      probabilities = try container.decode([[Float]].self, forKey: .probabilities)
      return
    }
    let classes = try container.decode(Int.self, forKey: .classes)
    let places = try container.decode([[Int]].self, forKey: .places)
    let values = try container.decode([[Float]].self, forKey: .values)
    // The limit is above that of any report, so that a few bytes cannot ask for much memory.
    guard places.count == values.count, (0...65_536).contains(classes),
      places.count * classes <= 1 << 24,
      zip(places, values).allSatisfy({ $0.count == $1.count }),
      places.joined().allSatisfy((0..<classes).contains)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .places, in: container, debugDescription: "places beyond \(classes) classes")
    }
    probabilities = zip(places, values).map { places, values in
      var row = [Float](repeating: 0, count: classes)
      for (place, value) in zip(places, values) { row[place] = value }
      return row
    }
  }

  /// Writes the rows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(times, forKey: .times)
    let classes = probabilities.first?.count ?? 0
    guard classes > Self.mostDense else {
      return try container.encode(probabilities, forKey: .probabilities)
    }
    try container.encode(classes, forKey: .classes)
    let places = probabilities.map { row in row.indices.filter { row[$0] > 0 } }
    try container.encode(places, forKey: .places)
    try container.encode(
      zip(probabilities, places).map { row, places in places.map { row[$0] } }, forKey: .values)
  }
}
