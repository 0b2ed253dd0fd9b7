import Basics
import Datasets
import Neural
import Recognition
import Sound
import SystemPackage

/// Events of a running training; the command decides how to show them.
public indirect enum TrainingEvent: Sendable {
  /// The folder has been listed.
  case scanned(Dataset)
  /// `done` of `total` clips are decoded.
  case decoding(done: Int, total: Int)
  /// The clips need more than the memory budget, in bytes, and are written to a file.
  case caching(FilePath, budget: Int)
  /// The recipe is complete and the folder exists.
  case started(RunFolder, recipe: TrainingRecipe, shape: NetworkShape)
  /// One update of the weights.
  case step(epoch: Int, step: Int, steps: Int, loss: Double)
  /// One epoch is done.
  case epoch(EpochMetrics, isBest: Bool, epochs: Int)
  /// The training on all clips is done, and `count` folds begin to measure it.
  case folding(count: Int)
  /// An event of the training of a fold.
  case inFold(Int, of: Int, TrainingEvent)
  /// A fold is measured.
  case fold(FoldRow, of: Int)
  /// A remark that gives no reason for doubt.
  case remark(String)
  /// A warning for the user.
  case warning(String)
}

/// Why a training did not end with a model, in one sentence.
public enum TrainingError: Error, Sendable, NamesOptions {
  /// The dataset cannot be used.
  case dataset(DatasetError)
  /// Labels of the recordings that windows are drawn from cannot be read.
  case labels(LabelError)
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
  /// The clips cannot be divided into folds.
  case tooFewForFolds
  /// Too many clips cannot be read.
  case badClips(bad: Int, total: Int, first: String, isStrict: Bool)
  /// Some test clips are also training clips, and `isStrict` allows none; `first` is the first of
  /// them.
  case testClipsMet(Int, of: Int, first: String)
  /// Too many clips of the test part cannot be read.
  case badTestClips(bad: Int, total: Int, first: String, isStrict: Bool)
  /// None of the training clips of a class can be read; `clips` is their number.
  case classWithoutClips(String, clips: Int)
  /// The labels need more bytes of a model's header than it may have.
  case tooManyLabels(Int, byteCount: Int, limit: Int)
  /// The dataset of a training to be resumed does not exist at its path.
  case datasetMoved(FilePath, folder: FilePath)
  /// A training to be resumed ended before its first checkpoint.
  case noCheckpoint(FilePath)
  /// The clips are not those with which the training to be resumed started.
  case otherData(FilePath, folder: FilePath)
  /// The training needs more memory than the machine or a limit has.
  case memory(MemoryError)
  /// The loss is not finite any more.
  case notFinite(Divergence)
  /// The training was stopped, and a checkpoint was written.
  case interrupted(FilePath)
  /// The training was stopped before its first update.
  case interruptedEarly

  /// One sentence: what is wrong and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .dataset(let error): error.text(spell)
    case .labels(let error): "\(error)"
    case .file(let error): "\(error)"
    case .model(let error): "\(error)"
    case .option(let error): error.text(spell)
    case .frontEnd(let error): "\(error)"
    case .unknownSpeakers:
      "\(spell("folds")) speaker needs every clip's speaker; \(spell("speaker-pattern")) finds them "
        + "in names"
    case .tooFewForFolds:
      "the clips are too few for folds: without those that are tested a word would have none"
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
      "\(label): none of its \(clips) training clips can be read; repair or remove them"
    case .memory(let error):
      "the training \(error), or take a smaller \(spell("batch")), \(spell("hidden")) or "
        + spell("max-clip-seconds")
    case .tooManyLabels(let count, let bytes, let limit):
      "\(count) labels take \(bytes) bytes of the model's header, which has room for \(limit): name "
        + "those to be told apart (\(spell("words"))), or give them shorter names"
    case .notFinite(let divergence): divergence.text(spell)
    case .otherData(let root, let folder):
      "\(root): the clips are not those of the training in \(folder); restore them, "
        + "or start a new training"
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
  /// The run folder, whose checkpoint is from an earlier step.
  public var folder: FilePath

  /// One sentence: where, both norms, what to try.
  public func text(_ spell: (String) -> String) -> String {
    "the training diverged at epoch \(epoch), batch \(step): loss \(loss), gradient norm "
      + "\(gradientNorm) (mean before it: \(usualNorm)); the last good checkpoint is kept in "
      + "\(folder): try a lower \(spell("learning-rate")) or a smaller \(spell("clip"))"
  }
}
