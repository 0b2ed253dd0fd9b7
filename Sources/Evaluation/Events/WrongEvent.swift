import Basics

/// An event that is not a hit, with its place.
public struct WrongEvent: Codable, Equatable, Sendable {
  /// What it is.
  public enum Kind: String, Codable, Sendable {
    /// The keyword was not said.
    case falseAlarm
    /// Another keyword was said there.
    case wrongWord
  }

  /// The recording.
  public var path: String
  /// The keyword that fired.
  public var label: String
  /// Its highest averaged posterior.
  public var probability: Float
  /// Where it begins, in seconds of the recording.
  public var start: Double
  /// Where it ends.
  public var end: Double
  /// When it was decided.
  public var decided: Double
  /// What it is.
  public var kind: Kind
  /// The keyword that was said there.
  public var said: String?

  /// The order of a report: the surest first.
  static func isWorse(_ left: Self, _ right: Self) -> Bool {
    if left.probability != right.probability { return left.probability > right.probability }
    if left.path != right.path {
      return PathBytes.precedes(Array(left.path.utf8), Array(right.path.utf8))
    }
    return left.decided < right.decided
  }
}

/// A word that no event found.
public struct MissedWord: Codable, Equatable, Sendable {
  /// The recording.
  public var path: String
  /// What was said.
  public var label: String
  /// Where the word begins, in seconds of the recording; nil where that is not known.
  public var start: Double?
  /// Where it ends.
  public var end: Double?
  /// The highest averaged posterior of the keyword from the word's start to the tolerance after its
  /// end, or in the whole recording where its time is not known; nil where no window ends there.
  public var probability: Float?

  /// The order of a report: the farthest from being found first.
  static func isWorse(_ left: Self, _ right: Self) -> Bool {
    let (first, second) = (left.probability ?? 0, right.probability ?? 0)
    if first != second { return first < second }
    if left.path != right.path {
      return PathBytes.precedes(Array(left.path.utf8), Array(right.path.utf8))
    }
    return (left.start ?? 0, left.label) < (right.start ?? 0, right.label)
  }
}

/// The first of many by an order, in memory that does not grow with their number.
struct Foremost<Element: Sendable>: Sendable {
  private let limit: Int
  private let precedes: @Sendable (Element, Element) -> Bool
  private var elements: [Element] = []
  /// How many there were in all.
  private(set) var count = 0

  init(_ limit: Int, by precedes: @escaping @Sendable (Element, Element) -> Bool) {
    (self.limit, self.precedes) = (limit, precedes)
  }

  mutating func add(_ element: Element) {
    count += 1
    elements.append(element)
    if elements.count > 2 * limit + 100 { elements = sorted }
  }

  /// Those that are kept, in order.
  var sorted: [Element] { Array(elements.sorted(by: precedes).prefix(limit)) }
}
