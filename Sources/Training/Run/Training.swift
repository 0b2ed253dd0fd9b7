import Basics
import Datasets
import Recognition
import Sound
import SystemPackage

/// One training, from a folder of recordings to a model in a run folder.
///
///     let training = Training(root: "recordings", options: TrainingOptions(threads: 2))
///     let outcome = try training.run(into: nil) { event in print(event) }
///
/// The steps are: scan, decode, choose a recipe, compute the normalisation, run the epochs
/// (`TrainingLoop`), measure the test part once. With few speakers all clips are for training, and
/// folds measure instead (`CrossValidation`).
public struct Training: Sendable {
  /// The dataset's folder or manifest.
  public var root: FilePath
  /// The options.
  public var options: TrainingOptions

  /// The results of a training.
  public struct Outcome: Sendable {
    /// The run folder.
    public var folder: RunFolder
    /// The model of the best epoch.
    public var model: KeywordModel
    /// The clips that could not be read.
    public var skipped: [SkippedClip]
  }

  /// Makes a training on the dataset at `root`.
  public init(root: FilePath, options: TrainingOptions) {
    self.root = root
    self.options = options
  }

  /// Trains and writes the run folder.
  ///
  /// - Parameters:
  ///   - out: The run folder to create; nil creates `runs/<dataset>-<n>`.
  ///   - isCancelled: Called often; if true, a checkpoint is written and the training ends with
  ///     `TrainingError.interrupted`.
  ///   - report: Called with events; while decoding, from any thread.
  /// - Returns: The run folder and the model in it.
  /// - Throws: `TrainingError`.
  public func run(
    into out: FilePath?, isCancelled: @Sendable () -> Bool = { false },
    report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> Outcome {
    // What does not depend on the data is told before it is scanned.
    if let problem = options.problem { throw .option(problem) }
    do { try RunFolder.check(out) } catch { throw .file(error) }
    var training = self
    let dataset = try training.scan(report)
    try training.chooseStart(for: dataset, report)
    return try training.run(dataset, into: out, isCancelled: isCancelled, report: report)
  }

  /// Trains on a dataset that is already scanned, for instance with another split.
  ///
  /// - Parameters:
  ///   - dataset: The clips.
  ///   - known: Every number of the training; nil chooses by options and data.
  ///   - out: As above.
  ///   - isCancelled: As above.
  ///   - report: As above.
  /// - Returns: The run folder and the model in it.
  /// - Throws: `TrainingError`.
  package func run(
    _ dataset: Dataset, recipe known: TrainingRecipe? = nil, into out: FilePath?,
    isCancelled: @Sendable () -> Bool, report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> Outcome {
    try dataset.checkLabels()
    let folds = try CrossValidation.plan(
      dataset, by: known?.folds ?? options.folds, report: report)
    var options = options
    options.dataset.holdOut = dataset.splitRule == .whole ? .never : .always
    if let pattern = dataset.speakerSource.pattern {
      options.dataset.speakerPattern = pattern
      if case .guess = dataset.speakerSource { options.dataset.patternIsGuessed = true }
    }
    let place = RunPlace { () throws(FileError) in try makeFolder(out) }
    defer { withExtendedLifetime(place) {} }
    let prepared: PreparedData
    let folder: RunFolder
    var loop: TrainingLoop
    do throws(TrainingError) {
      prepared = try PreparedData(
        dataset, root: root, recipe: known,
        inherited: options.inherited,
        options: options, place: place, isCancelled: isCancelled, report: report)
      try checkTestPart(dataset, prepared, isCancelled, report)
      do { folder = try place.folder() } catch { throw .file(error) }
      try write(prepared, dataset, to: folder)
      loop = TrainingLoop(
        prepared, start: options.start, teachers: options.teachers,
        testHash: TestPart.fileHash(dataset, threads: options.threads), folder: folder,
        threads: options.threads)
      // From here on the training can be resumed.
      try loop.writeCheckpoint()
    } catch {
      place.discard()
      throw error
    }
    UnbegunRun.end()
    report(.started(folder, recipe: prepared.recipe, shape: prepared.shape))
    return try finish(
      loop, prepared, dataset, folds, folder, isCancelled: isCancelled, report: report)
  }

  /// Resumes the training in `folder` from its checkpoint; the result is the same as without the
  /// interruption.
  public static func resume(
    _ folder: RunFolder, root: FilePath? = nil, threads: Int,
    memory: Int? = nil, workers: DecodingWorkers? = nil,
    isCancelled: @Sendable () -> Bool = { false },
    report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> Outcome {
    let place: RunPlace
    do { place = try RunPlace(folder) } catch { throw .file(error) }
    defer { withExtendedLifetime(place) {} }
    let checkpoint: Checkpoint
    do { checkpoint = try Checkpoint(contentsOf: folder.checkpoint) } catch {
      guard case .file(.missing) = error, isFolder(folder.path) else { throw .model(error) }
      throw .noCheckpoint(folder.path)
    }
    var options = TrainingOptions(threads: threads)
    options.dataset = checkpoint.recipe.dataset
    options.negatives = checkpoint.recipe.negatives
    options.memory = memory ?? options.memory
    options.workers = workers
    options.allowsBad = true
    var training = Training(root: root ?? checkpoint.root, options: options)
    let dataset: Dataset
    do throws(TrainingError) { dataset = try training.scan(report) } catch {
      guard root == nil, case .dataset(.missing) = error else { throw error }
      throw .datasetMoved(training.root, folder: folder.path)
    }
    let prepared = try PreparedData(
      dataset, root: training.root, recipe: checkpoint.recipe, inherited: checkpoint.inherited,
      options: options, place: place, isCancelled: isCancelled, report: report)
    let testHash = checkpoint.progress.testHash
    guard prepared.contentHash == checkpoint.progress.contentHash,
      testHash == nil || testHash == TestPart.fileHash(dataset, threads: threads)
    else {
      throw .otherData(training.root, folder: folder.path)
    }
    if let problem = checkpoint.problem(
      for: prepared.shape, validationClips: prepared.validation.targets.count)
    {
      throw .model(.invalidCheckpoint(folder.checkpoint, problem: problem))
    }
    AtomicFile.removeLeftovers(in: folder.path)
    report(.started(folder, recipe: prepared.recipe, shape: prepared.shape))
    let folds = try CrossValidation.plan(
      dataset, by: checkpoint.recipe.folds ?? .off, report: report)
    var teachers: Teachers?
    if let record = checkpoint.recipe.teachers {
      do { teachers = try Teachers(record) } catch { throw .model(error) }
    }
    // The folds begin where the training began.
    if folds != nil, let start = checkpoint.recipe.start {
      do { training.options.start = try StartingModel(start) } catch { throw .model(error) }
    }
    let loop = TrainingLoop(
      prepared, teachers: teachers, resuming: checkpoint, folder: folder, threads: threads)
    return try training.finish(
      loop, prepared, dataset, folds, folder, isCancelled: isCancelled, report: report)
  }

  private func scan(_ report: (TrainingEvent) -> Void) throws(TrainingError) -> Dataset {
    var wanted = options.dataset
    switch options.folds {
    case .bySize, .off: if options.mustHoldOut { wanted.holdOut = .always }
    case .speaker, .count: wanted.holdOut = .never
    }
    let dataset: Dataset
    do {
      dataset = try Dataset.scan(
        root, options: wanted, hasNegatives: options.negatives != nil)
    } catch { throw .dataset(error) }
    report(.scanned(dataset))
    return dataset
  }

  /// Creates the folder `out`, or the next free one with the dataset's name.
  func makeFolder(_ out: FilePath?) throws(FileError) -> RunFolder {
    if let out { return try RunFolder(creating: out) }
    let name = root.lexicallyNormalized().lastComponent
    return try RunFolder(next: name.flatMap { $0.kind == .regular ? $0 : nil } ?? "dataset")
  }

  private func write(
    _ prepared: PreparedData, _ dataset: Dataset, to folder: RunFolder
  ) throws(TrainingError) {
    do {
      try AtomicFile.write(
        CSVCell.table([["path", "reason"]] + prepared.skipped.map { [$0.path, $0.reason] }),
        to: folder.skipped)
      try AtomicFile.write(
        CSVCell.table(
          [["reason", "path"]]
            + dataset.ignored.flatMap { entry in
              entry.names.map { [entry.reason.rawValue, $0] }
            }),
        to: folder.ignored)
      // Written after the other files, by which `UnbegunRun` recognises the folder.
      try AtomicFile.write(prepared.recipe.configText, to: folder.config)
    } catch { throw .file(error) }
  }
}
