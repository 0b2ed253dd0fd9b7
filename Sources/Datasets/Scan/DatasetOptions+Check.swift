import Recognition

extension DatasetOptions {
  /// Checks that the shares leave clips for training, and that the words can be classes.
  func check() throws(DatasetError) {
    let shares = [validationPercent, testingPercent]
    guard shares.allSatisfy({ $0 >= 0 && $0 < 100 }), shares[0] + shares[1] < 100 else {
      throw .badShares(validation: validationPercent, testing: testingPercent)
    }
    if let problem = fold?.problem { throw .badFold(problem) }
    guard let words else { return }
    if words.isEmpty { throw .emptyWords }
    var seen: Set<String> = []
    for word in words {
      if word.isEmpty { throw .emptyWords }
      if Dataset.reservedLabels.contains(word) { throw .reservedWord(word) }
      if !seen.insert(word).inserted { throw .repeatedWord(word) }
    }
  }
}
