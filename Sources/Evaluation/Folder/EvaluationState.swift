#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Datasets
import Recognition

/// The state of an evaluation as stored on the disk: interrupted, a shard, or just finished.
///
/// In JSON this is the schema `kws-evaluation-part`, version 1. Only the same version of kws continues
/// or merges it.
package struct EvaluationState: Codable, Sendable {
  static let schemaName = "kws-evaluation-part"
  static let stored = StoredFormat(schema: schemaName, key: "version")

  /// Always `kws-evaluation-part`.
  var schema = Self.schemaName
  /// Version of the schema.
  var version = Self.stored.current
  /// The identity of the evaluation, for the disk.
  var identity = EvaluationIdentity.unsaved
  /// The shard of the evaluation.
  package internal(set) var shard: Shard
  /// The number of items in all shards.
  var plan: PlanSummary
  var subject: EvaluationReport.Subject
  /// The model's classes.
  package internal(set) var labels: [String]
  /// The rule by which alarms are counted.
  var alarmRule: AlarmRule
  /// The results so far.
  package internal(set) var tally: EvaluationTally
  /// Number of bytes of complete rows in the table of predictions.
  var rowBytes = 0
  /// `RowHash` of those bytes.
  var rowHash: UInt64 = 0
  var isFinished = false
  /// Number of wrong clips to show.
  var clipLimit: Int
  /// Samples and timelines of the shard's worst wrong clips.
  var evidence: [ClipEvidence] = []
  var measurement: Measurement

  /// Clips and recordings that could not be read.
  package var skipped: [SkippedClip] { tally.skipped + tally.skippedAlarmAudio }

  /// The report of the results so far.
  ///
  /// - Throws: `EvaluationError.nothingReadable`.
  package func report() throws(EvaluationError) -> EvaluationReport {
    try tally.check(plan)
    var generator = SeededGenerator(seed: measurement.seed)
    let headline = tally.clips.headline
    var report = EvaluationReport.make(
      headline.clips, skipped: tally.skipped, warnings: plan.warnings + tally.warnings(plan),
      alarmRule: alarmRule,
      skippedAlarmAudio: tally.skippedAlarmAudio, subject: subject, basis: tally.clips.basis,
      met: tally.clips.met.figures, using: &generator)
    if let robustness = headline.robustness {
      report.robustness = ConditionFigures.all(
        robustness, isBySpeaker: report.interval.name == .bootstrapBySpeaker,
        EvaluationOptions(), using: &generator)
    }
    report.leftOut = plan.leftOut
    report.measurement = measurement
    return report
  }

  /// The paths of the wrong clips to show on the page.
  var shownClips: [String] { tally.counts.worst.sorted.prefix(clipLimit).map(\.path) }

  /// The page of the report.
  package func page(_ report: EvaluationReport) -> EvaluationPage {
    let shown = Set(shownClips)
    return EvaluationPage(
      report, evidence: evidence.filter { shown.contains($0.path) }, labels: labels)
  }

  init(
    _ evaluation: BatchEvaluation, model: String, dataset: String, shard: Shard, clipLimit: Int,
    measurement: Measurement
  ) {
    let plan = evaluation.plan.summary
    self.shard = shard
    self.plan = plan
    let prior = evaluation.classifier.model.decision.prior
    subject = EvaluationReport.Subject(
      model: model, dataset: dataset, split: plan.part.rawValue, coverage: plan.text,
      folds: evaluation.classifier.model.record.folds,
      prior: prior.trained.isEmpty ? nil : prior,
      training: evaluation.classifier.model.record.dataText)
    labels = evaluation.classifier.model.labels
    alarmRule = AlarmRule(evaluation.classifier.model)
    tally = EvaluationTally(labels: labels)
    self.clipLimit = clipLimit
    self.measurement = measurement
  }

  /// Takes the identity of `evaluation`, before the state is compared with a saved one or saved.
  mutating func identify(_ evaluation: BatchEvaluation) {
    identity = EvaluationIdentity(
      evaluation, options: ["\(clipLimit) clips"] + evaluation.conditions.map(\.name))
  }
}
