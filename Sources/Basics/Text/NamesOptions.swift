/// A sentence that names options: the library by their names, a command by its flags.
public protocol NamesOptions: CustomStringConvertible {
  /// The sentence, with the name of each option as `spell` writes it.
  func text(_ spell: (String) -> String) -> String
}

extension NamesOptions {
  /// The sentence with the plain names.
  public var description: String { text { $0 } }
}

/// A value that an option cannot have, in one sentence.
public enum OptionError: Error, Equatable, Sendable, NamesOptions {
  /// A value outside of what the option takes, such as `1 to 16`.
  case value(option: String, value: String, mustBe: String)
  /// A value that does not go with the rest; the problem has both numbers.
  case unfit(option: String, value: String, problem: String)
  /// A part of an option's value that is an option of its own.
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
