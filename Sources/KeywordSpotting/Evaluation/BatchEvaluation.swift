import Sound

/// Runs a model over many clips; memory does not grow with their number.
public struct BatchEvaluation: Sendable {
  /// The model at work.
  public let classifier: Classifier
  /// The clips.
  public let plan: EvaluationPlan

  /// What was found out.
  public struct Outcome: Sendable {
    /// All that a report needs.
    public var counts: EvaluationCounts
    /// Clips that could not be read.
    public var skipped: [SkippedClip]
    /// What a person should know about the clips.
    public var warnings: [String]
  }

  /// An evaluation of `plan` by `classifier`.
  public init(_ classifier: Classifier, _ plan: EvaluationPlan) {
    self.classifier = classifier
    self.plan = plan
  }

  /// Classifies every clip.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked between parts; once true, the rest is left out.
  ///   - progress: Called with the number of clips done.
  ///   - each: Called with each prediction, in the order of the plan.
  /// - Returns: Counts, skipped clips and warnings.
  /// - Throws: `EvaluationError.nothingReadable`, and what `each` throws.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in },
    each: (Prediction) throws -> Void = { _ in }
  ) throws -> Outcome {
    let model = classifier.model
    var outcome = Outcome(
      counts: EvaluationCounts(labels: model.labels, others: [Dataset.unknownLabel]), skipped: [],
      warnings: [])
    var heardBefore = 0
    for start in stride(from: 0, to: plan.recordings.count, by: 256) where !isCancelled() {
      let part = plan.recordings[start..<min(plan.recordings.count, start + 256)]
      for (recording, result) in zip(part, classifier.classify(part.map { .file($0.path) })) {
        switch result {
        case .success(let heard):
          if model.record.heard.contains(heard.contentHash) { heardBefore += 1 }
          let prediction = prediction(recording, heard)
          outcome.counts.add(prediction)
          try each(prediction)
        case .failure(let error):
          outcome.skipped.append(SkippedClip(path: recording.name, reason: error.description))
        }
      }
      progress(start + part.count)
    }
    if outcome.skipped.count == plan.recordings.count, let first = outcome.skipped.first {
      throw EvaluationError.nothingReadable(clips: plan.recordings.count, first: first.reason)
    }
    try addSilence(&outcome, each)
    if heardBefore > 0 {
      outcome.warnings.append(
        "\(heardBefore) of \(plan.recordings.count) clips were trained on: the figures flatter")
    }
    return outcome
  }

  private func prediction(_ recording: Recording, _ heard: Classification) -> Prediction {
    let labels = classifier.model.labels
    return Prediction(
      path: recording.name,
      label: labels.contains(recording.label) ? recording.label : Dataset.unknownLabel,
      predicted: heard.label, probabilities: heard.probabilities, speaker: recording.speaker,
      split: recording.split)
  }

  /// Clips of silence from the noise that belongs to the part.
  private func addSilence(
    _ outcome: inout Outcome, _ each: (Prediction) throws -> Void
  ) throws {
    guard plan.silenceCount > 0 else { return }
    let model = classifier.model
    let noise = NoiseLibrary(plan.dataset.noise, reader: classifier.reader) {
      outcome.warnings.append($0)
    }
    let split = plan.part.split ?? .testing
    let clips = SilenceCuts.clips(
      plan.silenceCount, noise, window: model.window, sampleRate: model.frontEnd.sampleRate,
      for: split)
    for (index, result) in classifier.classify(clips.map(ClipSource.clip)).enumerated() {
      guard let heard = try? result.get() else { continue }
      let prediction = Prediction(
        path: "\(Dataset.noiseFolder)/cut-\(index + 1)", label: Dataset.silenceLabel,
        predicted: heard.label, probabilities: heard.probabilities, split: split)
      outcome.counts.add(prediction)
      try each(prediction)
    }
    outcome.warnings.append(
      "\(clips.count) clips of silence were cut from \(Dataset.noiseFolder), of its seconds for "
        + split.rawValue)
  }
}
