/// How often clips of each class were answered with each class.
///
/// Only pairs that occur are stored, so memory grows with the clips, not with the square of the
/// classes.
public struct ConfusionMatrix: Equatable, Sendable {
  /// One pair of classes.
  public struct Cell: Codable, Equatable, Sendable {
    /// Index of the clips' label.
    public var label: Int
    /// Index of the answer.
    public var answer: Int
    /// Number of clips, 1 or more.
    public var count: Int

    /// The keys of reports since version 1.
    private enum CodingKeys: String, CodingKey {
      case label = "said"
      case answer = "heard"
      case count
    }
  }

  /// Number of classes, C.
  public let classCount: Int
  /// Number of clips by label and answer.
  private var counts: [Pair: Int] = [:]

  private struct Pair: Hashable, Sendable {
    var label: Int
    var answer: Int
  }

  /// A matrix without clips.
  public init(classCount: Int) { self.classCount = classCount }

  /// Clips of class `label` that were answered with class `answer`.
  public subscript(label: Int, answer: Int) -> Int {
    get { counts[Pair(label: label, answer: answer)] ?? 0 }
    set {
      precondition(
        min(label, answer) >= 0 && max(label, answer) < classCount,
        "\(label), \(answer) of \(classCount)")
      counts[Pair(label: label, answer: answer)] = newValue == 0 ? nil : newValue
    }
  }

  /// The pairs that occur, row by row.
  public var cells: [Cell] {
    counts.map { Cell(label: $0.key.label, answer: $0.key.answer, count: $0.value) }
      .sorted { ($0.label, $0.answer) < ($1.label, $1.answer) }
  }

  /// (C, C): rows are labels, columns are answers.
  public var rows: [[Int]] {
    var rows = [[Int]](
      repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for cell in cells { rows[cell.label][cell.answer] = cell.count }
    return rows
  }

  /// Number of all clips.
  public var total: Int { counts.values.reduce(0, +) }

  /// Number of clips whose answer is their label.
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
      guard 0 <= cell.label, cell.label < classCount, 0 <= cell.answer, cell.answer < classCount,
        self[cell.label, cell.answer] == 0
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .cells, in: values,
          debugDescription: "a class of \(classCount) that is none, or a pair twice")
      }
      self[cell.label, cell.answer] = cell.count
    }
  }

  /// Writes the pairs that occur.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(classCount, forKey: .classCount)
    try values.encode(cells, forKey: .cells)
  }
}
