import ArgumentParser
import KeywordSpotting

/// Some options of the library's table.
protocol OptionSelection {
  static var options: [TrainingOption] { get }
}

/// Options of a training on the command line, made from the library's table.
///
/// The argument parser finds the options of a type by reflection; this type shows it one for each line
/// of the table, so that an option needs no declaration here.
struct TableOptions<Selection: OptionSelection>: ParsableArguments, CustomReflectable {
  /// The options that were given, in the order of the table.
  private(set) var given: [(option: TrainingOption, text: OptionText)] = []

  /// Nothing given.
  init() {}

  /// What the parser reads: a property a line.
  var customMirror: Mirror {
    Mirror(
      self,
      children: Selection.options.map { (label: $0.name, value: $0.definition) as Mirror.Child })
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Name.self)
    for option in Selection.options {
      let name = Name(stringValue: option.name)
      let text: String?
      switch option.kind {
      case .value: text = try values.decode(Option<String?>.self, forKey: name).wrappedValue
      case .flag:
        text = try values.decode(Flag<Bool>.self, forKey: name).wrappedValue ? "true" : nil
      case .toggle:
        text = try values.decode(Flag<Bool?>.self, forKey: name).wrappedValue.map(String.init)
      }
      if let text { given.append((option, OptionText(text, path: RawArguments.path(text)))) }
    }
  }

  /// The value of an option as it was given.
  subscript(_ name: String) -> OptionText? { given.first { $0.option.name == name }?.text }

  /// Refuses what the options do not take.
  func validate() throws {
    var options = TrainingOptions(threads: 1)
    do { try apply(to: &options) } catch { throw ValidationError(Failure.text(of: error)) }
  }

  /// Sets what was given.
  func apply(to options: inout TrainingOptions) throws(OptionError) {
    for (option, text) in given { try option.set(text, in: &options) }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension TrainingOption {
  /// The option as the argument parser knows it.
  fileprivate var definition: Any {
    let name = NameSpecification.customLong(name)
    let help = ArgumentHelp(stringLiteral: help)
    return switch kind {
    case .value:
      Option<String?>(
        name: name, parsing: takesNegative ? .unconditional : .next, help: titled(help),
        completion: values.isEmpty ? nil : .list(values))
    case .flag: Flag<Bool>(wrappedValue: false, name: name, help: help)
    case .toggle:
      Flag<Bool?>(name: name, inversion: .prefixedNo, exclusivity: .chooseLast, help: help)
    }
  }

  private func titled(_ help: ArgumentHelp) -> ArgumentHelp {
    var help = help
    help.valueName = valueName ?? name
    return help
  }
}

// The groups of `kws train`, and what other commands take of them.

enum EssentialSelection: OptionSelection { static let options = TrainingOption.essential }
enum RunSelection: OptionSelection { static let options = TrainingOption.run }
enum DataSelection: OptionSelection { static let options = TrainingOption.data }
enum NetworkSelection: OptionSelection { static let options = TrainingOption.network }
enum OptimisationSelection: OptionSelection { static let options = TrainingOption.optimisation }
enum AugmentationSelection: OptionSelection { static let options = TrainingOption.augmentation }
enum FeatureSelection: OptionSelection { static let options = TrainingOption.features }

/// How the clips of a dataset are found and told apart.
enum DatasetSelection: OptionSelection {
  static let options = ["speaker-pattern", "allow-outside"].map { TrainingOption.named($0)! }
}
