import Basics
import Datasets
import Recognition

/// Checks of a single clip.
enum ClipChecks {
  /// Quieter clips count as silent, in dB of full scale.
  static let silentLevel = -65.0
  /// A larger share of samples at the limit counts as clipping.
  static let clippedShare = 0.001
  /// A larger mean counts as an offset, where full scale is 1.
  static let offset = 0.02
  /// A louder edge, in dB of the loudest moment, may cut through the word.
  static let loudEdge = -6.0

  static func findings(
    _ recording: Recording, _ audit: ClipAudit, median: Double
  ) -> [AuditReport.Finding] {
    var findings: [AuditReport.Finding] = []
    func add(_ kind: AuditReport.Kind, _ detail: String) {
      findings.append(
        AuditReport.Finding(kind: kind, subject: recording.name, detail: detail, related: []))
    }
    let facts = audit.facts
    if facts.level < silentLevel {
      if recording.word != ClassLabel.silence {
        add(.silent, "level \(TextCell.fixed(facts.level, 0)) dB of full scale")
      }
      return findings
    }
    let count = facts.seconds * Double(audit.format.sampleRate)
    if Double(audit.clipped) > clippedShare * count {
      add(
        .clipped,
        "\(audit.clipped) samples at \(TextCell.fixed(Double(audit.peak), 3)) of full scale"
      )
    }
    if abs(audit.offset) > offset {
      add(.offset, "mean \(TextCell.fixed(audit.offset, 3))")
    }
    // Steady noise is loud at the edges too, so only clips with a clear word are checked.
    if recording.word != ClassLabel.silence, facts.signalToNoise ?? 60 > 15 {
      let (first, last) = audit.edges
      if max(first, last) > loudEdge {
        let edge = first > last ? "begin" : "end"
        add(
          .cutOff,
          "the \(edge) is \(TextCell.fixed(-max(first, last), 1)) dB below the loudest moment"
        )
      }
    }
    if facts.seconds < median / 3 || facts.seconds > median * 3 {
      add(
        .oddLength,
        "\(TextCell.fixed(facts.seconds, 2)) s, the median is "
          + "\(TextCell.fixed(median, 2)) s")
    }
    return findings
  }
}
