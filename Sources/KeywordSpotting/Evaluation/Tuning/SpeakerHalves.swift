/// Two halves of the speakers, for crossing over.
enum SpeakerHalf {
  /// The half of a speaker, or of a clip whose speaker nobody knows: 0 or 1.
  static func of(_ name: String) -> Int { StableHash.bucket(of: name, count: 2) }
}

extension BatchEvaluation {
  /// Measures the plan's clips as two halves, no speaker in both; clips without a speaker are
  /// divided by name.
  ///
  /// - Parameter progress: Called with the number of clips done.
  /// - Returns: Counts of either half, and the clips that could not be read.
  /// - Throws: `EvaluationError.nothingReadable`.
  public func halves(
    progress: (Int) -> Void = { _ in }
  ) throws -> (counts: (EvaluationCounts, EvaluationCounts), skipped: [SkippedClip]) {
    let none = EvaluationCounts(labels: classifier.model.labels, others: [Dataset.unknownLabel])
    var halves = [none, none]
    let outcome = try run(
      progress: progress,
      heard: { prediction, heard in
        let half = SpeakerHalf.of(prediction.speaker ?? prediction.path)
        halves[half].add(prediction)
        if !Dataset.isKeyword(prediction.label) {
          halves[half].addAudioWithoutKeywords(heard.windows, seconds: heard.facts.seconds)
        }
      })
    return ((halves[0], halves[1]), outcome.skipped)
  }
}
