/// The order in which frames are read.
public enum Direction: Int, CaseIterable, Sendable {
  /// From the first frame to the last.
  case forward
  /// From the last frame to the first.
  case reverse

  /// From a frame to the one read before it.
  var previous: Int { self == .forward ? -1 : 1 }

  /// The frames 0..<`count` in the order of reading.
  func order(_ count: Int) -> StrideTo<Int> {
    self == .forward
      ? stride(from: 0, to: count, by: 1) : stride(from: count - 1, to: -1, by: -1)
  }

  /// The guard before the first frame that is read, of 0..<`count`.
  func beforeFirst(_ count: Int) -> Int { self == .forward ? -1 : count }

  /// The frame read last of 0..<`count`.
  func last(_ count: Int) -> Int { self == .forward ? count - 1 : 0 }

  /// The other direction.
  var opposite: Direction { self == .forward ? .reverse : .forward }
}

/// The directions of every layer of a network.
public enum Directions: Int, Codable, CaseIterable, Sendable {
  /// Forward only: a state depends on no later frame, so frames can be read as they come.
  case forward = 1
  /// Forward and reverse, their states side by side.
  case both = 2

  /// In the order in which their states and parameters stand.
  public var all: [Direction] { self == .forward ? [.forward] : [.forward, .reverse] }
}

extension Directions: CustomStringConvertible {
  /// For people, after "hidden units".
  public var description: String { self == .forward ? "forward" : "both ways" }
}
