/// The shares of the classes among the clips of a task.
public enum PriorTarget: Equatable, Sendable {
  /// The shares among the examples of training.
  case trained
  /// All classes alike.
  case equal
  /// The shares of some classes; the others divide the rest equally.
  case shares([String: Double])

  /// Reads `equal`, `trained`, or shares such as `_unknown_=0.9,yes=0.02`; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "trained": self = .trained
    case "equal": self = .equal
    default:
      var shares: [String: Double] = [:]
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let sign = part.lastIndex(of: "="), sign > part.startIndex,
          let share = Double(part[part.index(after: sign)...]),
          shares.updateValue(share, forKey: String(part[..<sign])) == nil
        else { return nil }
      }
      self = .shares(shares)
    }
  }

  /// (C): the share of each class; nil if the shares do not fit the labels.
  func shares(_ labels: [String], trained: [String: Double]) -> [Double]? {
    switch self {
    case .trained: return labels.map { trained[$0] ?? 0 }
    case .equal: return labels.map { _ in 1 / Double(labels.count) }
    case .shares(let named):
      guard problem(labels) == nil else { return nil }
      let sum = named.values.reduce(0, +)
      let others = labels.count - named.count
      // Where all are named, only their ratios count.
      return labels.map {
        named[$0].map { others == 0 ? $0 / sum : $0 } ?? (1 - sum) / Double(others)
      }
    }
  }

  /// Why this fits no model with these labels, or nil.
  package func problem(_ labels: [String]) -> String? {
    guard case .shares(let named) = self else { return nil }
    for (label, share) in named.sorted(by: { $0.key < $1.key }) {
      guard labels.contains(label) else { return "'\(label)' is no class of the model" }
      guard Self.range.contains(share) else {
        return "the share of '\(label)' must lie within \(Self.range), not at \(share)"
      }
    }
    let sum = named.values.reduce(0, +)
    if named.count < labels.count, sum > Self.range.upperBound {
      return "shares of \(sum) in all leave nothing for the other classes"
    }
    return nil
  }

  /// Allowed shares: a share of 0 would exclude a class whatever the sound.
  private static let range = 1e-6...0.999_999
}

extension PriorTarget: CustomStringConvertible {
  /// As `init(_:)` reads it.
  public var description: String {
    switch self {
    case .trained: "trained"
    case .equal: "equal"
    case .shares(let named):
      named.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
  }
}

extension PriorTarget: Codable {
  /// Reads a word, or an object of shares.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let named = try? value.decode([String: Double].self) {
      self = .shares(named)
    } else if case let word? = Self(try value.decode(String.self)),
      word == .trained || word == .equal
    {
      self = word
    } else {
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "expected \"trained\", \"equal\" or shares by label")
    }
  }

  /// Writes a word, or an object of shares.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    if case .shares(let named) = self {
      try value.encode(named)
    } else {
      try value.encode(description)
    }
  }
}
