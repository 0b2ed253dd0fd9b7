import Neural
import Recognition
import SystemPackage

/// The complete state of a training, with which it can be resumed exactly.
///
/// Random generators need no state: each draw depends only on the seed, the epoch and the place in
/// the epoch's plan.
package struct Checkpoint: Sendable {
  /// The part that is stored as JSON.
  struct Progress: Codable, Equatable, Sendable {
    /// The current epoch, from 1.
    var epoch = 1
    /// Number of updates done in this epoch.
    var step = 0
    /// Number of all updates done.
    var updates = 0
    var sums = EpochSums()
    var rows: [EpochMetrics] = []
    var best: Best?
    /// Number of epochs since the best one.
    var epochsWithoutGain = 0
    var plateau: ReduceOnPlateau
    /// A hash of the clips and noise that were trained on; a resumed training must find the same.
    var contentHash: UInt64 = 0
    /// A hash of the test clips, which are measured at the end; nil in a checkpoint of format 1.
    var testHash: UInt64?
  }

  /// The epoch whose weights are kept.
  struct Best: Codable, Equatable, Sendable {
    var epoch: Int
    /// Number of right answers on the validation part.
    var correct: Int
    /// `HeldOutLogits.leastLoss` of the validation part.
    var loss: Double

    /// Compares the losses.
    ///
    /// Right answers would be decided by the most frequent class, which is often the unknown words.
    func isBetter(than other: Best) -> Bool { loss < other.loss }
  }

  /// The dataset's folder or manifest, as named by the user.
  var root: FilePath
  var recipe: TrainingRecipe
  /// The clips that the start model has met.
  var inherited: ClipHistory
  var progress: Progress
  /// The weights that the optimizer updates.
  var parameters: [Float]
  /// The exponential average of the weights.
  var average: [Float]
  /// The optimizer's slots.
  var moments: [[Float]]
  /// The weights of the best epoch so far; empty before the end of the first epoch.
  var best: [Float]

  init(
    root: FilePath, recipe: TrainingRecipe, inherited: ClipHistory, progress: Progress,
    parameters: [Float], average: [Float], moments: [[Float]], best: [Float]
  ) {
    (self.root, self.inherited) = (root, inherited)
    (self.recipe, self.progress, self.parameters) = (recipe, progress, parameters)
    (self.average, self.moments, self.best) = (average, moments, best)
  }
}
