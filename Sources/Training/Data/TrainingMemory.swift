import Neural

/// The memory that the epochs of a training need, without its clips.
///
/// It is checked before they begin, because the program ends if memory runs out.
struct TrainingMemory {
  /// Stack of a thread, in bytes.
  private static let stack = 8 << 20
  /// Everything else, in bytes.
  private static let rest = 24 << 20

  /// The memory, in bytes.
  let bytes: Int

  /// Estimates the memory of a training with `threads` threads.
  init(_ recipe: TrainingRecipe, _ shape: NetworkShape, threads: Int) {
    // The learner's shards have 16 or 32 sequences.
    let shards = (recipe.batch + 15) / 16
    let parameters = ParameterLayout(shape).count
    // Weights, average, best and last; moments; packed weights for both passes; each shard's
    // gradients and two sums; a checkpoint as tensors and as bytes.
    let copies = 4 + 2 + 3 + shards + 2 + 10
    let samples = Int(recipe.window.maximumSeconds * Double(recipe.frontEnd.sampleRate))
    let frames = samples / recipe.frontEnd.hopLength + 1
    // Per frame and sequence of a shard: the input twice; for each layer gates, cells, their
    // activation, output, its gradient and the output after dropout.
    let tape = 2 * shape.features + shape.layers * 18 * shape.hidden
    let rows = min(recipe.batch, 32)
    let passes = min(threads, shards) * rows * frames * tape
    // One batch is trained on while the next is made.
    let batches = recipe.batch * (2 * frames * shape.features) + threads * 8 * samples
    bytes =
      MemoryLayout<Float>.stride * (copies * parameters + passes + batches)
      + threads * Self.stack + Self.rest
  }
}
