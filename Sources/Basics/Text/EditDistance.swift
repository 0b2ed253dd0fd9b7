/// The distance between two words, for "did you mean" suggestions.
package enum EditDistance {
  /// The least number of letters to insert, delete or replace (Levenshtein 1966).
  package static func between(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (count, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = count + 1
      for (index, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[index + 1]
        row[index + 1] = min(replaced, row[index] + 1, row[index + 1] + 1)
      }
    }
    return row[second.count]
  }

  /// What `word` may have been meant as: the nearest of `words`, the first by name of equally near ones, at
  /// most three letters away; or nil.
  package static func suggestion(for word: String, among words: some Sequence<String>) -> String? {
    let nearest = words.min { (between(word, $0), $0) < (between(word, $1), $1) }
    return nearest.flatMap { between(word, $0) <= 3 ? $0 : nil }
  }
}
