import Basics

extension TrainingRecipe {
  /// The format of `config.json`; a file without a number, as people write them, is of the first.
  package static let configFormat = StoredFormat(
    unnumbered: 1, steps: [{ formatTwo(&$0) }, { formatThree(&$0) }])

  /// The recipe as `config.json`: the names and values of the options, so that a training with this
  /// file makes the same model again.
  var configText: String {
    let options = TrainingOption.all.compactMap { option in
      // A model that was started from brings its part along.
      start != nil && option.isOfModel
        ? nil : option.json(of: self).map { "\(JSONText.string(option.name)): \($0)" }
    }
    let own = ((negatives?.config ?? []) + (teachers?.config ?? [])).map {
      "\(JSONText.string($0.name)): \($0.json)"
    }
    let lines = ["\"format\": \(Self.configFormat.current)"] + options + own
    return "{\n" + lines.map { "  " + $0 }.joined(separator: ",\n") + "\n}\n"
  }

  /// Format 2 leaves out the longest clip where a model is started from, which decides it; format 1
  /// had a number there that counted for nothing.
  private static func formatTwo(_ document: inout JSONValue) -> String? {
    if document["from"] != nil { document["max-clip-seconds"] = nil }
    return nil
  }

  /// Format 3 puts words into running speech; the programs of before put none there.
  ///
  /// A file without a number is by a person and takes the default.
  private static func formatThree(_ document: inout JSONValue) -> String? {
    if document["format"] != nil, document["negatives"] != nil, document["word-share"] == nil {
      document["word-share"] = .number(0)
    }
    return nil
  }
}
