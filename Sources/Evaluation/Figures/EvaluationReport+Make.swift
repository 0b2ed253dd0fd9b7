import Basics
import Datasets
import Recognition
import Statistics

extension EvaluationReport {
  /// Makes a report from predictions.
  ///
  /// - Parameters:
  ///   - predictions: One per clip.
  ///   - labels: The model's classes, in the order of the probabilities.
  ///   - skipped: Clips that were to be evaluated and were not.
  ///   - warnings: Warnings of the caller; the report's own are added after them.
  ///   - subject: What was measured on what.
  ///   - options: Confidence, draws and limits.
  ///   - generator: The source of random numbers for the bootstrap.
  /// - Returns: The report.
  public static func make(
    _ predictions: [Prediction], labels: [String], skipped: [SkippedClip] = [],
    warnings: [String] = [], subject: Subject = Subject(),
    options: EvaluationOptions = EvaluationOptions(),
    using generator: inout some RandomNumberGenerator
  ) -> EvaluationReport {
    let others = Set(predictions.flatMap { [$0.label, $0.predicted] }).subtracting(labels).sorted()
    var clips = MeasuredClips(EvaluationCounts(labels: labels, others: others, options: options))
    for prediction in predictions {
      clips.add(prediction, isCut: prediction.path.hasPrefix(BatchEvaluation.cutPrefix))
    }
    return make(
      clips.headline.clips, skipped: skipped, warnings: warnings, subject: subject,
      basis: clips.basis, met: clips.met.figures, options: options, using: &generator)
  }

  /// Makes a report from counts.
  ///
  /// - Parameters:
  ///   - counts: All counts of the clips.
  ///   - skipped: Clips that were to be evaluated and were not.
  ///   - warnings: Warnings of the caller.
  ///   - alarmRule: The rule by which alarms are counted; nil leaves out alarms with the model's
  ///     own thresholds.
  ///   - skippedAlarmAudio: Alarm recordings that could not be read.
  ///   - subject: What was measured on what.
  ///   - basis: Whether the counts are of clips that the model never met.
  ///   - met: Clips that it met; with the basis `unseen` they are not in the counts.
  ///   - options: Confidence, draws and limits.
  ///   - generator: The source of random numbers for the bootstrap.
  /// - Returns: The report.
  public static func make(
    _ counts: EvaluationCounts, skipped: [SkippedClip] = [], warnings: [String] = [],
    alarmRule: AlarmRule? = nil, skippedAlarmAudio: [SkippedClip] = [],
    subject: Subject = Subject(), basis: MeasuredBasis = .unseen, met: [MetClips] = [],
    options: EvaluationOptions = EvaluationOptions(),
    using generator: inout some RandomNumberGenerator
  ) -> EvaluationReport {
    let confusion = counts.confusion
    let rates = Rates(confusion)
    let intervals = EvaluationIntervals(counts, rates, options, using: &generator)
    let n = confusion.total
    let scored = counts.calibration.n
    let classes = counts.classes.indices.map { index in
      ClassFigures(
        label: counts.classes[index], support: rates.support[index], answers: rates.answers[index],
        precision: estimate(
          rates.precision(index), n: rates.answers[index], intervals.precision[index],
          note: "never answered"),
        recall: estimate(
          rates.recall(index), n: rates.support[index], intervals.recall[index], note: "no clips"),
        f1: estimate(
          rates.f1(index), n: rates.support[index], intervals.f1[index],
          note: "no clips and never answered"))
    }
    let isWhole = confusion.classCount <= ManyClasses.mostInFiles
    let evaluated = n + (basis == .unseen ? met.reduce(0) { $0 + $1.accuracy.n } : 0)
    return EvaluationReport(
      subject: subject, basis: basis, met: met, evaluated: evaluated,
      total: evaluated + skipped.count,
      accuracy: estimate(rates.accuracy, n: n, intervals.accuracy, note: "no clips"),
      balancedAccuracy: estimate(
        rates.balancedAccuracy, n: n, intervals.balancedAccuracy, note: "no clips"),
      macroF1: estimate(rates.macroF1, n: n, intervals.macroF1, note: "no clips"),
      logLoss: estimate(
        counts.logLoss.value / Double(scored), n: scored, nil,
        note: "no clips of the model's classes"),
      calibrationError: estimate(
        counts.calibration.expectedError ?? .nan, n: scored, nil,
        note: "no clips of the model's classes"),
      interval: intervals.method, classes: classes,
      confusion: isWhole ? confusion.rows : nil, confusionCells: isWhole ? nil : confusion.cells,
      wrongCount: n - confusion.correct, wrong: counts.worst.sorted,
      skipped: skipped.sorted {
        PathBytes.precedes(Array($0.path.utf8), Array($1.path.utf8))
      },
      warnings: warnings + ownWarnings(counts, rates, skipped, of: evaluated + skipped.count),
      calibration: counts.calibration.bars,
      alarms: alarmRule.flatMap { AlarmFigures(counts, $0, skipped: skippedAlarmAudio) },
      unknownWords: counts.unknownWords.map(UnknownWord.fired), keywords: keywordCurves(counts),
      slices: slices(counts), worstSpeakers: worstSpeakers(counts))
  }

  /// The pairs of classes that were confused: the most frequent first, then in the order of the
  /// classes.
  var confusions: [ConfusionMatrix.Cell] {
    pairs.filter { $0.label != $0.answer }
      .sorted { ($1.count, $0.label, $0.answer) < ($0.count, $1.label, $1.answer) }
  }

  /// All pairs of classes that occur, row by row.
  var pairs: [ConfusionMatrix.Cell] {
    confusionCells
      ?? (confusion ?? []).enumerated().flatMap { label, row in
        row.enumerated().filter { $0.element > 0 }
          .map { ConfusionMatrix.Cell(label: label, answer: $0.offset, count: $0.element) }
      }
  }

  /// Makes an estimate; 0/0 gives nil with a note.
  private static func estimate(
    _ value: Double, n: Int, _ interval: ClosedRange<Double>?, note: String
  ) -> Estimate {
    value.isNaN ? Estimate(nil, n: n, note: note) : Estimate(value, n: n, interval)
  }

  private static func ownWarnings(
    _ counts: EvaluationCounts, _ rates: Rates, _ skipped: [SkippedClip], of total: Int
  ) -> [String] {
    var warnings: [String] = []
    let empty = counts.labels.indices.filter { rates.support[$0] == 0 }.map { counts.labels[$0] }
    if !empty.isEmpty {
      warnings.append(
        "no clips of \(empty.count) of \(counts.labels.count) classes: \(DatasetError.list(empty))")
    }
    let foreign = counts.classes.indices.dropFirst(counts.labels.count)
      .filter { rates.support[$0] > 0 }
    if !foreign.isEmpty {
      let clips = foreign.reduce(0) { $0 + rates.support[$1] }
      warnings.append(
        "\(clips) of \(counts.confusion.total) clips belong to classes that the model does not "
          + "have: \(DatasetError.list(foreign.map { counts.classes[$0] }))")
    }
    if !skipped.isEmpty {
      warnings.append("\(skipped.count) of \(total) clips were skipped")
    }
    return warnings
  }
}
