/// Counts by level of `ScoreGrid`; without counts they need no memory.
struct LevelCounts: Equatable, Sendable {
  /// One count per level, or empty.
  private(set) var counts: [Int] = []

  /// The count of a level.
  subscript(level: Int) -> Int { counts.isEmpty ? 0 : counts[level] }

  mutating func add(_ count: Int, at level: Int) {
    if counts.isEmpty {
      counts = [Int](repeating: 0, count: ScoreGrid.thresholds.count)
    }
    counts[level] += count
  }

  mutating func merge(_ other: Self) {
    for level in other.counts.indices where other.counts[level] != 0 {
      add(other[level], at: level)
    }
  }

  /// For each level, the counts at this level or above.
  var sumsFromAbove: [Int] {
    var sum = 0
    return ScoreGrid.thresholds.indices.reversed().map { level in
      sum += self[level]
      return sum
    }.reversed()
  }

  static func == (left: Self, right: Self) -> Bool {
    ScoreGrid.thresholds.indices.allSatisfy { left[$0] == right[$0] }
  }
}

/// In JSON: a flat list of level and count, for levels with a count.
extension LevelCounts: Codable {
  init(from decoder: any Decoder) throws {
    let pairs = try decoder.singleValueContainer().decode([Int].self)
    for index in stride(from: 0, to: pairs.count, by: 2) {
      guard index + 1 < pairs.count, ScoreGrid.thresholds.indices.contains(pairs[index]),
        self[pairs[index]] == 0
      else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath, debugDescription: "counts of no level, or of one twice")
        )
      }
      add(pairs[index + 1], at: pairs[index])
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(
      counts.indices.filter { counts[$0] != 0 }.flatMap { [$0, counts[$0]] })
  }
}
