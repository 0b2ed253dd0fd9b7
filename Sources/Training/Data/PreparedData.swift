import Basics
import Datasets
import Neural
import Recognition
import Sound
import SystemPackage

/// A decoded dataset that is ready to train on, with its recipe.
package struct PreparedData: Sendable {
  package let recipe: TrainingRecipe
  /// The labels of the classes, in the order of the posteriors.
  let labels: [String]
  /// The training clips; longer ones as `LongRecordings` gives them.
  package let clips: [LoadedClip]
  /// For those of `clips` that are recordings to draw windows from, by index.
  let windows: [Int: NegativeWindows]
  let noise: NoiseLibrary
  package let validation: ValidationSet
  let normalization: FeatureNormalization
  let skipped: [SkippedClip]
  /// A hash of all audio that decides the result.
  let contentHash: UInt64
  /// The clips that the model will have met.
  let history: ClipHistory
  /// The clips that the start model has met.
  let inherited: ClipHistory
  package let streams: RandomStreams
  /// The dataset's folder or manifest, as named by the user.
  let root: FilePath
  let dataset: Dataset
  package let frontEnds: FrontEndPool

  /// Decodes the training and validation parts and settles the recipe.
  ///
  /// - Parameters:
  ///   - dataset: The clips.
  ///   - root: The dataset's folder or manifest, as named by the user.
  ///   - known: The recipe of a training to be resumed; nil chooses by options and data.
  ///   - inherited: The clips that the start model has met.
  ///   - options: What the person decided.
  ///   - place: The run folder, for decoded clips.
  ///   - isCancelled: Asked before each clip.
  ///   - report: Told of the progress.
  /// - Throws: `TrainingError`.
  package init(
    _ dataset: Dataset, root: FilePath, recipe known: TrainingRecipe? = nil,
    inherited: ClipHistory = ClipHistory(), options: TrainingOptions, place: RunPlace,
    isCancelled: @Sendable () -> Bool, report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) {
    (self.dataset, self.root, self.inherited) = (dataset, root, inherited)
    labels = dataset.labels
    let negatives = try NegativeRecordings(
      known == nil ? options.negatives : known?.negatives, beside: dataset, options.dataset)
    negatives.warnings.forEach { report(.warning($0)) }
    let wanted = dataset.recordings(in: .training) + dataset.recordings(in: .validation)
    // Before any clip is decoded: what does not depend on the size of the data is reported at once.
    if let problem = known?.problem ?? options.problem { throw .option(problem) }
    let format = ClipFormat(of: wanted, recipe: known, options: options)
    // Done before any clip is decoded, so that a folder without noise is reported at once.
    let ownNoise = try Self.ownNoise(recipe: known, options: options)
    let loader = ClipLoader(
      reader: ClipReader(
        AudioDecoder(sampleRate: format.sampleRate, channel: format.channel),
        workers: options.workers),
      threads: options.threads, budget: options.memory, place: place)
    let parts = try DecodedParts(
      wanted + negatives.recordings, labels: labels, loader: loader, options: options,
      isCancelled: isCancelled,
      report: report)
    recipe = known ?? TrainingRecipe(options, for: parts.size(sampleRate: format.sampleRate))
    try recipe.check(classCount: labels.count, threads: options.threads)
    if let problem = options.teachers?.problem(for: recipe, labels: labels) {
      throw .option(problem)
    }
    streams = RandomStreams(seed: recipe.seed)
    noise = try Self.noise(
      dataset.noise + ownNoise, sampleRate: format.sampleRate, options: options, report: report)
    skipped = parts.skipped + noise.skipped
    do {
      clips = try parts.training(
        cutTo: recipe.window, sampleRate: format.sampleRate, report: report)
      // Only where the window was chosen by the clips, and not again in folds or on resuming.
      let given = options.start?.model.window.maximumSeconds ?? 0
      if known == nil, options.maximumClipSeconds == nil, recipe.window.maximumSeconds > given,
        let text = try parts.remarkOfPauses(in: recipe.window, sampleRate: format.sampleRate)
      {
        report(.remark(text))
      }
      normalization = try Self.normalization(clips, recipe: recipe, threads: options.threads)
    } catch { throw .file(error) }
    frontEnds = FrontEndPool(recipe.frontEnd, normalization)
    windows = Self.windows(clips, negatives, recipe)
    validation = ValidationSet(
      Self.cutIntoWindows(parts.validation, negatives, recipe), noise: noise, recipe: recipe,
      frontEnds: frontEnds, labels: labels)
    history = Self.history(parts, noise, inherited)
    if let warning = parts.leak(given: history) { report(.warning(warning)) }
    contentHash = parts.contentHash(with: noise)
  }

  /// The shape of the network for this data.
  package var shape: NetworkShape {
    recipe.shape(features: normalization.mean.count, classCount: labels.count)
  }

  /// The training clips by class, for drawing epochs.
  package var classes: TrainingClips {
    TrainingClips(
      clips.map { ($0.recording.label, $0.recording.word, $0.recording.splitKey) },
      windows: windows.mapValues(\.count), short: Set(windows.filter(\.value.isShort).keys))
  }

  /// Makes the batches of the training part.
  package func batchMaker(threads: Int) -> BatchMaker {
    BatchMaker(
      clips: clips, windows: windows, noise: noise, recipe: recipe, frontEnds: frontEnds,
      streams: streams, classes: Dictionary(uniqueKeysWithValues: zip(labels, 0...)),
      threads: threads)
  }

  /// The share of each class among the examples of an epoch, by its weight in the loss; a model
  /// answers for equal shares.
  ///
  /// Each epoch draws the same shares, but for roundings, so the first stands for all. Windows of
  /// running speech do not count: a clip of one word is not one, so they say nothing of how frequent
  /// unknown words are among clips, unless there are no others.
  package var prior: ClassPrior {
    var generator = streams.plan(epoch: 1)
    let plan = EpochPlan(classes, recipe: recipe, using: &generator)
    var counts: [String: Int] = [:]
    var windowCount = 0
    for item in plan.items {
      switch item {
      case .window, .half: windowCount += 1
      case .clip, .splice, .inSpeech, .silence:
        counts[item.label { clips[$0].recording.label }, default: 0] += 1
      }
    }
    if counts[ClassLabel.unknown] == nil { counts[ClassLabel.unknown] = windowCount }
    let weights = classWeights ?? labels.map { _ in 1 }
    // A class that the first epoch does not draw is rare, not impossible.
    let sums = zip(labels, weights).map { max(0.5, Double(counts[$0, default: 0])) * $1 }
    let total = sums.reduce(0, +)
    return ClassPrior(
      trained: Dictionary(uniqueKeysWithValues: zip(labels, sums.map { $0 / total })),
      target: .equal)
  }

  /// Weight of each class in the loss: equal, or lower for classes with more clips.
  var classWeights: [Double]? {
    guard recipe.balancesClasses else { return nil }
    let clipCounts = clips.reduce(into: [:]) { $0[$1.recording.label, default: 0] += 1 }
    let counts = labels.map { clipCounts[$0, default: 0] }
    let counted = counts.filter { $0 > 0 }
    let mean = Double(counted.reduce(0, +)) / Double(max(1, counted.count))
    return counts.map { $0 == 0 ? 1 : mean / Double($0) }
  }
}
