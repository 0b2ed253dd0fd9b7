import Basics
import Datasets
import Neural
import Recognition
import Sound
import SystemPackage

/// What a training tells while it runs; the command decides how to show it.
public enum TrainingEvent: Sendable {
  /// The folder has been listed.
  case scanned(Dataset)
  /// So many of so many clips have been decoded.
  case decoding(done: Int, total: Int)
  /// The clips take more than the budget of memory, in bytes, and go to a file.
  case caching(FilePath, budget: Int)
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
public enum TrainingError: Error, Sendable, NamesOptions {
  /// The dataset cannot be used.
  case dataset(DatasetError)
  /// A file or folder cannot be read or written.
  case file(FileError)
  /// A checkpoint or model cannot be read.
  case model(ModelError)
  /// An option has an impossible value.
  case option(OptionError)
  /// The options make no front end.
  case frontEnd(FrontEndError)
  /// A fold for each speaker was asked for, and some clips name none.
  case unknownSpeakers
  /// A fold for each speaker was asked for, and there are too few of them, or too many.
  case foldsBySpeaker(speakers: Int)
  /// Too many clips cannot be read.
  case badClips(bad: Int, total: Int, first: String, isStrict: Bool)
  /// Test clips that the training meets, and `isStrict` allows none; the first of them.
  case testClipsMet(Int, of: Int, first: String)
  /// Too many clips of the test part cannot be read.
  case badTestClips(bad: Int, total: Int, first: String, isStrict: Bool)
  /// None of the training clips of a class, of which there are so many, can be read.
  case classWithoutClips(String, clips: Int)
  /// So many labels, with their names, take more of a model's header than there is, in bytes.
  case tooManyLabels(Int, byteCount: Int, limit: Int)
  /// The dataset of a training to be resumed is not where it was.
  case datasetMoved(FilePath, folder: FilePath)
  /// A training to be resumed ended before its first checkpoint.
  case noCheckpoint(FilePath)
  /// The clips are not those that a training to be resumed began with.
  case otherData(FilePath, folder: FilePath)
  /// The machine or a limit has less memory than the training needs.
  case memory(MemoryError)
  /// The loss is no number any more.
  case notFinite(Divergence)
  /// The training was asked to stop; its checkpoint is written.
  case interrupted(FilePath)
  /// The training was asked to stop before its first update.
  case interruptedEarly

  /// One sentence: what is wrong and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .dataset(let error): error.text(spell)
    case .file(let error): "\(error)"
    case .model(let error): "\(error)"
    case .option(let error): error.text(spell)
    case .frontEnd(let error): "\(error)"
    case .unknownSpeakers:
      "\(spell("folds")) speaker needs every clip's speaker; \(spell("speaker-pattern")) finds them "
        + "in names"
    case .foldsBySpeaker(let speakers):
      "\(spell("folds")) speaker needs 2 to 1,000 speakers, not \(speakers); try \(spell("folds")) 10"
    case .badClips(let bad, let total, let first, let isStrict):
      Self.unreadable("\(bad) of \(total) clips", first, isStrict, spell)
    case .badTestClips(let bad, let total, let first, let isStrict):
      Self.unreadable("\(bad) of \(total) test clips", first, isStrict, spell)
    case .testClipsMet(let met, let total, let first):
      "\(met) of \(total) test clips are identical to clips that this training, or the model that it "
        + "starts from, has met (first: \(first)), and \(spell("strict")) allows none: remove them, "
        + "or split otherwise"
    case .classWithoutClips(let label, clips: 0):
      "\(label): none of its clips is in the training part; leave the word out or split otherwise"
    case .classWithoutClips(let label, let clips):
      "\(label): none of its \(clips) training clips can be read; mend or remove them"
    case .memory(let error):
      "the training \(error), or take a smaller \(spell("batch")), \(spell("hidden")) or "
        + spell("max-clip-seconds")
    case .tooManyLabels(let count, let bytes, let limit):
      "\(count) labels take \(bytes) bytes of the model's header, which has room for \(limit): name "
        + "those to be told apart (\(spell("words"))), or give them shorter names"
    case .notFinite(let divergence): divergence.text(spell)
    case .otherData(let root, let folder):
      "\(root): the clips are not those that the training in \(folder) began with; bring them "
        + "back, or train anew"
    case .datasetMoved(let root, let folder):
      "\(root): no such file or folder; say where the recordings of \(folder) are now"
    case .noCheckpoint(let folder):
      "\(folder): no checkpoint, the training in it had not begun: train again into it"
    case .interruptedEarly: "stopped before the first update; nothing was trained"
    case .interrupted(let folder):
      "stopped; the training in \(folder) can go on"
    }
  }
}

extension TrainingError {
  private static func unreadable(
    _ clips: String, _ first: String, _ isStrict: Bool, _ spell: (String) -> String
  ) -> String {
    isStrict
      ? "\(clips) cannot be read (first: \(first)), and \(spell("strict")) allows none"
      : "\(clips) cannot be read, more than 1% (first: \(first)): mend or remove them, or pass "
        + spell("allow-bad")
  }
}

/// Where a training's numbers ran away.
public struct Divergence: Equatable, Sendable, NamesOptions {
  /// The epoch, from 1.
  public var epoch: Int
  /// The batch of that epoch, from 1.
  public var step: Int
  /// Its loss.
  public var loss: Double
  /// Global norm of its gradient.
  public var gradientNorm: Double
  /// Mean norm of the epoch's batches before it.
  public var usualNorm: Double
  /// The run folder, whose checkpoint is from before.
  public var folder: FilePath

  /// One sentence: where, both norms, what to try.
  public func text(_ spell: (String) -> String) -> String {
    "the training diverged at epoch \(epoch), batch \(step): loss \(loss), gradient norm "
      + "\(gradientNorm) (mean before it: \(usualNorm)); the last good checkpoint is kept in "
      + "\(folder): try a lower \(spell("learning-rate")) or a smaller \(spell("clip"))"
  }
}
