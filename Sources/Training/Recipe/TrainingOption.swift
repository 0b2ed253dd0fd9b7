import Basics

/// One option of a training: a line of the table that the command line, the config file,
/// `config.json`, the checks and the recipe read.
///
/// Its value has a place in `TrainingOptions`, where a person's choice stands, and, if it decides the
/// model, one in `TrainingRecipe`, where the choice or the default stands.
public struct TrainingOption: Sendable {
  /// How an option stands on a command line.
  public enum Kind: Equatable, Sendable {
    /// With a value behind it.
    case value
    /// Alone, where it is true.
    case flag
    /// Alone, and with `no` where it is false.
    case toggle
  }

  /// The name in config files.
  public let name: String
  /// How it stands on a command line.
  public let kind: Kind
  /// One sentence with its values, where they have names, and the default.
  public private(set) var help: String
  /// What its value is called in a help text; nil calls it as the option.
  public let valueName: String?
  /// Its values, where they are few and have names.
  public let values: [String]
  /// Whether a value may begin with a minus sign.
  public let takesNegative: Bool
  /// Whether the model that a training starts from decides it.
  public private(set) var isOfModel = false

  private let write: @Sendable (OptionText, inout TrainingOptions) throws(OptionError) -> Void
  private let checkChoice: @Sendable (TrainingOptions) -> OptionError?
  private let checkResult: @Sendable (TrainingRecipe) -> OptionError?
  private let json: @Sendable (TrainingRecipe) -> String?
  private let fill: @Sendable (TrainingOptions, TrainingDataSize, inout TrainingRecipe) -> Void

  /// Takes a value as a person wrote it.
  ///
  /// - Throws: `OptionError` for a value that the option does not take.
  public func set(_ text: OptionText, in options: inout TrainingOptions) throws(OptionError) {
    try write(text, &options)
  }

  /// What is wrong with a person's choice, or nil.
  func problem(in options: TrainingOptions) -> OptionError? { checkChoice(options) }

  /// What is wrong with the value that decides the model, or nil.
  func problem(in recipe: TrainingRecipe) -> OptionError? { checkResult(recipe) }

  /// The value that decides the model as JSON text; nil where there is none.
  func json(of recipe: TrainingRecipe) -> String? { json(recipe) }

  /// Sets the value that decides the model: what was chosen, else the default for the data.
  func fill(
    _ recipe: inout TrainingRecipe, from options: TrainingOptions, for data: TrainingDataSize
  ) { fill(options, data, &recipe) }
}

extension TrainingOption {
  /// The same option where a command has another default than a training.
  public func described(as help: String) -> Self {
    var option = self
    option.help = help
    return option
  }

  /// Where a value of some type stands, and how it comes to the recipe.
  struct Places<Value: OptionValue> {
    /// The person's choice; nil where it is left open.
    var choice: @Sendable (TrainingOptions) -> Value? = { _ in nil }
    /// Takes a choice.
    var choose: @Sendable (inout TrainingOptions, Value) throws(OptionError) -> Void
    /// The value in the recipe; nil where there is none.
    var result: @Sendable (TrainingRecipe) -> Value? = { _ in nil }
    /// Sets it there.
    var fill: @Sendable (TrainingOptions, TrainingDataSize, inout TrainingRecipe) -> Void = {
      _, _, _ in
    }
    /// The default as a phrase; nil leaves it to the help's sentence.
    var defaultText: String?
  }

  init<Value: OptionValue>(
    _ name: String, _ kind: Kind = .value, in bounds: OptionBounds<Value> = .any,
    valueName: String? = nil, help: String, _ places: Places<Value>
  ) {
    @Sendable func problem(_ value: Value?) -> OptionError? {
      guard let value, !bounds.contains(value) else { return nil }
      return .value(option: name, value: value.optionText, mustBe: bounds.rule)
    }
    (self.name, self.kind, self.valueName) = (name, kind, valueName)
    (values, takesNegative) = (Value.names, bounds.reachesBelowZero)
    let remarks = [
      Value.names.isEmpty ? nil : "values: \(Value.names.joined(separator: ", "))",
      places.defaultText.map { "default: \($0)" },
    ].compactMap(\.self)
    self.help = help + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))")
    write = { text, options throws(OptionError) in
      guard let value = Value(option: text), bounds.contains(value) else {
        throw .value(option: name, value: text.text, mustBe: bounds.rule)
      }
      try places.choose(&options, value)
    }
    checkChoice = { problem(places.choice($0)) }
    checkResult = { problem(places.result($0)) }
    json = { places.result($0)?.json }
    fill = places.fill
  }

  /// The same option as one that the model decides, where a training starts from one.
  var ofModel: Self {
    var option = self
    option.isOfModel = true
    return option
  }
}
