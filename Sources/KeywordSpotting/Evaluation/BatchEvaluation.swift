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
  ///   - listener: Called likewise, with all windows of the clip.
  /// - Returns: Counts, skipped clips and warnings.
  /// - Throws: `EvaluationError.nothingReadable`, and what `each` throws.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in },
    each: (Prediction) throws -> Void = { _ in },
    heard listener: (Prediction, Classification) throws -> Void = { _, _ in }
  ) throws -> Outcome {
    let model = classifier.model
    var outcome = Outcome(
      counts: EvaluationCounts(labels: model.labels, others: [Dataset.unknownLabel]), skipped: [],
      warnings: [])
    var heardBefore = 0
    var done = 0
    while done < plan.recordings.count, !isCancelled() {
      let part = plan.recordings[done..<end(of: done)]
      done = part.endIndex
      for (recording, result) in zip(part, classifier.classify(part.map { .file($0.path) })) {
        switch result {
        case .success(let heard):
          if model.record.heard.contains(heard.contentHash) { heardBefore += 1 }
          let prediction = prediction(recording, heard)
          outcome.counts.add(prediction)
          if !Dataset.isKeyword(prediction.label) {
            outcome.counts.addAudioWithoutKeywords(heard.windows, seconds: heard.facts.seconds)
          }
          try each(prediction)
          try listener(prediction, heard)
        case .failure(let error):
          outcome.skipped.append(SkippedClip(path: recording.name, reason: error.description))
        }
      }
      progress(done)
    }
    if outcome.skipped.count == plan.recordings.count, let first = outcome.skipped.first {
      throw EvaluationError.nothingReadable(clips: plan.recordings.count, first: first.reason)
    }
    try addSilence(&outcome, each, listener)
    if plan.part != .testing, plan.isTrainedOn {
      outcome.warnings.append(
        "the validation part chose this model's epoch and temperature: figures on it flatter "
          + "(selected on)")
    }
    if heardBefore > 0 {
      outcome.warnings.append(
        "\(heardBefore) of \(plan.recordings.count) clips were trained on: the figures flatter")
    }
    return outcome
  }

  /// Where a part that begins at `start` ends: after 256 clips, or earlier after 16 MB of files, so
  /// that hours of audio are not decoded at once.
  private func end(of start: Int) -> Int {
    var (end, bytes) = (start, 0)
    repeat {
      bytes += plan.recordings[end].byteCount
      end += 1
    } while end < plan.recordings.count && end - start < 256 && bytes < 16 << 20
    return end
  }

  private func prediction(_ recording: Recording, _ heard: Classification) -> Prediction {
    let labels = classifier.model.labels
    return Prediction(
      path: recording.name,
      label: labels.contains(recording.label) ? recording.label : Dataset.unknownLabel,
      predicted: heard.label, probabilities: heard.probabilities, speaker: recording.speaker,
      split: recording.split, facts: heard.facts, contentHash: heard.contentHash)
  }

  /// How the names of silence that was cut begin; its number follows.
  static let cutPrefix = Dataset.noiseFolder + "/cut-"

  /// The silence that the plan asks for; the same in every call.
  func silence(_ warn: (String) -> Void) -> [Clip] {
    let noise = NoiseLibrary(plan.dataset.noise, reader: classifier.reader, warn: warn)
    return SilenceCuts.clips(
      plan.silenceCount, noise, window: classifier.model.window,
      sampleRate: classifier.model.frontEnd.sampleRate, for: plan.part.split ?? .testing)
  }

  /// Clips of silence from the noise that belongs to the part.
  private func addSilence(
    _ outcome: inout Outcome, _ each: (Prediction) throws -> Void,
    _ listener: (Prediction, Classification) throws -> Void
  ) throws {
    guard plan.silenceCount > 0 else { return }
    let split = plan.part.split ?? .testing
    let clips = silence { outcome.warnings.append($0) }
    for (index, result) in classifier.classify(clips.map(ClipSource.clip)).enumerated() {
      guard let heard = try? result.get() else { continue }
      let prediction = Prediction(
        path: "\(Self.cutPrefix)\(index + 1)", label: Dataset.silenceLabel,
        predicted: heard.label, probabilities: heard.probabilities, split: split,
        facts: heard.facts,
        contentHash: heard.contentHash)
      outcome.counts.add(prediction)
      outcome.counts.addAudioWithoutKeywords(heard.windows, seconds: heard.facts.seconds)
      try each(prediction)
      try listener(prediction, heard)
    }
    outcome.warnings.append(
      "\(clips.count) clips of silence were cut from \(Dataset.noiseFolder), of its seconds for "
        + split.rawValue)
  }
}
