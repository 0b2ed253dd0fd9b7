import Recognition

/// Checks of counts from a file, so that computing with them can neither crash nor hang: the shapes
/// are those of new counts, no number is below zero, and sums agree.
extension EvaluationCounts {
  /// The longest recording, in hours.
  private static let longest = 16
  /// The most alarms in a recording: one per window, at 100 windows per second.
  private static let mostAlarms = longest * 360_000

  /// The first fault in the counts of at most `items` items, or nil.
  func problem(labels expected: [String], atMost items: Int) -> String? {
    guard labels == expected else { return "the counts are of other labels" }
    let others = Array(classes.dropFirst(labels.count))
    guard classes.starts(with: labels), !others.contains(where: labels.contains),
      Set(others).count == others.count
    else { return "the classes are not the labels and others" }
    let blank = EvaluationCounts(labels: labels, others: others)
    guard confusion.classCount == blank.confusion.classCount else {
      return "a confusion matrix of another size"
    }
    guard let clips = CountSum.of(confusion.cells.map(\.count), atMost: items) else {
      return "the confusion matrix has more than \(items) clips, or a count below 0"
    }
    let rates = Rates(confusion)
    return shapeProblem(blank) ?? clusterProblem(rates, clips: clips)
      ?? keywordProblem(rates, clips: clips, items: items)
      ?? sumProblem(rates, clips: clips, items: items)
  }

  private func shapeProblem(_ blank: EvaluationCounts) -> String? {
    guard calibration.bins.count == blank.calibration.bins.count,
      keywords.count == labels.count, answeredAlarms.count == labels.count
    else { return "counts of another number of bins or labels" }
    return worst.isSound(classes: Set(classes), like: blank.worst) ? nil : "the worst clips"
  }

  /// Checks that the columns of the clusters add up to the confusion matrix.
  private func clusterProblem(_ rates: Rates, clips: Int) -> String? {
    let columns = Column.allCases.count
    var sums = [Int](repeating: 0, count: columns * classes.count)
    for (key, row) in clusters {
      for (column, count) in row {
        guard sums.indices.contains(column), (0...clips).contains(count) else {
          return "the counts of \(key)"
        }
        sums[column] += count
        guard sums[column] <= clips else { return "the speakers have more than all clips" }
      }
    }
    for index in classes.indices {
      let found = Column.allCases.map { sums[index * columns + $0.rawValue] }
      let wanted = [rates.support[index], rates.answers[index], rates.correct[index]]
      guard found == wanted else {
        return "\(classes[index]): \(found) clips, answers and hits by speaker, \(wanted) in all"
      }
    }
    return nil
  }

  private func keywordProblem(_ rates: Rates, clips: Int, items: Int) -> String? {
    for (index, keyword) in keywords.enumerated() {
      let isKeyword = ClassLabel.isKeyword(labels[index])
      guard
        CountSum.of(keyword.positives.counts, atMost: clips)
          == (isKeyword ? rates.support[index] : 0),
        CountSum.of(keyword.negatives.counts, atMost: clips)
          == (isKeyword ? clips - rates.support[index] : 0)
      else { return "\(labels[index]): its scores are not of \(clips) clips" }
      let most = items * Self.mostAlarms
      guard (keyword.alarms.alarms.counts + [answeredAlarms[index]]).allSatisfy((0...most).contains)
      else {
        return "\(labels[index]): alarms below 0 or above \(most)"
      }
    }
    return nil
  }

  private func sumProblem(_ rates: Rates, clips: Int, items: Int) -> String? {
    let known = labels.indices.reduce(0) { $0 + rates.support[$1] }
    guard CountSum.of(calibration.bins.map(\.n), atMost: clips) == known,
      calibration.bins.allSatisfy({
        (0...$0.n).contains($0.correct)
          && (0...1.001 * Double($0.n)).contains($0.confidence.value)
      })
    else { return "the calibration is not of \(known) clips" }
    // -ln of Float's epsilon is 15.9.
    guard (-1e-3 * Double(known)...16 * Double(known)).contains(logLoss.value) else {
      return "a log loss of \(logLoss.value) over \(known) clips"
    }
    guard (0...clips).contains(clipsWithoutSpeaker) else {
      return "\(clipsWithoutSpeaker) of \(clips) clips without a speaker"
    }
    guard (0...Double(Self.longest * items)).contains(quietHours.value) else {
      return "\(quietHours.value) hours in \(items) recordings"
    }
    guard slices.isSound(clips: clips) else { return "the groups of clips" }
    let unknown = classes.firstIndex(of: ClassLabel.unknown).map { rates.support[$0] } ?? 0
    let keywords = Set(classes.filter(ClassLabel.isKeyword))
    return unknownWords?.isSound(clips: unknown, keywords: keywords) ?? true
      ? nil : "the words that are no keywords"
  }
}
