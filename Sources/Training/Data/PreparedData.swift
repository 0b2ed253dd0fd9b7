import Basics
import Datasets
import Neural
import Recognition
import Sound
import SystemPackage

/// A dataset decoded and ready to train on, with the recipe that fits it.
package struct PreparedData: Sendable {
  package let recipe: TrainingRecipe
  /// The classes, in the order of the posteriors.
  let labels: [String]
  /// The training part; longer clips are cut at their loudest window.
  package let clips: [LoadedClip]
  let noise: NoiseLibrary
  package let validation: ValidationSet
  let normalization: FeatureNormalization
  let skipped: [SkippedClip]
  /// Names all the audio that decides the result.
  let contentHash: UInt64
  /// Which clips the model will have met.
  let history: ClipHistory
  /// What the model that the weights start from has met.
  let inherited: ClipHistory
  package let streams: RandomStreams
  /// The dataset's folder or manifest, as the person named it.
  let root: FilePath
  let dataset: Dataset
  package let frontEnds: FrontEndPool

  /// Decodes the training and validation parts and settles the recipe.
  ///
  /// - Parameters:
  ///   - dataset: The clips.
  ///   - root: The dataset's folder or manifest, as the person named it.
  ///   - known: The recipe of a training to be resumed; nil chooses by options and data.
  ///   - inherited: What the model that the weights start from has met.
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
    let wanted = dataset.recordings(in: .training) + dataset.recordings(in: .validation)
    // Before any clip is decoded: what the size of the data has no say in is told at once.
    if let problem = known?.problem ?? options.problem { throw .option(problem) }
    let rate =
      known?.frontEnd.sampleRate ?? options.start?.model.frontEnd.sampleRate ?? options.sampleRate
      ?? Self.usualRate(wanted, options.workers)
    let channel =
      known == nil ? options.channel ?? options.start?.model.channel : known?.channel
    // A folder without noise, too.
    let noiseFolder = known.map(\.noiseFolder) ?? options.noiseFolder?.bytes
    let ownNoise: [NoiseRecording]
    do {
      ownNoise =
        try noiseFolder.map { path throws(FileError) in
          try NoiseRecording.below(FilePath(bytes: path))
        } ?? []
    } catch { throw .file(error) }
    let reader = ClipReader(
      AudioDecoder(sampleRate: rate, channel: channel), workers: options.workers)
    let loader = ClipLoader(
      reader: reader, threads: options.threads, budget: options.memory, place: place)
    let (loaded, skipped): ClipLoader.Loaded
    do {
      (loaded, skipped) = try loader.load(wanted, isCancelled: isCancelled, report: report)
    } catch { throw .file(error) }
    if isCancelled() { throw .interruptedEarly }
    try Self.check(skipped, of: wanted.count, options)

    let training = loaded.filter { $0.recording.split == .training }
    let trained = Set(training.map(\.recording.label))
    for label in dataset.labels where label != ClassLabel.silence {
      guard trained.contains(label) else {
        let clips = wanted.count { $0.label == label && $0.split == .training }
        throw .classWithoutClips(label, clips: clips)
      }
    }
    let size = TrainingDataSize(
      keywordClips: training.count { ClassLabel.isKeyword($0.recording.label) },
      speakers: Self.speakerCount(training),
      hasUnknown: training.contains { $0.recording.label == ClassLabel.unknown },
      usualSeconds: Self.usualSeconds(training, rate: rate), sampleRate: rate)
    let recipe = known ?? TrainingRecipe(options, for: size)
    if let problem = recipe.problem { throw .option(problem) }
    let frontEnd: FrontEnd
    do { frontEnd = try FrontEnd(recipe.frontEnd) } catch { throw .frontEnd(error) }
    let network = NetworkShape(
      features: frontEnd.featureCount, hidden: recipe.hidden, layers: recipe.layers,
      classes: dataset.labels.count, pooling: recipe.pooling)
    if let problem = recipe.window.problem(with: frontEnd, network) {
      throw .option(
        .unfit(
          option: "max-clip-seconds", value: "\(recipe.window.maximumSeconds)", problem: problem))
    }
    do {
      try MemoryBudget.check(TrainingMemory(recipe, network, threads: options.threads).bytes)
    } catch { throw .memory(error) }
    self.recipe = recipe
    streams = RandomStreams(seed: recipe.seed)
    labels = dataset.labels
    // Noise is mixed to one channel, whichever one the clips are heard on.
    let mixing = ClipReader(AudioDecoder(sampleRate: rate), workers: options.workers)
    do {
      noise = NoiseLibrary(dataset.noise + ownNoise, reader: mixing) {
        report(.warning($0))
      }
      clips = try training.map { clip throws(FileError) in
        try Self.cut(clip, recipe.window, rate: rate)
      }
      if let known = recipe.start?.normalization {
        normalization = known
      } else {
        normalization = try Self.normalization(clips, recipe: recipe, threads: options.threads)
      }
    } catch { throw .file(error) }
    if options.isStrict, let first = noise.skipped.first {
      throw .badClips(
        bad: noise.skipped.count, total: noise.recordingCount, first: first.reason, isStrict: true)
    }
    self.skipped = skipped + noise.skipped
    frontEnds = FrontEndPool(recipe.frontEnd, normalization)
    let held = loaded.filter { $0.recording.split == .validation }
    validation = ValidationSet(
      held, noise: noise, recipe: recipe, frontEnds: frontEnds, labels: labels)
    let history = Self.history(training, held, noise, inherited)
    self.history = history
    let leaked = held.count { history.trained.contains($0.contentHash) }
    if leaked > 0 {
      report(
        .warning(
          "\(leaked) of \(held.count) validation clips are identical to clips that this training, or "
            + "the model that it starts from, is trained on: the choice of the epoch suffers"))
    }
    contentHash = (training + held).reduce(noise.contentHashes.reduce(0) { $0 &* 31 &+ $1 }) {
      let label = StableHash.bucket(of: $1.recording.label, count: .max)
      return ($0 &* 31 &+ $1.contentHash) &* 31 &+ UInt64(label)
    }
  }

  /// Sizes of the network for this data.
  package var shape: NetworkShape {
    NetworkShape(
      features: normalization.mean.count, hidden: recipe.hidden, layers: recipe.layers,
      directions: recipe.directions ?? .both, classes: labels.count, pooling: recipe.pooling)
  }

  /// The training clips by class, as an epoch draws them.
  package var classes: TrainingClips {
    TrainingClips(
      clips.map { ($0.recording.label, $0.recording.word, $0.recording.splitKey) })
  }

  /// Makes the batches of the training part.
  package func batchMaker(threads: Int) -> BatchMaker {
    BatchMaker(
      clips: clips, noise: noise, recipe: recipe, frontEnds: frontEnds,
      streams: streams, classes: Dictionary(uniqueKeysWithValues: zip(labels, 0...)),
      threads: threads)
  }

  /// Weight of each class in the loss: equal, or falling with the number of its clips.
  var classWeights: [Double]? {
    guard recipe.balancesClasses else { return nil }
    let clipCounts = clips.reduce(into: [:]) { $0[$1.recording.label, default: 0] += 1 }
    let counts = labels.map { clipCounts[$0, default: 0] }
    let counted = counts.filter { $0 > 0 }
    let mean = Double(counted.reduce(0, +)) / Double(max(1, counted.count))
    return counts.map { $0 == 0 ? 1 : mean / Double($0) }
  }

  /// Speakers of these clips; nil where one of them is not known.
  private static func speakerCount(_ clips: [LoadedClip]) -> Int? {
    let speakers = clips.map(\.recording.speaker)
    return speakers.contains(nil) ? nil : Set(speakers).count
  }

  /// The most frequent rate among up to 32 clips spread over the part, at most 16 kHz: what is
  /// said lies below 8 kHz.
  private static func usualRate(_ recordings: [Recording], _ workers: DecodingWorkers?) -> Int {
    let reader = ClipReader(AudioDecoder(), workers: workers)
    let step = max(1, recordings.count / 32)
    var counts: [Int: Int] = [:]
    for index in stride(from: 0, to: recordings.count, by: step) {
      guard let clip = try? reader.read(recordings[index].path) else { continue }
      counts[clip.source.sampleRate, default: 0] += 1
    }
    let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    return min(16_000, usual?.key ?? 16_000)
  }

  /// The longest duration in seconds; with a few far longer clips among them, the one that 95% of
  /// the clips do not exceed.
  private static func usualSeconds(_ clips: [LoadedClip], rate: Int) -> Double {
    let counts = clips.map(\.samples.count).sorted()
    guard !counts.isEmpty else { return 1 }
    let usual = counts[min(counts.count - 1, counts.count * 95 / 100)]
    let longest = counts[counts.count - 1]
    return Double(longest <= 2 * usual ? longest : usual) / Double(rate)
  }

  /// The clip as training hears it: its loudest window.
  private static func cut(
    _ clip: LoadedClip, _ window: ClipWindow, rate: Int
  ) throws(FileError) -> LoadedClip {
    guard clip.samples.count > window.length(sampleRate: rate) else { return clip }
    var clip = clip
    clip.samples = clip.samples.part(
      window.loudestWindow(try clip.samples.read(), sampleRate: rate))
    return clip
  }

  private static func check(
    _ skipped: [SkippedClip], of total: Int, _ options: TrainingOptions
  ) throws(TrainingError) {
    guard let first = skipped.first, options.refuses(skipped.count, of: total) else { return }
    throw .badClips(
      bad: skipped.count, total: total, first: first.reason, isStrict: options.isStrict)
  }
}
