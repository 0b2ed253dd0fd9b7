import Datasets
import Evaluation

/// A clip with a fault of its recording, to listen to.
package struct FaultyClip: Sendable {
  let kind: AuditReport.Kind
  let evidence: ClipEvidence
  let detail: String

  /// The faults that can be heard or seen in a clip.
  static let kinds: [AuditReport.Kind] = [.clipped, .silent, .cutOff]
}

extension Audit {
  /// Decodes clips with a fault again, to listen to.
  ///
  /// - Parameters:
  ///   - report: The findings.
  ///   - limit: The most clips of each kind.
  /// - Returns: The clips that can still be read, by kind.
  package func faultyClips(_ report: AuditReport, limit: Int) -> [FaultyClip] {
    let recordings = Dictionary(dataset.recordings.map { ($0.name, $0) }) { first, _ in first }
    return FaultyClip.kinds.flatMap { kind in
      report.findings(of: kind).prefix(limit).compactMap { finding in
        guard let recording = recordings[finding.subject],
          let clip = try? reader.read(recording.path)
        else { return nil }
        return FaultyClip(
          kind: kind, evidence: ClipEvidence(recording.name, clip), detail: finding.detail)
      }
    }
  }
}
