/// The rates of one confusion matrix.
struct Rates {
  /// Number of clips of each class.
  let support: [Int]
  /// Number of answers with each class.
  let answers: [Int]
  /// Number of right answers of each class.
  let correct: [Int]

  init(_ confusion: ConfusionMatrix) {
    var support = [Int](repeating: 0, count: confusion.classCount)
    var (answers, correct) = (support, support)
    for cell in confusion.cells {
      support[cell.label] += cell.count
      answers[cell.answer] += cell.count
      if cell.label == cell.answer { correct[cell.label] = cell.count }
    }
    (self.support, self.answers, self.correct) = (support, answers, correct)
  }

  var accuracy: Double { Self.ratio(correct.reduce(0, +), support.reduce(0, +)) }

  /// Share of right answers among the clips of a class; NaN without clips.
  func recall(_ index: Int) -> Double { Self.ratio(correct[index], support[index]) }

  /// Share of right answers among the answers with a class; NaN without answers.
  func precision(_ index: Int) -> Double { Self.ratio(correct[index], answers[index]) }

  /// Harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn); NaN without clips and answers.
  func f1(_ index: Int) -> Double {
    Self.ratio(2 * correct[index], support[index] + answers[index])
  }

  /// Mean recall of the classes that have clips.
  var balancedAccuracy: Double { Self.mean(support.indices.map(recall)) }

  /// Mean F1 of the classes that have clips or answers, as scikit-learn's.
  var macroF1: Double { Self.mean(support.indices.map(f1)) }

  static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? .nan : Double(part) / Double(whole)
  }

  private static func mean(_ values: [Double]) -> Double {
    let known = values.filter { !$0.isNaN }
    return known.reduce(0, +) / Double(known.count)
  }
}
