import Basics
import Recognition

/// What is wrong with a dataset, in one sentence with what to do.
public enum DatasetError: Error, Equatable, Sendable {
  /// There is nothing at this path.
  case missing(String)
  /// The system refused to read it, with its reason.
  case unreadable(String, reason: String)
  /// A file that is no manifest by its ending, or neither file nor folder.
  case notADataset(String)
  /// A manifest or list of more bytes than are read.
  case tooLarge(String, byteCount: Int, limit: Int)
  /// A row of a manifest is wrong.
  case manifest(file: String, line: Int, ManifestProblem)
  /// Several files in the folder could be its manifest.
  case severalManifests(String, [String])
  /// No clip was found; what there is instead.
  case noClips(String, ignored: [IgnoredEntries])
  /// All clips belong to one class; what there is besides.
  case oneClass(String, clips: Int, ignored: [IgnoredEntries])
  /// Words asked for that have no folder, the words that do, and the likeliest meant.
  case missingWords([String], known: [String], suggestion: String?)
  /// The list of words is empty or has an empty word.
  case emptyWords
  /// A word given twice.
  case repeatedWord(String)
  /// A name that stands for unknown words, silence or noise.
  case reservedWord(String)
  /// The speaker pattern does not compile.
  case badSpeakerPattern(String, reason: String)
  /// The speaker pattern has no group to take the speaker from.
  case speakerPatternWithoutGroup(String)
  /// The speaker pattern fits no clip; an example of a name.
  case speakerPatternFitsNothing(String, clips: Int, example: String)
  /// Shares of validation and testing that leave nothing for training, in percent.
  case badShares(validation: Double, testing: Double)
  /// A fold that is none; the sentence.
  case badFold(String)
}

/// What is wrong with one row of a manifest.
public enum ManifestProblem: Equatable, Sendable {
  /// The header lacks the path or the label column.
  case missingColumns(found: [String])
  /// A column name that stands twice.
  case repeatedColumn(String)
  /// A row with another number of cells than the header.
  case cellCount(Int, expected: Int)
  /// Text after a closing quote, or a quote that is never closed.
  case badQuote
  /// A row that is not a JSON object with text under path and label.
  case badJSON
  /// An empty cell in a column that needs a value.
  case empty(column: String)
  /// A split that is neither training, validation nor testing.
  case unknownSplit(String)
  /// A row without a split although others have one.
  case withoutSplit
  /// A path that leaves the manifest's folder.
  case outside(String)
  /// A file with two labels, splits or speakers; the line that named it first.
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
    case .oneClass(let label, let clips, let ignored):
      "all \(clips) clips are '\(label)'; two classes at least are needed: add a folder of "
        + "another word, or of other words named \(ClassLabel.unknown)"
        + ignored.map { "; \($0.summary())" }.joined()
    case .missingWords(let words, let known, let suggestion):
      "no clips of \(Self.list(words)); there are \(Self.list(known))"
        + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .emptyWords: "the list of words is empty or has an empty word; give words as yes,no"
    case .repeatedWord(let word): "the word '\(word)' is given twice; give each once"
    case .reservedWord(let word):
      "'\(word)' is not a word: it is taken from its folder by itself; leave it out of the words"
    case .badSpeakerPattern(let pattern, let reason):
      "the speaker pattern '\(pattern)' is not a regular expression: \(reason)"
    case .speakerPatternWithoutGroup(let pattern):
      "the speaker pattern '\(pattern)' has no group; put the speaker in parentheses: ^([^_]+)_"
    case .speakerPatternFitsNothing(let pattern, let clips, let example):
      "the speaker pattern '\(pattern)' fits none of \(clips) clips, such as '\(example)'"
    case .badShares(let validation, let testing):
      "shares of \(validation)% for validation and \(testing)% for testing; "
        + "each is 0 or more and together they stay below 100"
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
    case .repeatedColumn(let name): "the column '\(name)' stands twice; keep one"
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
