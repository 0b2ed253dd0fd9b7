/// A sentence that names options: by their names in the library, by their flags in a command.
public protocol NamesOptions: CustomStringConvertible {
  /// The sentence, with the name of each option as `spell` writes it.
  func text(_ spell: (String) -> String) -> String
}

extension NamesOptions {
  /// The sentence with the plain names.
  public var description: String { text { $0 } }
}

/// An invalid value of an option; prints as one sentence.
public enum OptionError: Error, Equatable, Sendable, NamesOptions {
  /// A value outside the allowed ones, such as `1 to 16`.
  case value(option: String, value: String, mustBe: String)
  /// A value that does not fit other options; the problem has both numbers.
  case unfit(option: String, value: String, problem: String)
  /// A part of an option's value is a separate option.
  case ownOption(String, part: String, of: String)

  /// One sentence: the option, its value, and what would do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .value(let option, let value, let rule): "\(spell(option)) must be \(rule), not \(value)"
    case .unfit(let option, let value, let problem):
      "\(spell(option)) \(TextCell.cut(value, 40)): \(problem)"
    case .ownOption(let other, let part, let option):
      "\(spell(option)): \(part) is an option of its own, \(spell(other))"
    }
  }
}
