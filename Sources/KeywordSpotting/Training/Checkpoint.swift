#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Neural
import SystemPackage

/// Everything that a training needs to go on as if it had never stopped.
///
/// The generators need no state of their own: each draw follows from the seed, the epoch and the
/// place in the epoch's plan.
struct Checkpoint: Sendable {
  private static let metadataKey = "kws-checkpoint"

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
  }

  /// What stands beside the tensors.
  private struct Metadata: Codable {
    /// Bytes, in base 64: a path need not be UTF-8.
    var root: Data
    var recipe: TrainingRecipe
    var progress: Progress
  }

  /// The epoch whose weights are kept.
  struct Best: Codable, Equatable, Sendable {
    var epoch: Int
    var correct: Int
    var loss: Double
  }

  /// The dataset's folder or manifest, as it was named.
  var root: FilePath
  var recipe: TrainingRecipe
  var progress: Progress
  /// The weights that the optimizer moves.
  var parameters: [Float]
  /// Their exponential average.
  var average: [Float]
  /// The optimizer's moments, as many as its kind has.
  var moments: [[Float]]
  /// The weights of the best epoch so far; empty before the first epoch's end.
  var best: [Float]

  /// Writes the checkpoint in place of the one before.
  func write(to path: FilePath) throws(FileError) {
    let metadata = Metadata(root: Data(root.bytes), recipe: recipe, progress: progress)
    let text = String(decoding: try! jsonEncoder().encode(metadata), as: UTF8.self)
    var tensors = [
      Tensor(name: "parameters", shape: [parameters.count], values: parameters),
      Tensor(name: "average", shape: [average.count], values: average),
      Tensor(name: "best", shape: [best.count], values: best),
    ]
    for (index, moment) in moments.enumerated() {
      tensors.append(Tensor(name: "moment.\(index)", shape: [moment.count], values: moment))
    }
    try AtomicFile.write(
      Safetensors(metadata: [Self.metadataKey: text], tensors: tensors).encoded(), to: path)
  }

  /// Reads a checkpoint; as a model file, it is checked in every part.
  init(contentsOf path: FilePath) throws(ModelError) {
    let bytes: [UInt8]
    do { bytes = try readFile(path, limit: KeywordModel.maximumFile) } catch { throw .file(error) }
    let container: Safetensors
    do { container = try Safetensors(decoding: bytes) } catch {
      throw .invalid(path, problem: "\(error)")
    }
    guard let text = container.metadata[Self.metadataKey] else {
      throw .invalid(path, problem: "it is no checkpoint of kws")
    }
    do { _ = try JSONValue(parsing: ArraySlice(text.utf8)) } catch {
      throw .invalid(path, problem: "the metadata is not valid JSON: \(error)")
    }
    do {
      let metadata = try JSONDecoder().decode(Metadata.self, from: Data(text.utf8))
      root = FilePath(bytes: Array(metadata.root))
      (recipe, progress) = (metadata.recipe, metadata.progress)
    } catch { throw .invalid(path, problem: decodingProblem(error)) }
    if let problem = recipe.problem ?? progress.problem { throw .invalid(path, problem: problem) }
    guard let parameters = container["parameters"]?.values,
      let average = container["average"]?.values, let best = container["best"]?.values,
      average.count == parameters.count, best.isEmpty || best.count == parameters.count
    else { throw .invalid(path, problem: "its weights are missing or differ in number") }
    (self.parameters, self.average, self.best) = (parameters, average, best)
    moments = []
    while let moment = container["moment.\(moments.count)"] {
      guard moment.values.count == parameters.count else {
        throw .invalid(path, problem: "its optimizer state does not fit its weights")
      }
      moments.append(moment.values)
    }
  }

  init(
    root: FilePath, recipe: TrainingRecipe, progress: Progress, parameters: [Float],
    average: [Float], moments: [[Float]], best: [Float]
  ) {
    self.root = root
    (self.recipe, self.progress, self.parameters) = (recipe, progress, parameters)
    (self.average, self.moments, self.best) = (average, moments, best)
  }
}

extension Checkpoint {
  /// How these weights disagree with the network of the data and recipe, or nil.
  func problem(for shape: NetworkShape) -> String? {
    let layout = ParameterLayout(shape)
    if parameters.count != layout.count {
      return "\(parameters.count) weights for a network of \(layout.count)"
    }
    let slots = recipe.optimizer.optimizer(for: layout, of: Float.self).state.slots.count
    if moments.count != slots {
      return "\(moments.count) moments for an optimizer of \(slots)"
    }
    if best.isEmpty && (progress.best != nil || progress.epoch > 1) {
      return "the best epoch's weights are missing"
    }
    return nil
  }
}

extension Checkpoint.Progress {
  /// What is wrong with the numbers, or nil.
  var problem: String? {
    let counts = [epoch - 1, step, updates, epochsWithoutGain, sums.steps, sums.examples]
    guard counts.allSatisfy({ (0...1 << 50).contains($0) }) else {
      return "progress that makes no sense: epoch \(epoch), step \(step), \(updates) updates"
    }
    return rows.isEmpty && epoch > 1 ? "the rows of the epochs done are missing" : nil
  }
}
