import Basics
import Neural
import Sound
import SystemPackage

/// An option's value as it was written; a path may hold bytes that are no text.
public struct OptionText: Equatable, Sendable {
  /// The text.
  public var text: String
  /// The same as a path.
  public var path: FilePath

  /// A value as text, and as the path that it would name.
  public init(_ text: String, path: FilePath? = nil) {
    (self.text, self.path) = (text, path ?? FilePath(text))
  }
}

/// A type that options have: read from text, written as JSON.
protocol OptionValue: Sendable {
  /// The value that a person wrote, or nil.
  init?(option: OptionText)
  /// The value as it is written; reads back as the same.
  var optionText: String { get }
  /// The value in a config file.
  var json: String { get }
  /// What a value of this type is, such as `a whole number`.
  static var kind: String { get }
  /// All values, where they are few and have names.
  static var names: [String] { get }
}

extension OptionValue {
  var json: String { JSONText.string(optionText) }
  static var names: [String] { [] }
}

/// A number, which can have bounds.
protocol OptionNumber: OptionValue, Comparable, LosslessStringConvertible {
  /// As nearly as a Double holds it.
  var double: Double { get }
}

extension OptionNumber {
  init?(option: OptionText) { self.init(option.text) }
  var optionText: String { description }
  var json: String { description }
}

extension Int: OptionNumber {
  static var kind: String { "a whole number" }
  var double: Double { Double(self) }
}

extension UInt64: OptionNumber {
  static var kind: String { "a whole number of 0 or more" }
  var double: Double { Double(self) }
  /// As text where a reader's Double would round it.
  var json: String { self < 1 << 53 ? description : JSONText.string(description) }
}

extension Double: OptionNumber {
  static var kind: String { "a number" }
  var double: Double { self }
}

extension Float: OptionNumber {
  static var kind: String { "a number" }
  var double: Double { Double(self) }
}

extension Bool: OptionValue {
  init?(option: OptionText) { self.init(option.text) }
  var optionText: String { description }
  var json: String { description }
  static var kind: String { "true or false" }
}

extension String: OptionValue {
  init?(option: OptionText) { self = option.text }
  var optionText: String { self }
  static var kind: String { "a text" }
}

extension Array: OptionValue where Element == String {
  init?(option: OptionText) { self = commaSeparated(option.text) }
  var optionText: String { joined(separator: ",") }
  static var kind: String { "a list with commas" }
}

extension FilePath: OptionValue {
  init?(option: OptionText) { self = option.path }
  /// UTF-8 as it is, so that it can be given back.
  var optionText: String { String(validating: bytes, as: UTF8.self) ?? displayName }
  static var kind: String { "a path" }
}

/// One of a few values with names.
protocol OptionChoice: OptionValue, RawRepresentable<String>, CaseIterable {}

extension OptionChoice {
  init?(option: OptionText) { self.init(rawValue: option.text) }
  var optionText: String { rawValue }
  static var kind: String { "one of \(names.joined(separator: ", "))" }
  static var names: [String] { allCases.map(\.rawValue) }
}

extension Pooling: OptionChoice {}
extension OptimizerOptions.Algorithm: OptionChoice {}
extension ScheduleKind: OptionChoice {}
extension TrainingEffort: OptionChoice {}
extension FrontEndPreset: OptionChoice {}
