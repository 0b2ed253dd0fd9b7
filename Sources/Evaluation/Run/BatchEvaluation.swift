import Basics
import Datasets
import Recognition
import Sound

/// Runs a model on many clips; memory does not grow with their number.
public struct BatchEvaluation: Sendable {
  /// The classifier, with the model.
  public let classifier: Classifier
  /// The clips.
  public let plan: EvaluationPlan
  /// Conditions under which clips of speech are measured again.
  public var conditions: [RecordingCondition] = []
  /// Number of clips that are processed together before their results are reported.
  var partSize = 256

  /// Makes an evaluation of `plan` by `classifier`.
  public init(_ classifier: Classifier, _ plan: EvaluationPlan) {
    self.classifier = classifier
    self.plan = plan
  }

  /// Classifies the items of a shard that are not done yet.
  ///
  /// - Parameters:
  ///   - shard: The part of the plan.
  ///   - start: Earlier results of this shard; nil starts from the beginning.
  ///   - isCancelled: Called between parts; if true, the evaluation stops.
  ///   - progress: Called after each part, with all results so far.
  ///   - each: Called with each prediction, in the order of the plan.
  ///   - listener: Also called for each item, with its name and all windows; the prediction is nil
  ///     for alarm recordings.
  /// - Returns: The results; if it was cancelled, not all items are done.
  /// - Throws: Errors of `each`, `progress` and `listener`.
  public func run(
    _ shard: Shard = .whole, continuing start: EvaluationTally? = nil,
    isCancelled: () -> Bool = { false }, progress: (EvaluationTally) throws -> Void = { _ in },
    each: (Prediction) throws -> Void = { _ in },
    inspected listener: (Prediction?, String, InspectedClip) throws -> Void = { _, _, _ in }
  ) throws -> EvaluationTally {
    var tally = start ?? EvaluationTally(labels: classifier.model.labels)
    let range = shard.range(of: plan.itemCount)
    let (decision, rule) = (classifier.model.decision, classifier.model.rule)
    var problems: [String] = []
    var items = EvaluationItems(
      plan, range.lowerBound + tally.done..<range.upperBound, classifier
    ) { problems.append($0) }
    let robustness =
      conditions.isEmpty
      ? nil : RobustnessTest(classifier, conditions, plan) { problems.append($0) }
    if robustness != nil { tally.clips.begin(conditions) }
    while !isCancelled() {
      let part = items.nextPart(partSize)
      if part.isEmpty { break }
      // Clips that are needed again for the conditions are decoded once.
      let sources = robustness == nil ? part.map(\.source) : decoded(part)
      // Content hashes need the model's own channel, so decoded clips of another channel are not
      // used for them.
      let results = classifier.inspect(
        classifier.readsOwnChannel ? sources : part.map(\.source))
      let fileHashes = fileHashes(part)
      var speech: [(prediction: Prediction, clip: Clip)] = []
      for (index, result) in results.enumerated() {
        let (item, source, fileHash) = (part[index], sources[index], fileHashes[index])
        tally.addAudio(fileHash ?? 0, at: range.lowerBound + tally.done + index)
        switch result {
        case .success(let inspected):
          let role = plan.roles.role(of: inspected.contentHash, split: item.split) ?? item.cutRole
          guard let label = item.label else {
            tally.clips.addAudioWithoutKeywords(
              inspected.answer, role: role, decision: decision, rule: rule)
            if let role { tally.clips.addMetAlarmAudio(role) }
            try listener(nil, item.name, inspected)
            continue
          }
          var prediction = Prediction(
            path: item.name, label: label, predicted: inspected.answer.label,
            rejected: inspected.answer.rejected,
            probabilities: inspected.answer.probabilities, speaker: item.speaker, split: item.split,
            facts: inspected.facts, contentHash: inspected.contentHash)
          (prediction.role, prediction.fileHash) = (role, fileHash)
          if label == ClassLabel.unknown { prediction.word = item.word }
          tally.clips.add(prediction, isCut: fileHash == nil)
          if !ClassLabel.isKeyword(label) {
            tally.clips.addAudioWithoutKeywords(
              inspected.answer, role: role, decision: decision, rule: rule)
          }
          if case .clip(let clip) = source, label != ClassLabel.silence {
            speech.append((prediction, clip))
          }
          try each(prediction)
          try listener(prediction, item.name, inspected)
        case .failure(let error):
          let clip = SkippedClip(path: item.name, reason: error.description)
          if item.label == nil {
            tally.skippedAlarmAudio.append(clip)
          } else {
            tally.skipped.append(clip)
          }
        }
      }
      if let robustness {
        let answers = robustness.answers(speech.map { ($0.prediction.path, $0.clip) })
        for (clip, answers) in zip(speech, answers) {
          tally.clips.add(clip.prediction, answers: [clip.prediction.predicted] + answers)
        }
      }
      tally.done += part.count
      problems.forEach { tally.addNoiseProblem($0) }
      problems = []
      try progress(tally)
    }
    return tally
  }

  /// The clips with their samples; a clip that cannot be read stays a file and gives its error
  /// later.
  private func decoded(_ items: [EvaluationItem]) -> [ClipSource] {
    Parallel.map(items.count, threads: classifier.threads) { index, _ in
      let item = items[index]
      guard item.label != nil, let clip = try? classifier.reader.read(item.source) else {
        return item.source
      }
      return .clip(clip)
    }
  }

  /// The hash of each item's file; nil for cuts of silence.
  private func fileHashes(_ items: [EvaluationItem]) -> [UInt64?] {
    Parallel.map(items.count, threads: classifier.threads) { index, _ in
      guard case .file(let path) = items[index].source else { return nil }
      return ContentHash.of(file: path)
    }
  }

  /// The prefix of the names of cuts of silence; a number follows.
  static let cutPrefix = Dataset.noiseFolder + "/cut-"
}
