import Neural
import SystemPackage

/// What a training tells while it runs; the command decides how to show it.
public enum TrainingEvent: Sendable {
  /// The folder has been listed.
  case scanned(Dataset)
  /// So many of so many clips have been decoded.
  case decoding(done: Int, total: Int)
  /// The recipe is settled and the folder made.
  case started(RunFolder, recipe: TrainingRecipe, shape: NetworkShape)
  /// One update of the weights.
  case step(epoch: Int, step: Int, steps: Int, loss: Double)
  /// One epoch is over.
  case epoch(EpochMetrics, isBest: Bool, epochs: Int)
  /// Something that the person should know.
  case warning(String)
}

/// Why a training did not end with a model, in one sentence.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
  /// The dataset cannot be used.
  case dataset(DatasetError)
  /// A file or folder cannot be read or written.
  case file(FileError)
  /// A checkpoint or model cannot be read.
  case model(ModelError)
  /// An option has an impossible value.
  case option(String)
  /// Too many clips cannot be read.
  case badClips(bad: Int, total: Int, first: String, isStrict: Bool)
  /// The clips are not those that a training to be resumed began with.
  case otherData(FilePath, folder: FilePath)
  /// The loss is no number any more.
  case notFinite(epoch: Int, step: Int, gradientNorm: Double)
  /// The training was asked to stop; its checkpoint is written.
  case interrupted(FilePath)
  /// The training was asked to stop before its first update.
  case interruptedEarly

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .dataset(let error): "\(error)"
    case .file(let error): "\(error)"
    case .model(let error): "\(error)"
    case .option(let problem): problem
    case .badClips(let bad, let total, let first, isStrict: true):
      "\(bad) of \(total) clips cannot be read (first: \(first)), and --strict allows none"
    case .badClips(let bad, let total, let first, isStrict: false):
      "\(bad) of \(total) clips cannot be read, more than 1% (first: \(first)): mend or remove "
        + "them, or pass --allow-bad"
    case .notFinite(let epoch, let step, let norm):
      "the loss is not finite at epoch \(epoch), step \(step) (gradient norm before it: \(norm)): "
        + "try a lower --learning-rate or a smaller --clip"
    case .otherData(let root, let folder):
      "\(root): the clips are not those that the training in \(folder) began with"
    case .interruptedEarly: "stopped before the first update; nothing was trained"
    case .interrupted(let folder):
      "stopped; go on with: kws train --resume \(folder)"
    }
  }
}
