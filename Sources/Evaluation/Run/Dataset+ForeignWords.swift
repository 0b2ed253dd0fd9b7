import Datasets
import Recognition

extension Dataset {
  /// Warnings about words that are no keywords of a model, so that their clips count as unknown.
  ///
  /// No warning if the model was trained on this dataset for chosen words, where this was wanted.
  ///
  /// - Parameter model: The model that is to be measured.
  /// - Returns: One warning or none.
  /// - Throws: `EvaluationError.foreignWords` if there are words, and none is a keyword: every clip
  ///   would count as unknown, and the figures would say nothing about keywords.
  func wordWarnings(for model: KeywordModel) throws(EvaluationError) -> [String] {
    let keywords = Set(model.keywords)
    let words = Set(recordings.map(\.word)).filter(ClassLabel.isKeyword).sorted()
    let foreign = words.filter { !keywords.contains($0) }
    if foreign.isEmpty { return [] }
    guard foreign.count < words.count else {
      throw .foreignWords(dataset: name, words: words, keywords: model.keywords)
    }
    let isWanted = model.record.options.words != nil && model.record.dataset == name
    if isWanted { return [] }
    return [
      "\(foreign.count) of \(words.count) words of the dataset are not words of the model and count as "
        + "\(ClassLabel.unknown): \(DatasetError.list(foreign))"
    ]
  }
}
