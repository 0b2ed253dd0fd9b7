import Basics
import Neural
import Sound

/// Measures the speed of the parts on this machine: front end, training step, inference.
///
/// Times on a shared machine are noisy; compare ratios within one run.
public struct Benchmark: Sendable {
  /// Number of threads for the training step and for batches.
  public var threads: Int
  /// Least time for each figure, in seconds.
  public var seconds = 1.0

  /// Makes a benchmark on `threads` threads.
  public init(threads: Int) { self.threads = threads }

  /// Runs every part; `report` is called with each figure.
  public func run(_ report: (BenchmarkResult) throws -> Void) rethrows {
    let one = ProcessorPeak.gigaflops(threads: 1)
    let all = threads == 1 ? one : ProcessorPeak.gigaflops(threads: threads)
    try report(peak(one, threads: 1))
    if threads > 1 { try report(peak(all, threads: threads)) }
    try report(frontEnd())
    for (hidden, batch) in Workload.trainingSteps {
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
    let frontEnd = try! FrontEnd(Workload.frontEnd)
    let clips = Workload.noiseClips(100)
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
    let work = Workload.Step(hidden: hidden, batch: batch)
    var network = work.network
    let learner = Learner<Float>(shape: network.shape, threads: threads)
    var optimizer = OptimizerOptions().optimizer(for: network.layout, of: Float.self)
    let time = Stopwatch(seconds: seconds).time {
      let result = learner.gradients(network, work.sequences, targets: work.targets)
      optimizer.update(&network.parameters, gradients: result.gradients, learningRate: 1e-3)
    }
    // Forward, gradient of the weights, gradient of the inputs: the usual three.
    return work.result("training step", time, threads: threads, passes: 3, peak: peak)
  }

  /// From features to logits, one thread.
  private func inference(layers: Int, batch: Int, peak: Double) -> BenchmarkResult {
    let work = Workload.Step(layers: layers, hidden: 128, batch: batch)
    let inference = Inference(work.network, threads: 1)
    let time = Stopwatch(seconds: seconds).time { _ = inference.logits(work.sequences) }
    return work.result("inference", time, threads: 1, passes: 1, peak: peak)
  }
}

extension Workload.Step {
  /// A line of the benchmark; `passes` is the number of forward passes that the work is worth, by its
  /// matrix products.
  fileprivate func result(
    _ name: String, _ time: (median: Double, best: Double), threads: Int, passes: Double,
    peak: Double
  ) -> BenchmarkResult {
    let (shape, batch) = (network.shape, targets.count)
    let operations = passes * Double(batch) * shape.forwardOperations(frames: Workload.frameCount)
    let gigaflops = operations / time.median / 1e6
    return BenchmarkResult(
      name: name,
      shape: "\(shape.layers) x \(shape.hidden), B \(batch), T \(Workload.frameCount), "
        + "F \(shape.features), C \(shape.classes)",
      threads: threads, milliseconds: time.median, best: time.best,
      rate: Double(batch) * 1000 / time.median, unit: "clips/s", gigaflops: gigaflops,
      share: gigaflops / peak)
  }
}
