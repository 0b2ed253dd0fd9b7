import Basics
import Datasets
import Recognition
import Sound
import Statistics
import SystemPackage

/// Checks a dataset before training.
public struct Audit: Sendable {
  let dataset: Dataset
  let threads: Int
  let reader: ClipReader

  /// Makes an audit of a dataset.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - channel: The channel to read, from 1; nil reads that of `model`, or the mean of all.
  ///   - model: The model whose channel is read, or nil.
  ///   - threads: Number of clips that are decoded at the same time.
  public init(
    _ dataset: Dataset, channel: Int? = nil, model: KeywordModel? = nil, threads: Int
  ) {
    self.dataset = dataset
    self.threads = threads
    var reader = ClipReader(AudioDecoder(channel: channel ?? model?.channel))
    reader.acceptsMono = channel == nil
    self.reader = reader
  }

  /// Decodes every clip once; memory holds measures of each clip and the samples of a few.
  ///
  /// - Parameters:
  ///   - suspects: Clips whose label a model doubts.
  ///   - progress: Called with the number of clips done.
  /// - Returns: The report.
  public func run(
    suspects: AuditSuspects? = nil, progress: (Int) -> Void = { _ in }
  ) -> AuditReport {
    let recordings = dataset.recordings
    var audits: [ClipAudit?] = []
    var findings = suspects?.findings ?? []
    for start in stride(from: 0, to: recordings.count, by: 512) {
      let part = Array(recordings[start..<min(recordings.count, start + 512)])
      let results = Parallel.map(part.count, threads: threads) { index, _ in
        Result { () throws(AudioError) in ClipAudit(try reader.read(part[index].path)) }
      }
      for (recording, result) in zip(part, results) {
        audits.append(try? result.get())
        if case .failure(let error) = result {
          findings.append(finding(.unreadable, recording.name, error.description))
        }
      }
      progress(audits.count)
    }
    let known = zip(recordings, audits).compactMap { recording, audit in
      audit.map { (recording: recording, audit: $0) }
    }
    let lengths = known.map(\.audit.facts.seconds).sorted()
    let median = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    for clip in known {
      findings += ClipChecks.findings(clip.recording, clip.audit, median: median)
    }
    findings += Duplicates.findings(known, threads: threads)
    findings += DatasetChecks.findings(dataset)
    findings.sort { left, right in
      if left.kind != right.kind { return Self.rank(left.kind) < Self.rank(right.kind) }
      // Suspects keep the order of their ranking.
      if left.kind == .mislabelled { return false }
      return PathBytes.precedes(Array(left.subject.utf8), Array(right.subject.utf8))
    }
    let shares = [0, 0.05, 0.5, 0.95, 1]
    return AuditReport(
      dataset: dataset.name, splitRule: dataset.splitRule, clips: recordings.count,
      speakers: Set(recordings.compactMap(\.speaker)).count,
      clipsWithoutSpeaker: recordings.count { $0.speaker == nil },
      labels: labels(recordings, audits), formats: formats(known.map(\.audit)),
      seconds: lengths.isEmpty ? [] : shares.map { ClusterBootstrap.quantile(lengths, $0) },
      findings: findings, judge: suspects?.judge, warnings: dataset.warnings)
  }

  private static func rank(_ kind: AuditReport.Kind) -> Int {
    AuditReport.Kind.allCases.firstIndex(of: kind)!
  }

  private func finding(
    _ kind: AuditReport.Kind, _ subject: String, _ detail: String
  ) -> AuditReport.Finding {
    AuditReport.Finding(kind: kind, subject: subject, detail: detail, related: [])
  }

  private func labels(_ recordings: [Recording], _ audits: [ClipAudit?]) -> [AuditReport.Label] {
    var labels: [String: AuditReport.Label] = [:]
    var speakers: [String: Set<String>] = [:]
    for (recording, audit) in zip(recordings, audits) {
      let word = recording.word
      let empty = AuditReport.Label(label: word, clips: [0, 0, 0], speakers: 0, seconds: 0)
      let split = Split.allCases.firstIndex(of: recording.split)!
      labels[word, default: empty].clips[split] += 1
      labels[word]!.seconds += audit?.facts.seconds ?? 0
      if let speaker = recording.speaker { speakers[word, default: []].insert(speaker) }
    }
    return labels.values.sorted { $0.label < $1.label }.map { label in
      var label = label
      label.speakers = speakers[label.label]?.count ?? 0
      return label
    }
  }

  private func formats(_ audits: [ClipAudit]) -> [AuditReport.Count] {
    var counts: [String: Int] = [:]
    for audit in audits {
      let format = audit.format
      let name =
        "\(format.container) \(format.encoding), \(format.sampleRate) Hz, "
        + "\(counted(format.channels, "channel"))"
      counts[name, default: 0] += 1
    }
    return counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map {
      AuditReport.Count(name: $0.key, clips: $0.value)
    }
  }
}
