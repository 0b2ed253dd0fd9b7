import KeywordSpotting
import SystemPackage

/// `--config file.json`: options with the names of the command line, which itself wins.
///
/// The file's options are put before those of the command line; of two equal ones the last counts.
enum ConfigFile {
  /// The arguments with the file's options in place, or as they are where no file is named.
  static func expanded(_ arguments: [String]) throws -> [String] {
    guard arguments.first == "train", let file = path(arguments) else { return arguments }
    let bytes = try readFile(RawArguments.path(file), limit: 1 << 20)
    var object: JSONValue
    do { object = try JSONValue(parsing: bytes[...]) } catch {
      throw Failure.badData("\(file): not valid JSON: \(error)")
    }
    do { try TrainingRecipe.configFormat.migrate(&object) } catch {
      throw Failure.badData("\(file): \(error)")
    }
    guard case .object(let members) = object else {
      throw Failure.badData("\(file): expected an object such as {\"epochs\": 20}")
    }
    var options: [String] = []
    for member in members where member.key != TrainingRecipe.configFormat.key {
      options += try option(member.key, member.value, file)
    }
    return ["train"] + options + arguments.dropFirst()
  }

  /// The value of `--config`, in either spelling.
  private static func path(_ arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return nil }
      if argument.hasPrefix("--config=") { return String(argument.dropFirst("--config=".count)) }
      if argument == "--config", index + 1 < arguments.count { return arguments[index + 1] }
    }
    return nil
  }

  private static func option(
    _ name: String, _ value: JSONValue, _ file: String
  ) throws -> [String] {
    guard TrainCommand.kinds[name] != nil else {
      let hint = EditDistance.suggestion(for: name, among: TrainCommand.kinds.keys)
        .map { "; did you mean \"\($0)\"?" }
      throw Failure.badData("\(file): there is no option \"\(name)\"\(hint ?? "")")
    }
    let kind = TrainCommand.kinds[name]!
    let isFlag = kind != .value
    switch value {
    case .bool(let isOn):
      guard isFlag else {
        throw Failure.usage("\(file): \"\(name)\" needs a value, not \(isOn)")
      }
      if isOn { return ["--\(name)"] }
      return kind == .toggle ? ["--no-\(name)"] : []
    case _ where isFlag:
      throw Failure.usage("\(file): \"\(name)\" must be true or false")
    case .string(let text): return ["--\(name)=\(text)"]
    case .number(let number):
      let isWhole = number == number.rounded() && abs(number) < 9e15
      return ["--\(name)=\(isWhole ? String(Int(number)) : String(number))"]
    case .whole(let number): return ["--\(name)=\(number)"]
    case .array(let values):
      let texts = try values.map { value -> String in
        guard case .string(let text) = value else { throw wrongType(name, file) }
        return text
      }
      return TrainCommand.repeatable.contains(name)
        ? texts.map { "--\(name)=\($0)" } : ["--\(name)=\(texts.joined(separator: ","))"]
    case .object where name == "front-end": return ["--\(name)=\(value.text)"]
    case .null, .object: throw wrongType(name, file)
    }
  }

  private static func wrongType(_ name: String, _ file: String) -> Failure {
    Failure.badData("\(file): \"\(name)\" must be a text, a number, true, false or a list of texts")
  }
}

extension TrainCommand {
  /// What a config file may set, and how it stands on the command line: the table of options, and
  /// those that only a command has, but for the ones about this one run.
  static let kinds = Dictionary(
    uniqueKeysWithValues: TrainingOption.all.map { ($0.name, $0.kind) } + [
      ("out", .value), ("threads", .value), ("memory", .value), ("quiet", .flag),
      ("verbose", .flag),
      ("negatives", .value), ("negative-labels", .value), ("negative-share", .value),
      ("word-share", .value), ("teacher", .value), ("teacher-share", .value),
      ("teacher-temperature", .value),
    ])
  /// Those that may be given several times, in a config file as a list.
  static let repeatable: Set<String> = ["negatives", "negative-labels", "teacher"]
}
