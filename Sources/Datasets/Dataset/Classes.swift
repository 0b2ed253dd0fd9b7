import Basics
import Recognition

/// The classes, and the class of each word.
struct Classes {
  /// The labels: the words, then unknown if it has clips, then silence.
  let labels: [String]
  private let words: Set<String>

  /// Determines the classes from the words that were found.
  ///
  /// With negatives there are unknown words, whether or not the dataset has any.
  init(
    _ found: [String], ignored: [IgnoredEntries], _ options: DatasetOptions, hasNegatives: Bool,
    _ warnings: inout [String]
  ) throws(DatasetError) {
    let special = [ClassLabel.unknown, ClassLabel.silence]
    let known = Set(found).subtracting(special).sorted()
    let words = options.words ?? known
    self.words = Set(words)
    let knownWords = Set(known)
    let missing = words.filter { !knownWords.contains($0) }
    if !missing.isEmpty, options.purpose == .training {
      throw .missingWords(missing, known: known, suggestion: Self.suggestion(missing[0], known))
    }
    let hasUnknown =
      hasNegatives || found.contains(ClassLabel.unknown) || !knownWords.isSubset(of: self.words)
    labels = words + (hasUnknown ? [ClassLabel.unknown] : []) + [ClassLabel.silence]
    if !missing.isEmpty {
      warnings.append(
        "no clips of \(missing.count) of \(words.count) words: \(DatasetError.list(missing))")
    }
    var spoken = Set(found.map(label(of:))).subtracting([ClassLabel.silence])
    if hasNegatives { spoken.insert(ClassLabel.unknown) }
    if spoken.count < 2, options.purpose == .training {
      throw .oneClass(spoken.first ?? ClassLabel.silence, clips: found.count, ignored: ignored)
    }
  }

  /// The class of a word.
  func label(of word: String) -> String {
    words.contains(word) || word == ClassLabel.silence ? word : ClassLabel.unknown
  }

  /// The most similar word, if it is close enough.
  private static func suggestion(_ word: String, _ known: [String]) -> String? {
    let distances = known.map { ($0, EditDistance.between(word.lowercased(), $0.lowercased())) }
    guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(1, word.count / 3) else {
      return nil
    }
    return best.0
  }
}
