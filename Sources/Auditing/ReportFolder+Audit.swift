import Basics
import Evaluation

extension ReportFolder {
  /// Writes an audit: audit.json, audit.txt, audit.csv and audit.html.
  package func write(_ report: AuditReport, page: String) throws {
    try AtomicFile.write(report.json, to: path.appending("audit.json"))
    try AtomicFile.write(report.text(limit: .max), to: path.appending("audit.txt"))
    try AtomicFile.write(report.csv, to: path.appending("audit.csv"))
    try AtomicFile.write(page, to: path.appending("audit.html"))
  }
}
