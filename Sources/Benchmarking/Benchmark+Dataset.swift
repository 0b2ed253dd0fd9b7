import Basics
import Datasets
import Neural
import Recognition
import Sound
import Synchronization
import SystemPackage
import Training

extension Benchmark {
  /// Measures all steps on a dataset: decoding, front end, augmentation, two training epochs as in
  /// `kws train`, and recognition.
  ///
  /// - Parameters:
  ///   - training: The dataset and its training options; `epochs` is not used.
  ///   - scratch: A folder to create, for the files of a training.
  ///   - report: Called with each figure.
  /// - Throws: `TrainingError`, and errors of `report`.
  public func run(
    _ training: Training, scratch: FilePath, _ report: (BenchmarkResult) throws -> Void
  ) throws {
    var options = training.options
    (options.epochs, options.patience, options.threads) = (2, 0, threads)
    let peak = ProcessorPeak.gigaflops(threads: threads)
    let place = RunPlace { () throws(FileError) in try RunFolder(creating: scratch) }
    let start = ContinuousClock.now
    let decoded = Mutex(start)
    let data: PreparedData
    let dataset = try Dataset.scan(training.root, options: options.dataset)
    data = try PreparedData(
      dataset, root: training.root, options: options, place: place, isCancelled: { false }
    ) { event in
      if case .decoding(let done, let total) = event, done == total {
        decoded.withLock { $0 = .now }
      }
    }
    let preparing = (ContinuousClock.now - start).seconds
    let wanted = dataset.recordings(in: .training) + dataset.recordings(in: .validation)
    try report(
      row(
        "decoding", "\(wanted.count) files", (decoded.withLock { $0 } - start).seconds,
        clips: wanted.count))

    var seconds = try measured { try frontEnd(data) }
    try report(
      row("front end", "\(data.clips.count) clips from memory", seconds, clips: data.clips.count))
    var generator = data.streams.plan(epoch: 1)
    let plan = EpochPlan(data.classes, recipe: data.recipe, using: &generator)
    let batch = data.recipe.batch
    let maker = data.batchMaker(threads: threads)
    seconds = try measured {
      for step in 0..<(plan.items.count + batch - 1) / batch {
        _ = try maker.batch(plan.batch(step, size: batch), epoch: 1)
      }
    }
    let shape = "\(data.recipe.layers) x \(data.recipe.hidden), B \(batch)"
    try report(
      row(
        "augmentation and front end", "B \(batch), \(plan.items.count) clips", seconds,
        clips: plan.items.count))

    var epochs: [Double] = []
    var loop = TrainingLoop(
      data, resuming: nil, folder: try place.folder(), threads: threads)
    let result = try loop.run(isCancelled: { false }) { event in
      if case .epoch(let metrics, _, _) = event { epochs.append(metrics["seconds"] ?? .nan) }
    }
    let work = operations(data) * Double(plan.items.count)
    let clips = "\(plan.items.count) clips, \(data.validation.targets.count) for validation"
    try report(
      row(
        "first epoch, with decoding", "\(shape), \(clips)", preparing + epochs[0],
        clips: plan.items.count))
    try report(
      row(
        "training epoch", "\(shape), \(clips)", epochs[1], clips: plan.items.count,
        gigaflops: work / epochs[1] / 1e9, peak: peak))

    let files = wanted.prefix(2_000).map { ClipSource.file($0.path) }
    let classifier = Classifier(
      try data.model(result, threads: threads), threads: threads, workers: options.workers)
    seconds = measured {
      // Groups of the same size as in `kws classify`.
      for first in stride(from: 0, to: files.count, by: 64) {
        _ = classifier.classify(Array(files[first..<min(files.count, first + 64)]))
      }
    }
    try report(row("files to words", "\(shape), \(files.count) files", seconds, clips: files.count))
  }

  /// Computes the features of every training clip, without augmentation.
  private func frontEnd(_ data: PreparedData) throws(FileError) {
    _ = try Parallel.map(data.clips.count, threads: threads) { index, _ throws(FileError) in
      let samples = try data.clips[index].samples.read()
      return data.frontEnds.lend {
        ClipFeatures.features(of: samples, window: data.recipe.window, frontEnd: $0).frameCount
      }
    }
  }

  /// Floating-point operations of the matrix products of one training step, for one clip of the
  /// mean recorded length: forward pass, gradients of the weights, gradients of the inputs.
  private func operations(_ data: PreparedData) -> Double {
    let samples = data.clips.reduce(0) { $0 + $1.samples.count } / max(1, data.clips.count)
    let frames = data.frontEnds.lend { $0.frameCount(sampleCount: samples) }
    return 3 * data.shape.forwardOperations(frames: frames)
  }

  private func measured(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start).seconds
  }

  private func row(
    _ name: String, _ shape: String, _ seconds: Double, clips: Int, gigaflops: Double? = nil,
    peak: Double = 1
  ) -> BenchmarkResult {
    BenchmarkResult(
      name: name, shape: shape, threads: threads, milliseconds: seconds * 1000,
      best: seconds * 1000, rate: Double(clips) / seconds, unit: "clips/s", gigaflops: gigaflops,
      share: gigaflops.map { $0 / peak })
  }
}

extension NetworkShape {
  /// Floating-point operations of the matrix products in one forward pass over a clip of T frames.
  func forwardOperations(frames: Int) -> Double {
    let lstm = (0..<layers).reduce(0) { sum, layer in
      sum + 2 * directions.rawValue * frames * 4 * hidden * (inputs(ofLayer: layer) + hidden)
    }
    return Double(lstm + 2 * pooled * classes)
  }
}
