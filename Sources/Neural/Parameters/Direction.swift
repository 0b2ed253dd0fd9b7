/// The order in which frames are read.
public enum Direction: Int, CaseIterable, Sendable {
  /// From the first frame to the last.
  case forward
  /// From the last frame to the first.
  case reverse

  /// The step from a frame to the frame read before it.
  var previous: Int { self == .forward ? -1 : 1 }

  /// The frames 0..<`count` in the order of reading.
  func order(_ count: Int) -> StrideTo<Int> {
    self == .forward
      ? stride(from: 0, to: count, by: 1) : stride(from: count - 1, to: -1, by: -1)
  }

  /// The guard frame before the first frame in the order of reading, for frames 0..<`count`.
  func beforeFirst(_ count: Int) -> Int { self == .forward ? -1 : count }

  /// The last frame in the order of reading, for frames 0..<`count`.
  func last(_ count: Int) -> Int { self == .forward ? count - 1 : 0 }

  /// The other direction.
  var opposite: Direction { self == .forward ? .reverse : .forward }
}

/// The directions in which every layer of a network reads.
public enum Directions: Int, Codable, CaseIterable, Sendable {
  /// Forward only: a state does not depend on later frames, so frames can be processed as they
  /// arrive.
  case forward = 1
  /// Forward and reverse, with their states concatenated.
  case both = 2

  /// The directions, in the order of their states and parameters.
  public var all: [Direction] { self == .forward ? [.forward] : [.forward, .reverse] }
}

extension Directions: CustomStringConvertible {
  /// Text for people, used after "hidden units".
  public var description: String { self == .forward ? "forward" : "both ways" }
}
