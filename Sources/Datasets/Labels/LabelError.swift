import Basics

/// Why labels of recordings cannot be read; prints as one sentence.
public enum LabelError: Error, Equatable, Sendable, NamesOptions {
  /// The file cannot be read.
  case file(FileError)
  /// A row is invalid.
  case row(file: String, line: Int, problem: String)
  /// A folder without label files.
  case noFiles(String)
  /// None of the recordings has labels; an example of each.
  case noneFit(recordings: Int, example: String, labelled: Int, labelledExample: String)
  /// Keywords are said in alarm recordings.
  case keywordsSaid(recordings: Int, of: Int, example: String, keyword: String)
  /// No label is a keyword of the model.
  case noKeyword(labels: [String], keywords: [String])

  /// One sentence: what is wrong and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .file(let error): "\(error)"
    case .row(let file, let line, let problem): "\(file), line \(line): \(problem)"
    case .noFiles(let folder):
      "\(folder): no label files (.txt as Audacity writes them) in this folder"
    case .noneFit(let recordings, let example, let labelled, let other):
      "none of \(recordings) recordings (such as \(example)) is among the \(labelled) that have "
        + "labels (such as \(other)): paths are relative to the file of the labels"
    case .keywordsSaid(let count, let total, let example, let keyword):
      "the transcripts of \(count) of \(total) alarm recordings have keywords, such as "
        + "'\(keyword)' in \(example): leave them out, or measure them with \(spell("events"))"
    case .noKeyword(let labels, let keywords):
      "no label is a keyword of the model: there are \(DatasetError.list(labels)), and the model "
        + "knows \(DatasetError.list(keywords))"
    }
  }
}
