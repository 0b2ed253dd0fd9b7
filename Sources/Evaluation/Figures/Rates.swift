/// The rates of one table of counts.
struct Rates {
  /// Clips of each class.
  let support: [Int]
  /// Answers of each class.
  let answers: [Int]
  /// Right answers of each class.
  let correct: [Int]

  init(_ confusion: ConfusionMatrix) {
    var support = [Int](repeating: 0, count: confusion.classCount)
    var (answers, correct) = (support, support)
    for cell in confusion.cells {
      support[cell.said] += cell.count
      answers[cell.heard] += cell.count
      if cell.said == cell.heard { correct[cell.said] = cell.count }
    }
    (self.support, self.answers, self.correct) = (support, answers, correct)
  }

  var accuracy: Double { Self.ratio(correct.reduce(0, +), support.reduce(0, +)) }

  /// Right answers of the clips of a class; not a number without clips.
  func recall(_ index: Int) -> Double { Self.ratio(correct[index], support[index]) }

  /// Right answers of the answers of a class; not a number if it was never answered.
  func precision(_ index: Int) -> Double { Self.ratio(correct[index], answers[index]) }

  /// Harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn); not a number without both.
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
