import Basics
import Recognition

/// What is wrong with a dataset; prints as one sentence that says what to do.
public enum DatasetError: Error, Equatable, Sendable {
  /// There is nothing at this path.
  case missing(String)
  /// It cannot be read; `reason` is the system's message.
  case unreadable(String, reason: String)
  /// A file without the extension of a manifest, or neither file nor folder.
  case notADataset(String)
  /// A manifest or list that is larger than the limit.
  case tooLarge(String, byteCount: Int, limit: Int)
  /// A row of a manifest is wrong.
  case manifest(file: String, line: Int, ManifestProblem)
  /// Several files in the folder could be its manifest.
  case severalManifests(String, [String])
  /// No clip was found; the entries that were found instead.
  case noClips(String, ignored: [IgnoredEntries])
  /// No clip was found, but recordings of formats that are not read; the sentence says which.
  case onlyUnreadSound(String)
  /// All clips belong to one class; the other entries that were found.
  case oneClass(String, clips: Int, ignored: [IgnoredEntries])
  /// Requested words without a folder, the words that exist, and the most similar one.
  case missingWords([String], known: [String], suggestion: String?)
  /// The list of words is empty or has an empty word.
  case emptyWords
  /// A word is given twice.
  case repeatedWord(String)
  /// A word is a reserved name, for unknown words, silence or noise.
  case reservedWord(String)
  /// The speaker pattern does not compile.
  case badSpeakerPattern(String, reason: String)
  /// The speaker pattern has no group.
  case speakerPatternWithoutGroup(String)
  /// The speaker pattern matches no clip; `example` is one name.
  case speakerPatternFitsNothing(String, clips: Int, example: String)
  /// The shares of validation and testing, in percent, leave nothing for training.
  case badShares(validation: Double, testing: Double)
  /// The fold is invalid; the sentence says why.
  case badFold(String)
}

/// What is wrong with one row of a manifest.
public enum ManifestProblem: Equatable, Sendable {
  /// The header lacks the path or the label column.
  case missingColumns(found: [String])
  /// Two columns have the same name.
  case repeatedColumn(String)
  /// The number of cells differs from the header's.
  case cellCount(Int, expected: Int)
  /// There is text after a closing quote, or a quote is not closed.
  case badQuote
  /// The row is not a JSON object with text under path and label.
  case badJSON
  /// A cell is empty in a column that needs a value.
  case empty(column: String)
  /// The split is not training, validation or testing.
  case unknownSplit(String)
  /// The row has no split, but others have one.
  case withoutSplit
  /// The path is outside the manifest's folder.
  case outside(String)
  /// The file has another label, split or speaker on an earlier line; `line` is the first.
  case contradicts(String, line: Int)
}

extension DatasetError: NamesOptions {
  /// One sentence: what is wrong, and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .missing(let path): "\(path): no such file or folder"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .notADataset(let path):
      "\(path): a dataset is a folder, or a manifest that ends in .csv, .tsv or .jsonl"
    case .tooLarge(let path, let count, let limit):
      "\(path): \(count) bytes, at most \(limit) are read; cut it into several"
    case .manifest(let file, let line, let problem): "\(file), line \(line): \(problem.text(spell))"
    case .severalManifests(let path, let names):
      "\(path): holds \(names.joined(separator: " and ")); name the one to use"
    case .noClips(let path, let ignored):
      "\(path): no clips found; expected a folder per word with audio files in it"
        + ignored.map { "; \($0.summary())" }.joined()
    case .onlyUnreadSound(let text): "no clips that can be read; \(text)"
    case .oneClass(let label, let clips, let ignored):
      "all \(clips) clips are '\(label)'; at least two classes are needed: add a folder of "
        + "another word, or of other words named \(ClassLabel.unknown), or give speech without it "
        + "as \(spell("negatives"))"
        + ignored.map { "; \($0.summary())" }.joined()
    case .missingWords(let words, let known, let suggestion):
      "no clips of \(Self.list(words)); there are \(Self.list(known))"
        + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .emptyWords: "the list of words is empty or has an empty word; give words as yes,no"
    case .repeatedWord(let word): "the word '\(word)' is given twice; give each once"
    case .reservedWord(let word):
      "'\(word)' is not a keyword: its folder is used automatically; leave it out of the words"
    case .badSpeakerPattern(let pattern, let reason):
      "the speaker pattern '\(pattern)' is not a regular expression: \(reason)"
    case .speakerPatternWithoutGroup(let pattern):
      "the speaker pattern '\(pattern)' has no group; put the speaker in parentheses: ^([^_]+)_"
    case .speakerPatternFitsNothing(let pattern, let clips, let example):
      "the speaker pattern '\(pattern)' matches none of \(clips) clips, such as '\(example)'"
    case .badShares(let validation, let testing):
      "shares of \(validation)% for validation and \(testing)% for testing; "
        + "each must be 0 or more, and the sum below 100"
    case .badFold(let problem): problem
    }
  }

  /// Names in quotes, the first twenty.
  package static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}

extension ManifestProblem: NamesOptions {
  /// What is wrong and what to do, after the file and the line.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .missingColumns(let found):
      "the first line must name the columns path and label; found \(DatasetError.list(found))"
    case .repeatedColumn(let name): "the column '\(name)' appears twice; keep one"
    case .cellCount(let count, let expected):
      "\(count) cells, the header has \(expected); quote cells that hold a separator"
    case .badQuote: "a quote is not closed, or text follows it; write a quote in a cell as \"\""
    case .badJSON: "not a JSON object with text under \"path\" and \"label\""
    case .empty(let column): "the \(column) is empty; fill it in"
    case .unknownSplit(let name): "the split '\(name)' is not training, validation or testing"
    case .withoutSplit: "no split, but other rows have one; give it in every row or in none"
    case .outside(let path):
      "'\(path)' is outside the manifest's folder; move it there, or allow it (\(spell("allow-outside")))"
    case .contradicts(let path, let line):
      "'\(path)' has another label, split or speaker on line \(line); keep one of them"
    }
  }
}
