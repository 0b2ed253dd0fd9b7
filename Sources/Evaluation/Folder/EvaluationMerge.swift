import Basics
import Datasets
import Glibc
import SystemPackage

/// Why the parts of an evaluation cannot be merged; prints as one sentence.
public enum MergeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder contains no part.
  case noPart(FilePath)
  /// A part was written by another version of kws, or is damaged.
  case unreadable(FilePath, reason: String)
  /// A part is not finished; `done` items are done.
  case unfinished(FilePath, shard: Shard, done: Int)
  /// Two parts belong to different evaluations.
  case different(FilePath, FilePath, what: String)
  /// A shard was given twice.
  case twice(FilePath, FilePath, shard: Shard)
  /// Shards that were not given, and the number of all shards.
  case missing([Int], of: Int)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .noPart(let path):
      "\(path): no part.json: no part of an evaluation was written here"
    case .unreadable(let path, let reason):
      "\(path): part.json cannot be read: \(reason); evaluate the shard again with this kws"
    case .unfinished(let path, let shard, let done):
      "\(path): shard \(shard.number)/\(shard.count) is not finished (\(done) clips done); run its "
        + "command again to continue"
    case .different(let first, let second, let what):
      "\(second): not a part of the same evaluation as \(first): \(what)"
    case .twice(let first, let second, let shard):
      "\(second): shard \(shard.number)/\(shard.count) is there twice, also in \(first)"
    case .missing(let numbers, let count):
      "\(numbers.count) of \(count) shards are missing: "
        + DatasetError.list(numbers.map { "\($0)/\(count)" })
    }
  }
}

extension EvaluationState {
  /// Merges the shards of one evaluation and writes the report of the whole.
  ///
  /// The files are the same as those of an evaluation of the whole, except for the time and the
  /// machine. One shard is read at a time.
  ///
  /// - Parameters:
  ///   - parts: The folders of the shards, in any order.
  ///   - folder: The folder to write to.
  /// - Returns: The report.
  /// - Throws: `MergeError`, `FileError`, and `EvaluationError`.
  package static func merge(
    _ parts: [FilePath], into folder: ReportFolder
  ) throws -> EvaluationReport {
    // First the order, without the counts; then one part after the other.
    var heads: [(path: FilePath, head: EvaluationState)] = []
    for path in parts {
      var head = try finished(path)
      head.tally = head.tally.emptied
      head.evidence = []
      heads.append((path, head))
    }
    heads.sort { $0.head.shard.number < $1.head.shard.number }
    try check(heads)
    var whole = heads[0].head
    whole.shard = .whole
    return try join(heads.map(\.path), as: whole, into: folder).report
  }

  /// Adds up finished parts, and writes the report of the whole.
  ///
  /// - Parameters:
  ///   - parts: The folders of the parts, in order.
  ///   - whole: What the parts are of; what it has found itself is not used.
  ///   - folder: Where to write.
  /// - Returns: The report, and the state that it was made of.
  /// - Throws: As `merge`.
  static func join(
    _ parts: [FilePath], as whole: EvaluationState, into folder: ReportFolder
  ) throws -> (report: EvaluationReport, state: EvaluationState) {
    let rows = folder.path.appending(".predictions.\(getpid()).kws-partial")
    defer { _ = rows.withPlatformString { unlink($0) } }
    let log = try PredictionLog(rows, keeping: 0)
    var whole = whole
    whole.tally = whole.tally.emptied
    whole.evidence = []
    whole.measurement.seconds = 0
    let header = PredictionTable(labels: whole.labels).header
    try log.append(header)
    for path in parts {
      let part = try finished(path)
      whole.tally.merge(part.tally)
      whole.evidence += part.evidence
      whole.measurement.add(part.measurement)
      try copyRows(of: part, in: path, skipping: header, to: log)
    }
    try log.flush()
    let report = try whole.report()
    let order = Dictionary(uniqueKeysWithValues: zip(whole.shownClips, 0...))
    whole.evidence = whole.evidence.filter { order[$0.path] != nil }
      .sorted { order[$0.path]! < order[$1.path]! }
    try folder.publish(report, page: whole.page(report), rows: rows)
    return (report, whole)
  }

  static func finished(_ path: FilePath) throws -> EvaluationState {
    let found: EvaluationState?
    do { found = try ReportFolder(existing: path).state() } catch let error as FileError {
      throw error
    } catch EvaluationState.Fault.stored(.newer(_, let number, let supported)) {
      throw EvaluationError.newerState(path, found: number, supported: supported)
    } catch { throw MergeError.unreadable(path, reason: decodingProblem(error)) }
    guard let state = found else { throw MergeError.noPart(path) }
    guard state.isFinished else {
      throw MergeError.unfinished(path, shard: state.shard, done: state.tally.done)
    }
    return state
  }

  /// Checks that the parts, in order, are exactly the shards of one evaluation.
  private static func check(
    _ parts: [(path: FilePath, head: EvaluationState)]
  ) throws(MergeError) {
    let first = parts[0]
    let count = first.head.shard.count
    for (index, part) in parts.enumerated().dropFirst() {
      if let what = first.head.difference(from: part.head) {
        throw .different(first.path, part.path, what: what)
      }
      if part.head.shard == parts[index - 1].head.shard {
        throw .twice(parts[index - 1].path, part.path, shard: part.head.shard)
      }
    }
    let missing = Set(1...count).subtracting(parts.map(\.head.shard.number)).sorted()
    if !missing.isEmpty { throw .missing(missing, of: count) }
  }

  private static func copyRows(
    of part: EvaluationState, in path: FilePath, skipping header: String, to log: PredictionLog
  ) throws {
    let rows = ReportFolder(existing: path).rowsPath
    let blocks = try FileBlocks(rows, limit: part.rowBytes)
    var hash = RowHash()
    var skip = header.utf8.count
    while let block = Optional(try blocks.next()), !block.isEmpty {
      hash.add(block)
      try log.append(block.dropFirst(skip))
      skip -= min(skip, block.count)
    }
    guard hash.value == part.rowHash, skip == 0 else {
      throw MergeError.unreadable(
        path, reason: "\(rows) was changed or damaged after it was written")
    }
  }
}
