import Basics
import Datasets
import Recognition

/// Checks of a dataset as a whole.
enum DatasetChecks {
  /// Fewer clips of a label give a finding.
  static let fewClips = 10
  /// Fewer speakers of a label give a finding.
  static let fewSpeakers = 5

  static func findings(_ dataset: Dataset) -> [AuditReport.Finding] {
    var findings: [AuditReport.Finding] = []
    func add(
      _ kind: AuditReport.Kind, _ subject: String, _ detail: String, _ related: [String] = []
    ) {
      findings.append(
        AuditReport.Finding(kind: kind, subject: subject, detail: detail, related: related))
    }
    for entries in dataset.ignored where entries.reason != .hidden {
      for name in entries.names {
        let isEmpty = entries.reason == .emptyFile
        add(isEmpty ? .emptyFile : .leftOut, name, isEmpty ? "0 bytes" : entries.reason.description)
      }
    }
    var parts: [String: [Split: [String]]] = [:]
    var words: [String: [Recording]] = [:]
    for recording in dataset.recordings {
      words[recording.word, default: []].append(recording)
      if let speaker = recording.speaker {
        parts[speaker, default: [:]][recording.split, default: []].append(recording.name)
      }
    }
    for (speaker, splits) in parts where splits.count > 1 {
      let counts = Split.allCases.compactMap { split in
        splits[split].map { "\($0.count) \(split.rawValue)" }
      }
      add(
        .speakerInSeveralSplits, speaker, counts.joined(separator: ", "),
        Split.allCases.compactMap { splits[$0]?.first })
    }
    for (word, clips) in words where word != ClassLabel.silence {
      if clips.count < fewClips { add(.fewClips, word, counted(clips.count, "clip")) }
      let speakers = Set(clips.compactMap(\.speaker)).count
      let areKnown = clips.allSatisfy { $0.speaker != nil }
      if areKnown, speakers < fewSpeakers { add(.fewSpeakers, word, counted(speakers, "speaker")) }
    }
    return findings
  }
}
