import Basics
import Glibc
import SystemPackage

/// The folder for the files of an evaluation or an audit.
///
/// While an evaluation runs, and for a shard, it contains `part.json`, an `EvaluationState`, and
/// `part.csv`, the predictions so far.
package struct ReportFolder {
  /// The folder itself.
  package let path: FilePath

  /// Creates the folder and its parents if they do not exist.
  ///
  /// - Throws: `FileError`, also if files cannot be written into it.
  package init(_ path: FilePath) throws(FileError) {
    self.path = path
    try checkFolder(path)
    try createFolders(path)
  }

  /// Uses an existing folder.
  package init(existing path: FilePath) { self.path = path }

  /// The state of an unfinished evaluation or of a shard.
  var statePath: FilePath { path.appending("part.json") }
  /// The predictions of an unfinished evaluation or a shard.
  var rowsPath: FilePath { path.appending("part.csv") }
  /// The predictions of a finished evaluation.
  package var predictionsPath: FilePath { path.appending("predictions.csv") }

  /// Reads the state; nil if there is none.
  ///
  /// - Throws: `FileError`, or `EvaluationState.Fault` for an invalid file.
  func state() throws -> EvaluationState? {
    let bytes: [UInt8]
    do { bytes = try readFile(statePath, limit: 1 << 32) } catch .missing { return nil }
    return try EvaluationState(decoding: bytes)
  }

  /// Replaces the state in one step.
  func save(_ state: EvaluationState) throws(FileError) {
    try AtomicFile.write(state.encoded(), to: statePath)
  }

  /// Writes all files of one report, each atomically, and makes `rows` its table of predictions.
  func publish(
    _ report: EvaluationReport, page: EvaluationPage, rows: FilePath
  ) throws {
    try AtomicFile.write(EvaluationJSON.render(report), to: path.appending("report.json"))
    try AtomicFile.write(EvaluationText().render(report), to: path.appending("report.txt"))
    try AtomicFile.write(ConfusionTable.render(report), to: path.appending("confusion.csv"))
    try AtomicFile.write(page.render(), to: path.appending("report.html"))
    let moved = rows.withPlatformString { old in
      predictionsPath.withPlatformString { new in rename(old, new) }
    }
    guard moved == 0 else {
      throw FileError.writeFailed(predictionsPath, reason: systemMessage(errno))
    }
  }

  /// Writes an evaluation of events: events.json, events.txt and events.html.
  package func write(_ report: EventReport, page: String) throws {
    try AtomicFile.write(report.json, to: path.appending("events.json"))
    try AtomicFile.write(EventText.render(report), to: path.appending("events.txt"))
    try AtomicFile.write(page, to: path.appending("events.html"))
  }

  /// Writes a comparison: comparison.json, comparison.txt, flips.csv and comparison.html.
  package func write(_ comparison: PairedComparison, page: String) throws {
    try AtomicFile.write(comparison.json, to: path.appending("comparison.json"))
    try AtomicFile.write(comparison.text, to: path.appending("comparison.txt"))
    try AtomicFile.write(comparison.flipTable, to: path.appending("flips.csv"))
    try AtomicFile.write(page, to: path.appending("comparison.html"))
  }
}
