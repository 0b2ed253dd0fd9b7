#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Datasets
import Recognition

/// An evaluation as it stands on the disk: interrupted, or a shard of several, or just finished.
///
/// As JSON this is the schema `kws-evaluation-part`, version 1, which only the same version of kws
/// reads.
package struct EvaluationState: Codable, Sendable {
  /// Always `kws-evaluation-part`.
  var schema = "kws-evaluation-part"
  /// Version of the schema.
  var version = 1
  /// What is evaluated.
  var identity: EvaluationIdentity
  /// Which part of it.
  package internal(set) var shard: Shard
  /// How much there is in all shards.
  var plan: PlanSummary
  var subject: EvaluationReport.Subject
  /// The model's classes.
  package internal(set) var labels: [String]
  /// What an alarm is.
  var alarmRule: AlarmRule
  /// What was found.
  package internal(set) var tally: EvaluationTally
  /// Bytes of whole rows in the table of predictions.
  var rowBytes = 0
  /// `RowHash` of those bytes.
  var rowHash: UInt64 = 0
  var isFinished = false
  /// Wrong clips to show.
  var clipLimit: Int
  /// Sound and pictures of the shard's worst wrong clips.
  var evidence: [ClipEvidence] = []
  var measurement: Measurement

  /// Clips and recordings that could not be read.
  package var skipped: [SkippedClip] { tally.skipped + tally.skippedAlarmAudio }

  /// The report of what was found.
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

  /// The paths of the wrong clips that a page shows.
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
    identity = EvaluationIdentity(
      evaluation, options: ["\(clipLimit) clips"] + evaluation.conditions.map(\.name))
    self.shard = shard
    self.plan = plan
    subject = EvaluationReport.Subject(
      model: model, dataset: dataset, split: plan.part.rawValue, coverage: plan.text)
    labels = evaluation.classifier.model.labels
    alarmRule = AlarmRule(evaluation.classifier.model)
    tally = EvaluationTally(labels: labels)
    self.clipLimit = clipLimit
    self.measurement = measurement
  }
}
