/// Whether a training measures itself by folds, and how the speakers become folds.
public enum FoldRule: Equatable, Sendable {
  /// Of few speakers, or few clips without known speakers, by up to five folds; else not.
  case bySize
  /// Not: a part of the clips is held out instead.
  case off
  /// A fold for each speaker.
  case speaker
  /// So many folds of whole speakers, as even in clips as they allow.
  case count(Int)
}

extension FoldRule: LosslessStringConvertible {
  /// Reads `auto`, `none`, `speaker` or a number of 2 or more.
  public init?(_ text: String) {
    switch text {
    case "auto": self = .bySize
    case "none": self = .off
    case "speaker": self = .speaker
    default:
      guard let count = Int(text), count >= 2 else { return nil }
      self = .count(count)
    }
  }

  /// As `init` reads it.
  public var description: String {
    switch self {
    case .bySize: "auto"
    case .off: "none"
    case .speaker: "speaker"
    case .count(let count): "\(count)"
    }
  }
}

extension FoldRule: Codable {
  /// Reads the text of `description`.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    let text = try value.decode(String.self)
    guard let rule = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: value,
        debugDescription: "folds of \"\(text)\": expected auto, none, speaker or a number")
    }
    self = rule
  }

  /// Writes the text of `description`.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(description)
  }
}

extension FoldRule: OptionValue {
  init?(option: OptionText) { self.init(option.text) }
  var optionText: String { description }
  static var kind: String { "auto, none, speaker or a number of 2 or more" }
}
