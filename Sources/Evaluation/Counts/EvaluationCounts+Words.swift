import Recognition
import Statistics

extension EvaluationCounts {
  /// Right answers among the clips of words, whatever else was measured; nil without such clips.
  ///
  /// Where all speakers are known, the interval counts their clips as fewer than they are, by how much
  /// the speakers differ.
  package var words: Estimate? {
    let columns = Column.allCases.count
    let indices = labels.indices.filter { ClassLabel.isKeyword(labels[$0]) }
    let clusters = clusters.map { key, row in
      let sums = [Column.correct, .support].map { column in
        indices.reduce(0) { $0 + (row[$1 * columns + column.rawValue] ?? 0) }
      }
      return (key: key, counts: (successes: sums[0], trials: sums[1]))
    }.filter { $0.counts.trials > 0 }
    let (right, clips) = clusters.reduce((0, 0)) {
      ($0.0 + $1.counts.successes, $0.1 + $1.counts.trials)
    }
    guard clips > 0 else { return nil }
    let areKnown = clusters.allSatisfy { $0.key.hasPrefix(Prediction.speakerPrefix) }
    let interval =
      areKnown
      ? Proportion.clustered(clusters.map(\.counts)) : Proportion.wilson(right, of: clips)
    return Estimate(Double(right) / Double(clips), n: clips, interval)
  }

  /// Clips of other words that were answered with no word; nil without such clips.
  package var others: Estimate? {
    guard let unknown = classes.firstIndex(of: ClassLabel.unknown) else { return nil }
    var (rejected, clips) = (0, 0)
    for cell in confusion.cells where cell.label == unknown {
      clips += cell.count
      if !ClassLabel.isKeyword(classes[cell.answer]) { rejected += cell.count }
    }
    return clips == 0 ? nil : Estimate.accuracy(correct: rejected, of: clips)
  }
}
