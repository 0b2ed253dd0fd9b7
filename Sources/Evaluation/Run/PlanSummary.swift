import Basics

/// The size of an evaluation, in numbers.
public struct PlanSummary: Codable, Equatable, Sendable {
  /// The part of the dataset.
  public var part: EvaluationPart
  /// Number of clips of that part.
  public var clips: Int
  /// Number of clips in the dataset.
  public var total: Int
  /// Number of clips of silence cut from the dataset's noise.
  public var silenceCuts: Int
  /// Number of alarm recordings, in which only alarms are counted.
  public var alarmRecordings: Int

  /// Warnings about the dataset and the plan.
  package var warnings: [String] = []
  /// Entries of the dataset that are not clips.
  package var leftOut: [LeftOut] = []

  /// The numbers without the warnings; they must be equal in all shards.
  var figures: PlanSummary {
    var figures = self
    (figures.warnings, figures.leftOut) = ([], [])
    return figures
  }

  /// The summary as text: "evaluated 108 of 540 clips (testing), and 9 cuts of silence".
  package var text: String {
    var text = "evaluated \(clips) of \(total) clips (\(part.rawValue))"
    if silenceCuts > 0 { text += ", and \(counted(silenceCuts, "cut")) of silence" }
    if alarmRecordings > 0 { text += ", and \(counted(alarmRecordings, "alarm recording"))" }
    return text
  }
}
