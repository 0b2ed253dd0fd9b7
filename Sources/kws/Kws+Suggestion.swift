import ArgumentParser
import KeywordSpotting

extension Kws {
  /// The names of the subcommands.
  static var commandNames: [String] {
    configuration.subcommands.map { $0._commandName } + ["help"]
  }

  /// The message for a word that is not a subcommand.
  static func unknownCommand(_ word: String) -> String {
    let names = commandNames
    let hint =
      EditDistance.suggestion(for: word, among: names).map { "; did you mean \($0)?" } ?? ""
    return "there is no command \(word)\(hint) (commands: \(names.joined(separator: ", ")))"
  }

  /// The message for the first argument of a subcommand that looks like an option and is none; nil
  /// if there is none.
  ///
  /// The parser checks the options that it knows, and their relations, before it finds one that it
  /// does not know, whose value it takes for another argument.
  static func unknownOption(_ arguments: [String]) -> String? {
    guard
      let command = configuration.subcommands.first(where: { $0._commandName == arguments.first })
    else { return nil }
    // `  -h, --help   Show help`, `  --balance/--no-balance`; other lines name options of other commands.
    let known = helpMessage(for: command, columns: 200).split(separator: "\n")
      .filter { $0.hasPrefix("  -") }
      .flatMap { row in
        row.dropFirst(2).split(separator: " ").prefix { $0.hasPrefix("-") }
          .flatMap { $0.split(separator: "/") }
          .map(String.init)
      }
    let given = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
      .map { String($0.prefix { $0 != "=" }) }
    guard let unknown = given.first(where: { !known.contains($0) }) else { return nil }
    let hint = EditDistance.suggestion(for: unknown, among: known)
    return "Unknown option '\(unknown)'" + (hint.map { ". Did you mean '\($0)'?" } ?? "")
  }
}
