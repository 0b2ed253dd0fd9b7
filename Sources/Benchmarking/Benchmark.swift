import Basics
import Neural
import Sound

/// Measures the parts at work on this machine: front end, training step, inference.
///
/// Times on a shared machine are noisy; compare ratios within one run.
public struct Benchmark: Sendable {
  /// Threads of the training step and of batches.
  public var threads: Int
  /// At least so long for each figure, in seconds.
  public var seconds = 1.0

  /// A benchmark on `threads` threads.
  public init(threads: Int) { self.threads = threads }

  /// Runs every part; `report` gets each figure as it comes.
  public func run(_ report: (BenchmarkResult) throws -> Void) rethrows {
    let one = ProcessorPeak.gigaflops(threads: 1)
    let all = threads == 1 ? one : ProcessorPeak.gigaflops(threads: threads)
    try report(peak(one, threads: 1))
    if threads > 1 { try report(peak(all, threads: threads)) }
    try report(frontEnd())
    for (hidden, batch) in [(64, 64), (128, 64), (256, 128)] {
      try report(trainingStep(hidden: hidden, batch: batch, peak: all))
    }
    for layers in [1, 2] {
      try report(inference(layers: layers, batch: 1, peak: one))
      try report(inference(layers: layers, batch: 64, peak: one))
    }
  }

  private func peak(_ gigaflops: Double, threads: Int) -> BenchmarkResult {
    BenchmarkResult(
      name: "multiply-adds", shape: ProcessorPeak.kernels, threads: threads, milliseconds: 0,
      best: 0, rate: gigaflops * 1e9, unit: "operations/s", gigaflops: gigaflops, share: 1)
  }

  /// MFCC of one-second clips from memory, one thread.
  private func frontEnd() -> BenchmarkResult {
    var options = FrontEndOptions(preset: .kws, sampleRate: 16_000)
    // As the peers' features: 98 frames a second of 40 coefficients.
    options.hopMilliseconds = 10
    (options.coefficients, options.deltaOrder) = (40, 0)
    let frontEnd = try! FrontEnd(options)
    var generator = SeededGenerator(seed: 0)
    let clips = (0..<100).map { _ in
      (0..<16_000).map { _ in Float(generator.uniform(-0.3, 0.3)) }
    }
    let time = Stopwatch(seconds: seconds).time {
      for clip in clips { _ = try! frontEnd.features(of: clip) }
    }
    let each = time.median / Double(clips.count)
    return BenchmarkResult(
      name: "front end", shape: "MFCC-\(frontEnd.featureCount), 1 s at 16 kHz", threads: 1,
      milliseconds: each, best: time.best / Double(clips.count), rate: 1000 / each,
      unit: "x real time", gigaflops: nil, share: nil)
  }

  /// Forward, loss, backward and Adam step.
  private func trainingStep(hidden: Int, batch: Int, peak: Double) -> BenchmarkResult {
    let work = Work(layers: 1, hidden: hidden, batch: batch)
    var network = work.network
    let learner = Learner<Float>(shape: work.shape, threads: threads)
    var optimizer = OptimizerOptions().optimizer(for: network.layout, of: Float.self)
    let targets = (0..<batch).map { $0 % work.shape.classes }
    let time = Stopwatch(seconds: seconds).time {
      let result = learner.gradients(network, work.sequences, targets: targets)
      optimizer.update(&network.parameters, gradients: result.gradients, learningRate: 1e-3)
    }
    // Forward, gradient of the weights, gradient of the inputs: the usual three.
    return work.result(
      "training step", time, threads: threads, operations: 3 * work.forwardOperations, peak: peak)
  }

  /// From features to logits, one thread.
  private func inference(layers: Int, batch: Int, peak: Double) -> BenchmarkResult {
    let work = Work(layers: layers, hidden: 128, batch: batch)
    let inference = Inference(work.network, threads: 1)
    let time = Stopwatch(seconds: seconds).time { _ = inference.logits(work.sequences) }
    return work.result(
      "inference", time, threads: 1, operations: work.forwardOperations, peak: peak)
  }
}

/// A network and a batch of the sizes that the peers are measured with: T 98, F 40, 12 classes.
private struct Work {
  let shape: NetworkShape
  let network: Network<Float>
  let sequences: SequenceBatch<Float>
  private let frames = 98
  private let batch: Int

  init(layers: Int, hidden: Int, batch: Int) {
    shape = NetworkShape(
      features: 40, hidden: hidden, layers: layers, classes: 12, pooling: .mean)
    var generator = SeededGenerator(seed: 0)
    network = Network(shape: shape, using: &generator)
    let numbers = (0..<batch).map { _ in
      (0..<98 * 40).map { _ in Float(generator.normal()) }
    }
    sequences = SequenceBatch(featureCount: 40, sequences: numbers)
    self.batch = batch
  }

  /// Floating-point operations of the matrix products of one forward pass over the batch.
  var forwardOperations: Double { Double(batch) * shape.forwardOperations(frames: frames) }

  func result(
    _ name: String, _ time: (median: Double, best: Double), threads: Int, operations: Double,
    peak: Double
  ) -> BenchmarkResult {
    let gigaflops = operations / time.median / 1e6
    return BenchmarkResult(
      name: name,
      shape: "\(shape.layers) x \(shape.hidden), B \(batch), T \(frames), F 40, C 12",
      threads: threads, milliseconds: time.median, best: time.best,
      rate: Double(batch) * 1000 / time.median, unit: "clips/s", gigaflops: gigaflops,
      share: gigaflops / peak)
  }
}
