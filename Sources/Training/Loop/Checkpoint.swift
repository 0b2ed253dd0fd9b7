import Neural
import Recognition
import SystemPackage

/// Everything that a training needs to go on as if it had never stopped.
///
/// The generators need no state of their own: each draw follows from the seed, the epoch and the
/// place in the epoch's plan.
package struct Checkpoint: Sendable {
  /// The part that is stored as JSON.
  struct Progress: Codable, Equatable, Sendable {
    /// The epoch under way, from 1.
    var epoch = 1
    /// Updates done in that epoch.
    var step = 0
    /// Updates done in all.
    var updates = 0
    var sums = EpochSums()
    var rows: [EpochMetrics] = []
    var best: Best?
    /// Epochs since the best one.
    var epochsWithoutGain = 0
    var plateau: ReduceOnPlateau
    /// Names the clips and noise that were trained on; a resumed training must find the same.
    var contentHash: UInt64 = 0
    /// Names the clips that will be measured at the end; nil in a checkpoint of format 1.
    var testHash: UInt64?
  }

  /// The epoch whose weights are kept.
  struct Best: Codable, Equatable, Sendable {
    var epoch: Int
    /// Right answers on the validation part.
    var correct: Int
    /// Mean loss on the validation part.
    var loss: Double

    /// More right answers are better, then the lower loss.
    func isBetter(than other: Best) -> Bool {
      correct > other.correct || (correct == other.correct && loss < other.loss)
    }
  }

  /// The dataset's folder or manifest, as it was named.
  var root: FilePath
  var recipe: TrainingRecipe
  /// What the model that the weights started from has met.
  var inherited: ClipHistory
  var progress: Progress
  /// The weights that the optimizer moves.
  var parameters: [Float]
  /// Their exponential average.
  var average: [Float]
  /// The optimizer's moments, as many as its kind has.
  var moments: [[Float]]
  /// The weights of the best epoch so far; empty before the first epoch's end.
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
