import ArgumentParser
import KeywordSpotting

/// Models to learn from beside the labels.
struct TrainTeacherOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Learn what this model answers, beside the labels: a model file, a run folder, or built-in, with the "
        + "same words and features; repeatable, for the mean of several.", valueName: "model"))
  var teacher: [String] = []
  @Option(
    help: ArgumentHelp(
      "The teachers' share of the loss (default: \(Teachers.standardShare)).", valueName: "share"))
  var teacherShare: Double?
  @Option(
    help: ArgumentHelp(
      "Divides the logits of both sides, so that less likely answers count (default: "
        + "\(Teachers.standardTemperature)).", valueName: "temperature"))
  var teacherTemperature: Double?

  func validate() throws {
    guard teacher.isEmpty else { return }
    if teacherShare != nil { throw ValidationError("--teacher-share needs --teacher") }
    if teacherTemperature != nil { throw ValidationError("--teacher-temperature needs --teacher") }
  }

  /// The models; nil where none is named.
  ///
  /// - Throws: `ModelError`.
  func teachers() throws -> Teachers? {
    if teacher.isEmpty { return nil }
    return Teachers(
      try teacher.map { try NamedModel($0).model }, names: teacher,
      share: teacherShare ?? Teachers.standardShare,
      temperature: teacherTemperature ?? Teachers.standardTemperature)
  }
}
