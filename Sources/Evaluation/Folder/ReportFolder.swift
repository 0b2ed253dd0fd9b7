import Basics
import Glibc
import SystemPackage

/// The folder that an evaluation or an audit writes its renderings into.
///
/// While an evaluation runs, and of a shard, it holds `part.json`, an `EvaluationState`, and
/// `part.csv`, the predictions so far.
package struct ReportFolder {
  /// The folder itself.
  package let path: FilePath

  /// Makes the folder, and its parents, where they are not there.
  ///
  /// - Throws: `FileError`, also where files could not be written into it.
  package init(_ path: FilePath) throws(FileError) {
    self.path = path
    try checkFolder(path)
    try createFolders(path)
  }

  /// A folder that is there.
  package init(existing path: FilePath) { self.path = path }

  /// Where an unfinished evaluation or a shard keeps what it has found.
  var statePath: FilePath { path.appending("part.json") }
  /// The predictions of an unfinished evaluation or a shard.
  var rowsPath: FilePath { path.appending("part.csv") }
  /// The predictions of a finished evaluation.
  package var predictionsPath: FilePath { path.appending("predictions.csv") }

  /// The state that is there; nil if there is none.
  ///
  /// - Throws: `FileError`, or `DecodingError` for what kws did not write.
  func state() throws -> EvaluationState? {
    let bytes: [UInt8]
    do { bytes = try readFile(statePath, limit: 1 << 32) } catch .missing { return nil }
    return try EvaluationState(decoding: bytes)
  }

  /// Replaces the state in one step.
  func save(_ state: EvaluationState) throws(FileError) {
    try AtomicFile.write(state.encoded(), to: statePath)
  }

  /// Writes every rendering of one report, each whole or not at all, and makes `rows` its table of
  /// predictions.
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

  /// Writes a comparison: comparison.json, comparison.txt, flips.csv and comparison.html.
  package func write(_ comparison: PairedComparison, page: String) throws {
    try AtomicFile.write(comparison.json, to: path.appending("comparison.json"))
    try AtomicFile.write(comparison.text, to: path.appending("comparison.txt"))
    try AtomicFile.write(comparison.flipTable, to: path.appending("flips.csv"))
    try AtomicFile.write(page, to: path.appending("comparison.html"))
  }
}
