import Neural

/// How much memory the epochs of a training take, beside its clips; asked before they begin, because
/// memory that runs out ends the program.
struct TrainingMemory {
  /// A thread's stack, in bytes.
  private static let stack = 8 << 20
  /// Whatever else a training makes, in bytes.
  private static let rest = 24 << 20

  /// In bytes.
  let bytes: Int

  /// Of a training with so many threads.
  init(_ recipe: TrainingRecipe, _ shape: NetworkShape, threads: Int) {
    // The learner's shards have 16 or 32 sequences.
    let shards = (recipe.batch + 15) / 16
    let parameters = ParameterLayout(shape).count
    // Weights, average, best and last; moments; packed both ways; each shard's gradient and two sums;
    // a checkpoint as tensors and as bytes.
    let copies = 4 + 2 + 3 + shards + 2 + 10
    let samples = Int(recipe.window.maximumSeconds * Double(recipe.frontEnd.sampleRate))
    let frames = samples / recipe.frontEnd.hopLength + 1
    // Per frame and sequence of a shard: input twice; of each layer gates, cells, their activation,
    // output, its gradient and what dropout leaves.
    let tape = 2 * shape.features + shape.layers * 18 * shape.hidden
    let rows = min(recipe.batch, 32)
    let passes = min(threads, shards) * rows * frames * tape
    // One batch trains while the next is made of augmented samples.
    let batches = recipe.batch * (2 * frames * shape.features) + threads * 8 * samples
    bytes =
      MemoryLayout<Float>.stride * (copies * parameters + passes + batches)
      + threads * Self.stack + Self.rest
  }
}
