/// What an evaluation is about to measure, in numbers.
public struct PlanSummary: Codable, Equatable, Sendable {
  /// The part of the dataset.
  public var part: EvaluationPart
  /// Clips of that part.
  public var clips: Int
  /// Clips in the dataset.
  public var total: Int
  /// Clips of silence that are cut from the dataset's noise.
  public var silenceCuts: Int
  /// Recordings without keywords, in which alarms are counted and nothing else.
  public var alarmRecordings: Int

  /// What the dataset's reader and the plan have to say.
  package var warnings: [String] = []
  /// What is in the dataset and is no clip.
  package var leftOut: [LeftOut] = []

  /// The same without remarks: what must be equal in all shards.
  var figures: PlanSummary {
    var figures = self
    (figures.warnings, figures.leftOut) = ([], [])
    return figures
  }

  /// In words: "evaluated 108 of 540 clips (testing), and 9 cuts of silence".
  package var text: String {
    var text = "evaluated \(clips) of \(total) clips (\(part.rawValue))"
    if silenceCuts > 0 { text += ", and \(silenceCuts) cuts of silence" }
    if alarmRecordings > 0 { text += ", and \(alarmRecordings) recordings for alarms only" }
    return text
  }
}
