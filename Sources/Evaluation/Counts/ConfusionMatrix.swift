/// How often each class was answered to clips of each class.
///
/// Only what happened is stored, so that ten thousand classes take no more than their clips do.
public struct ConfusionMatrix: Equatable, Sendable {
  /// One pair of classes.
  public struct Cell: Codable, Equatable, Sendable {
    /// Index of what was said.
    public var said: Int
    /// Index of what was answered.
    public var heard: Int
    /// Clips, 1 or more.
    public var count: Int
  }

  /// How many classes there are, C.
  public let classCount: Int
  /// What happened, by what was said and what was answered.
  private var counts: [Pair: Int] = [:]

  private struct Pair: Hashable, Sendable {
    var said: Int
    var heard: Int
  }

  /// A matrix without clips.
  public init(classCount: Int) { self.classCount = classCount }

  /// Clips of class `said` that were answered with class `heard`.
  public subscript(said: Int, heard: Int) -> Int {
    get { counts[Pair(said: said, heard: heard)] ?? 0 }
    set {
      precondition(
        min(said, heard) >= 0 && max(said, heard) < classCount,
        "\(said), \(heard) of \(classCount)")
      counts[Pair(said: said, heard: heard)] = newValue == 0 ? nil : newValue
    }
  }

  /// The pairs that happened, row by row.
  public var cells: [Cell] {
    counts.map { Cell(said: $0.key.said, heard: $0.key.heard, count: $0.value) }
      .sorted { ($0.said, $0.heard) < ($1.said, $1.heard) }
  }

  /// (C, C): rows are what was said, columns what was answered.
  public var rows: [[Int]] {
    var rows = [[Int]](
      repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for cell in cells { rows[cell.said][cell.heard] = cell.count }
    return rows
  }

  /// All clips.
  public var total: Int { counts.values.reduce(0, +) }

  /// Clips that were answered with their own class.
  public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }

  /// Adds the counts of another part of the clips.
  public mutating func merge(_ other: ConfusionMatrix) {
    precondition(
      classCount == other.classCount, "\(classCount) classes merged with \(other.classCount)")
    counts.merge(other.counts, uniquingKeysWith: +)
  }
}

extension ConfusionMatrix: Codable {
  private enum CodingKeys: String, CodingKey { case classCount, cells }

  /// Reads `classCount` and `cells`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(classCount: try values.decode(Int.self, forKey: .classCount))
    for cell in try values.decode([Cell].self, forKey: .cells) {
      guard 0 <= cell.said, cell.said < classCount, 0 <= cell.heard, cell.heard < classCount,
        self[cell.said, cell.heard] == 0
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .cells, in: values,
          debugDescription: "a class of \(classCount) that is none, or a pair twice")
      }
      self[cell.said, cell.heard] = cell.count
    }
  }

  /// Writes the pairs that happened.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(classCount, forKey: .classCount)
    try values.encode(cells, forKey: .cells)
  }
}
