import Basics
import Datasets
import Recognition
import Sound

/// Runs a model over many clips; memory does not grow with their number.
public struct BatchEvaluation: Sendable {
  /// The model at work.
  public let classifier: Classifier
  /// The clips.
  public let plan: EvaluationPlan
  /// What clips of speech are put under to be measured once more.
  public var conditions: [RecordingCondition] = []
  /// Clips that are worked on before anybody hears of them.
  var partSize = 256

  /// An evaluation of `plan` by `classifier`.
  public init(_ classifier: Classifier, _ plan: EvaluationPlan) {
    self.classifier = classifier
    self.plan = plan
  }

  /// Classifies the items of a shard that are not done yet.
  ///
  /// - Parameters:
  ///   - shard: Which part of the plan.
  ///   - start: What was found earlier in this shard; nil begins.
  ///   - isCancelled: Asked between parts; once true, the rest is left out.
  ///   - progress: Called after each part, with all that was found so far.
  ///   - each: Called with each prediction, in the order of the plan.
  ///   - listener: Called likewise, with the name and all windows of the clip, and without a
  ///     prediction for recordings in which only alarms are counted.
  /// - Returns: What was found; fewer items are done than the shard has if it was cancelled.
  /// - Throws: What `each`, `progress` and `listener` throw.
  public func run(
    _ shard: Shard = .whole, continuing start: EvaluationTally? = nil,
    isCancelled: () -> Bool = { false }, progress: (EvaluationTally) throws -> Void = { _ in },
    each: (Prediction) throws -> Void = { _ in },
    heard listener: (Prediction?, String, InspectedClip) throws -> Void = { _, _, _ in }
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
      // Sound that is needed again is decoded once.
      let sources = robustness == nil ? part.map(\.source) : decoded(part)
      // What is decoded for the ears does not name a clip where another channel was trained on.
      let heard = classifier.inspect(
        classifier.hearsOwnChannel ? sources : part.map(\.source))
      let fileHashes = fileHashes(part)
      var speech: [(prediction: Prediction, clip: Clip)] = []
      for (index, result) in heard.enumerated() {
        let (item, source, fileHash) = (part[index], sources[index], fileHashes[index])
        tally.addAudio(fileHash ?? 0, at: range.lowerBound + tally.done + index)
        switch result {
        case .success(let heard):
          let role = plan.roles.role(of: heard.contentHash, split: item.split) ?? item.cutRole
          guard let label = item.label else {
            tally.clips.addAudioWithoutKeywords(
              heard.answer, role: role, decision: decision, rule: rule)
            if let role { tally.clips.addMetAlarmAudio(role) }
            try listener(nil, item.name, heard)
            continue
          }
          var prediction = Prediction(
            path: item.name, label: label, predicted: heard.answer.label,
            rejected: heard.answer.rejected,
            probabilities: heard.answer.probabilities, speaker: item.speaker, split: item.split,
            facts: heard.facts, contentHash: heard.contentHash)
          (prediction.role, prediction.fileHash) = (role, fileHash)
          tally.clips.add(prediction, isCut: fileHash == nil)
          if !ClassLabel.isKeyword(label) {
            tally.clips.addAudioWithoutKeywords(
              heard.answer, role: role, decision: decision, rule: rule)
          }
          if case .clip(let clip) = source, label != ClassLabel.silence {
            speech.append((prediction, clip))
          }
          try each(prediction)
          try listener(prediction, item.name, heard)
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

  /// The clips with their samples; one that cannot be read stays a file, and fails again.
  private func decoded(_ items: [EvaluationItem]) -> [ClipSource] {
    Parallel.map(items.count, threads: classifier.threads) { index, _ in
      let item = items[index]
      guard item.label != nil, let clip = try? classifier.reader.read(item.source) else {
        return item.source
      }
      return .clip(clip)
    }
  }

  /// Names the bytes of each item's file; nil for silence that was cut.
  private func fileHashes(_ items: [EvaluationItem]) -> [UInt64?] {
    Parallel.map(items.count, threads: classifier.threads) { index, _ in
      guard case .file(let path) = items[index].source else { return nil }
      return ContentHash.of(file: path)
    }
  }

  /// How the names of silence that was cut begin; its number follows.
  static let cutPrefix = Dataset.noiseFolder + "/cut-"
}
