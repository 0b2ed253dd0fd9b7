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
    let nearest = names.min { EditDistance.between(word, $0) < EditDistance.between(word, $1) }!
    let hint = EditDistance.between(word, nearest) <= 3 ? "; did you mean \(nearest)?" : ""
    return "there is no command \(word)\(hint) (commands: \(names.joined(separator: ", ")))"
  }
}
