import Basics
import Datasets
import Recognition
import Sound

/// Listens to whole recordings with a model, and matches its events with labelled words.
public struct EventEvaluation: Sendable {
  /// An event as it is told while an evaluation runs.
  public struct Row: Sendable {
    /// The recording.
    public var path: String
    /// The event.
    public var event: Event
    /// `hit`, `mention`, `wrongWord` or `falseAlarm`.
    public var verdict: String
  }

  /// The classifier, with the model.
  public let classifier: Classifier
  /// The recordings.
  public let plan: EventPlan
  /// Leaves the network out in quiet windows, whose cost is then measured; nil recognises all.
  public let gate: EnergyGate?

  /// An evaluation of `plan` by `classifier`.
  public init(_ classifier: Classifier, _ plan: EventPlan, gate: EnergyGate? = nil) {
    (self.classifier, self.plan, self.gate) = (classifier, plan, gate)
  }

  /// Runs on all recordings; the result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - isCancelled: Called between groups of recordings; if true, the evaluation stops.
  ///   - progress: Called after each group with the number of recordings that are done.
  ///   - each: Called with each event, recording by recording in the order of the plan.
  /// - Returns: What was found.
  /// - Throws: What `each` throws, and `EvaluationError.nothingReadable`.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in },
    each: (Row) throws -> Void = { _ in }
  ) throws -> EventTally {
    var tally = EventTally(keywords: plan.keywords.count)
    let group = 8 * classifier.threads
    while tally.done < plan.count, !isCancelled() {
      let items = plan.items[tally.done..<min(plan.count, tally.done + group)]
      let found = Parallel.map(items.count, threads: classifier.threads) { index, _ in
        Result { () throws(AudioError) in try recognise(items[items.startIndex + index]) }
      }
      for (item, result) in zip(items, found) {
        switch result {
        case .failure(let error): tally.skip(item, error.description)
        case .success(let result):
          tally.add(result, of: item, role: classifier.model.history.role(of: result.contentHash))
          for judged in result.events {
            try each(Row(path: item.name, event: judged.event, verdict: judged.verdict.name))
          }
        }
      }
      progress(tally.done)
    }
    if tally.skipped.count == plan.count, let first = tally.skipped.first {
      throw EvaluationError.nothingReadable(clips: plan.count, first: first.reason)
    }
    return tally
  }

  private func recognise(_ item: EventPlan.Item) throws(AudioError) -> RecordingEvents {
    func judge() -> RecordingJudge {
      RecordingJudge(
        classifier, keywords: plan.keywords, path: item.name, item.truth,
        tolerance: plan.tolerance, gate: gate)
    }
    var current = judge()
    var fault: FrontEndError?
    _ = try classifier.reader.read(
      .file(item.path),
      begin: { (current, fault) = (judge(), nil) },
      take: { samples in
        guard fault == nil else { return }
        do throws(FrontEndError) { try current.push(samples) } catch { fault = error }
      })
    do throws(FrontEndError) {
      if let fault { throw fault }
      return try current.finish()
    } catch { throw .broken(name: item.name, reason: "\(error)") }
  }
}

extension EventMatcher.Verdict {
  /// For tables.
  var name: String {
    switch self {
    case .hit: "hit"
    case .mention: "mention"
    case .wrongWord: "wrongWord"
    case .falseAlarm: "falseAlarm"
    }
  }
}
