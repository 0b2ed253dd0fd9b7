import Sound

extension Audit {
  /// Clips whose label a model doubts, most suspect first.
  ///
  /// - Parameters:
  ///   - classifier: A model; clips that it was trained on are doubted less than they should be.
  ///   - limit: How many to name.
  ///   - progress: Called with the number of clips done.
  /// - Returns: Findings, and how many of the clips the model was trained on.
  public func suspects(
    _ classifier: Classifier, limit: Int = 100, progress: (Int) -> Void = { _ in }
  ) -> (findings: [AuditReport.Finding], trainedOn: Int) {
    let model = classifier.model
    var found: [(doubt: Float, finding: AuditReport.Finding)] = []
    var trainedOn = 0
    let recordings = dataset.recordings
    for start in stride(from: 0, to: recordings.count, by: 256) {
      let part = recordings[start..<min(recordings.count, start + 256)]
      for (recording, result) in zip(part, classifier.classify(part.map { .file($0.path) })) {
        guard let heard = try? result.get() else { continue }
        if model.record.heard.contains(heard.contentHash) { trainedOn += 1 }
        let label =
          model.labels.firstIndex(of: recording.word)
          ?? model.labels.firstIndex(of: Dataset.unknownLabel)
        guard let label else { continue }
        let best = heard.probabilities.indices.max {
          heard.probabilities[$0] < heard.probabilities[$1]
        }!
        // Confident learning's margin (Northcutt and others 2021, "normalized margin").
        let doubt = heard.probabilities[best] - heard.probabilities[label]
        guard best != label, doubt > 0.5 else { continue }
        let own = TextCell.percent(Double(heard.probabilities[label]))
        let other = TextCell.percent(Double(heard.probabilities[best]))
        found.append(
          (
            doubt,
            AuditReport.Finding(
              kind: .mislabelled, subject: recording.name,
              detail: "labelled \(recording.word) (\(own)), heard \(model.labels[best]) (\(other))",
              related: [])
          ))
      }
      found.sort { ($1.doubt, $0.finding.subject) < ($0.doubt, $1.finding.subject) }
      found.removeSubrange(min(limit, found.count)...)
      progress(start + part.count)
    }
    return (found.map(\.finding), trainedOn)
  }

  /// Sound and pictures of the first suspects.
  public func evidence(
    _ findings: [AuditReport.Finding], _ classifier: Classifier, limit: Int
  ) -> [ClipEvidence] {
    let wanted = findings.filter { $0.kind == .mislabelled }.prefix(limit).map(\.subject)
    let names = Set(wanted)
    var paths: [String: Recording] = [:]
    for recording in dataset.recordings where names.contains(recording.name) {
      paths[recording.name] = recording
    }
    return wanted.compactMap { name in
      guard let clip = try? classifier.reader.read(paths[name]!.path) else { return nil }
      return ClipEvidence(name, clip, classifier)
    }
  }
}
