/// How often each class was answered to clips of each class.
public struct ConfusionMatrix: Codable, Equatable, Sendable {
  /// How many classes there are, C.
  public let classCount: Int
  /// (C, C), row by row: rows are what was said, columns what was answered.
  public private(set) var counts: [Int]

  /// A matrix without clips.
  public init(classCount: Int) {
    self.classCount = classCount
    counts = [Int](repeating: 0, count: classCount * classCount)
  }

  /// Clips of class `said` that were answered with class `heard`.
  public subscript(said: Int, heard: Int) -> Int {
    get { counts[said * classCount + heard] }
    set { counts[said * classCount + heard] = newValue }
  }

  /// All clips.
  public var total: Int { counts.reduce(0, +) }

  /// Clips that were answered with their own class.
  public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }

  /// Clips of one class.
  public func support(_ said: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[said, $1] }
  }

  /// Clips that were answered with one class.
  public func answers(_ heard: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[$1, heard] }
  }

  /// Adds the counts of another part of the clips.
  public mutating func merge(_ other: ConfusionMatrix) {
    precondition(
      classCount == other.classCount, "\(classCount) classes merged with \(other.classCount)")
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
