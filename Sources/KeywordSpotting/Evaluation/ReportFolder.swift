import Glibc
import SystemPackage

/// The folder that an evaluation writes its renderings into.
package struct ReportFolder {
  /// Writes an audit: audit.json, audit.txt, audit.csv and audit.html.
  package func write(_ report: AuditReport, page: String) throws {
    try AtomicFile.write(report.json, to: path.appending("audit.json"))
    try AtomicFile.write(report.text(limit: .max), to: path.appending("audit.txt"))
    try AtomicFile.write(report.csv, to: path.appending("audit.csv"))
    try AtomicFile.write(page, to: path.appending("audit.html"))
  }

  private let path: FilePath

  /// Makes the folder, and its parents, where they are not there.
  package init(_ path: FilePath) throws(FileError) {
    self.path = path
    try createFolders(path)
  }

  /// Writes every rendering of one report, each whole or not at all.
  package func write(_ report: EvaluationReport, _ predictions: String, page: String) throws {
    try AtomicFile.write(EvaluationJSON.render(report), to: path.appending("report.json"))
    try AtomicFile.write(EvaluationText().render(report), to: path.appending("report.txt"))
    try AtomicFile.write(ConfusionTable.render(report), to: path.appending("confusion.csv"))
    try AtomicFile.write(page, to: path.appending("report.html"))
    try AtomicFile.write(predictions, to: path.appending("predictions.csv"))
  }
}
