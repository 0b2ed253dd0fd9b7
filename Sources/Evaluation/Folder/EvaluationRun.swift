import Basics
import Glibc
import SystemPackage

/// An evaluation that may take days: it saves its results on the disk, can be stopped, and
/// continues where it stopped.
package struct EvaluationRun {
  /// Time between two saves of the state, in seconds; work after the last save is done again.
  private static let saveSeconds = 5.0
  /// Saving takes at most 1/50 of the time.
  private static let savingShare = 50.0

  private let evaluation: BatchEvaluation
  /// The state, with the results so far.
  package private(set) var state: EvaluationState

  /// Makes an evaluation, or a shard of one.
  ///
  /// - Parameters:
  ///   - evaluation: The model and the clips.
  ///   - model: The model's name, for people.
  ///   - dataset: The dataset's name, for people.
  ///   - shard: The part to evaluate.
  ///   - clipLimit: Wrong clips to show.
  ///   - measurement: When and with what it is measured; the duration is filled in.
  package init(
    _ evaluation: BatchEvaluation, model: String, dataset: String, shard: Shard, clipLimit: Int,
    measurement: Measurement
  ) {
    self.evaluation = evaluation
    state = EvaluationState(
      evaluation, model: model, dataset: dataset, shard: shard, clipLimit: clipLimit,
      measurement: measurement)
  }

  /// Number of items in the shard.
  package var itemCount: Int { state.shard.range(of: evaluation.plan.itemCount).count }

  /// Evaluates the items that are not done yet.
  ///
  /// - Parameters:
  ///   - folder: Where to save results; nil saves nothing.
  ///   - isCancelled: Called after every few hundred clips; if true, the state is saved and the
  ///     evaluation stops.
  ///   - remark: Called with a text that says whether earlier work is continued, or why not.
  ///   - progress: Called with the number of items done.
  ///   - each: Called with each prediction in order, including those of earlier work.
  /// - Returns: Whether all items are done.
  /// - Throws: `FileError`, `EvaluationError.newerState`, and errors of `each`.
  package mutating func run(
    in folder: ReportFolder?, isCancelled: () -> Bool = { false },
    remark: (String) -> Void = { _ in }, progress: (Int) -> Void = { _ in },
    each: (Prediction) throws -> Void = { _ in }
  ) throws -> Bool {
    let table = PredictionTable(labels: state.labels)
    if folder != nil { state.identify(evaluation) }
    if let folder, let found = try earlier(in: folder, remark) {
      state = found
      try PredictionTable.forEach(
        in: folder.rowsPath, limit: state.rowBytes, labels: state.labels, each)
    }
    let log = try folder.map { try PredictionLog($0.rowsPath, keeping: state.rowBytes) }
    if let log, state.rowBytes == 0 { try log.append(table.header) }
    if state.isFinished { return true }
    let (start, before) = (ContinuousClock.now, state.measurement.seconds)
    var (lastSave, saving) = (start, 0.0)
    let shard = state.shard
    func seconds(since instant: ContinuousClock.Instant) -> Double {
      (ContinuousClock.now - instant) / .seconds(1)
    }
    func save(_ tally: EvaluationTally) throws {
      guard let folder, let log else { return }
      lastSave = ContinuousClock.now
      try log.flush()
      state.tally = tally
      state.rowBytes = log.byteCount
      state.rowHash = log.hash.value
      state.measurement.seconds = before + seconds(since: start)
      try folder.save(state)
      saving = seconds(since: lastSave)
    }
    let tally = try evaluation.run(
      shard, continuing: state.tally, isCancelled: isCancelled,
      progress: { tally in
        if seconds(since: lastSave) > max(Self.saveSeconds, Self.savingShare * saving) {
          try save(tally)
        }
        progress(tally.done)
      },
      each: { prediction in
        try log?.append(table.row(prediction))
        try each(prediction)
      })
    state.tally = tally
    state.isFinished = tally.done == itemCount
    if state.isFinished, folder != nil {
      state.evidence = evaluation.evidence(for: state.shownClips, limit: state.clipLimit)
    }
    state.measurement.seconds = before + seconds(since: start)
    try save(tally)
    return state.isFinished
  }

  /// The state of an earlier, interrupted evaluation of the same clips and model, if any.
  private func earlier(
    in folder: ReportFolder, _ remark: (String) -> Void
  ) throws(EvaluationError) -> EvaluationState? {
    let found: EvaluationState
    do {
      guard let state = try folder.state() else { return nil }
      found = state
    } catch EvaluationState.Fault.stored(.newer(_, let number, let supported)) {
      // The work of another version is not overwritten.
      throw .newerState(folder.statePath, found: number, supported: supported)
    } catch {
      remark("starts again: \(folder.statePath) cannot be read")
      return nil
    }
    var difference = state.identity.difference(from: found.identity)
    if difference == nil, found.shard != state.shard {
      difference = "another shard (\(found.shard.number)/\(found.shard.count))"
    }
    if let difference {
      remark("starts again: \(folder.statePath) belongs to \(difference)")
      return nil
    }
    guard (try? RowHash(folder.rowsPath, limit: found.rowBytes))?.value == found.rowHash else {
      remark("starts again: \(folder.rowsPath) was changed or damaged")
      return nil
    }
    guard audio(of: found.tally.done) == found.tally.audio else {
      remark("starts again: the files have changed since \(folder.statePath) was written")
      return nil
    }
    remark("continues: \(found.tally.done) of \(itemCount) clips are done")
    return found
  }

  /// A hash of the bytes of the shard's first `count` files, as they are now.
  private func audio(of count: Int) -> UInt64 {
    let plan = evaluation.plan
    let first = state.shard.range(of: plan.itemCount).lowerBound
    let hashes = Parallel.map(count, threads: evaluation.classifier.threads) { index, _ in
      plan.file(at: first + index).map { ContentHash.of(file: $0) } ?? 0
    }
    var tally = EvaluationTally(labels: state.labels)
    for (index, hash) in hashes.enumerated() { tally.addAudio(hash, at: first + index) }
    return tally.audio
  }

  /// Writes the report of a finished evaluation, and removes the saved state.
  ///
  /// - Returns: The report.
  /// - Throws: `EvaluationError.nothingReadable` and `FileError`.
  package func publish(in folder: ReportFolder) throws -> EvaluationReport {
    let report = try state.report()
    try folder.publish(report, page: state.page(report), rows: folder.rowsPath)
    _ = folder.statePath.withPlatformString { unlink($0) }
    return report
  }
}
