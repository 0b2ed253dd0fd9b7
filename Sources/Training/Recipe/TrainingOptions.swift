import Basics
import Neural
import Recognition
import Sound
import SystemPackage

/// What a person may decide about a training; nil leaves the choice to `TrainingRecipe`, which
/// adapts to the size of the data and says what it chose.
public struct TrainingOptions: Sendable {
  /// Where the clips are, which are words, and how they are split.
  public var dataset = DatasetOptions()
  /// Whether folds measure the training, and how the speakers become folds.
  public var folds = FoldRule.bySize
  /// Seed of everything random.
  public var seed: UInt64 = 0
  /// Threads; they change the time, never the result.
  public var threads: Int
  /// Bytes of decoded clips that memory may hold; beyond them a file of the run folder holds all.
  public var memory = MemoryBudget.quarterOfMachine
  /// Processes that decode files; nil decodes in this one.
  public var workers: DecodingWorkers?
  /// Whether a clip that cannot be read ends the training.
  public var isStrict = false
  /// Whether to train although more than 1% of the clips cannot be read.
  public var allowsBad = false

  /// The recipe of the features, before the changes below.
  public var preset: FrontEndPreset = .kws
  /// Rate that clips are resampled to, in Hz.
  public var sampleRate: Int?
  /// Channel to read, from 1; nil reads that of `start`, or the mean of all.
  public var channel: Int?
  /// Changes single numbers of the preset.
  public var adjustFrontEnd: @Sendable (inout FrontEndOptions) -> Void = { _ in }
  /// Longest clip that is read whole, in seconds.
  public var maximumClipSeconds: Double?

  /// How long to train, where ``epochs`` leaves it open.
  public var effort = TrainingEffort.normal
  /// The model to start from; it decides features, window and network.
  public var start: StartingModel?
  /// Whether a training without ``start`` begins from a built-in model where the data is small; the
  /// command does so unless it is told otherwise.
  public var startsByData = false
  /// Models whose answers are learned beside the labels.
  public var teachers: Teachers?
  /// LSTM layers.
  public var layers: Int?
  /// Hidden units of each direction.
  public var hidden: Int?
  /// How the frames' hidden states become one vector.
  public var pooling: Pooling?
  /// Share of the units that are dropped between layers and before the output.
  public var dropout: Double?

  /// Which rule updates the weights.
  public var optimizer: OptimizerOptions.Algorithm?
  /// Highest learning rate.
  public var learningRate: Double?
  /// Share of the last step that SGD keeps.
  public var momentum: Double?
  /// Epochs over which the cosine schedule rises.
  public var warmUpEpochs: Double?
  /// How the learning rate changes over the training.
  public var schedule: ScheduleKind?
  /// Weight decay of the matrices.
  public var weightDecay: Double?
  /// Gradients of a larger global norm are scaled down to this.
  public var clipNorm: Double?
  /// Share of the target's probability that is spread over all classes.
  public var labelSmoothing: Double?
  /// Decay of the exponential average of the weights; 0 uses the weights as they are.
  public var averageDecay: Double?
  /// Passes over the training clips.
  public var epochs: Int?
  /// Clips in one update.
  public var batch: Int?
  /// Epochs without a better validation before training ends; 0 never ends early.
  public var patience: Int?
  /// Unknown clips an epoch, as a share of the keyword clips.
  public var unknownShare: Double?
  /// Share of the unknown clips that end as another clip does.
  public var spliceShare: Double?
  /// Silence clips an epoch, as a share of the keyword clips.
  public var silenceShare: Double?
  /// Whether rare classes weigh more in the loss.
  public var balancesClasses: Bool?
  /// Recordings without keywords that windows are drawn from as unknown.
  public var negatives: NegativeOptions?
  /// Background noise beside that of the dataset: audio files in this folder and below it.
  public var noiseFolder: FilePath?
  /// What is done to the training clips.
  public var augmentation = AugmentationOptions()

  /// Every choice left open.
  public init(threads: Int) { self.threads = threads }

  /// What is wrong with the choices so far, or nil.
  package var problem: OptionError? {
    TrainingOption.all.lazy.compactMap { $0.problem(in: self) }.first ?? augmentation.problem
      ?? teachers?.record.problem ?? teachers.flatMap { _ in foldProblem }
  }

  /// Whether this many unreadable clips end the training.
  func refuses(_ bad: Int, of total: Int) -> Bool {
    bad > 0 && (isStrict || bad * 100 > total && !allowsBad)
  }

  /// Teachers have met the speakers of every fold.
  private var foldProblem: OptionError? {
    switch folds {
    case .bySize, .off: nil
    case .speaker, .count:
      .unfit(
        option: "folds", value: folds.optionText,
        problem: "teachers may have met the speakers of every fold; leave it out")
    }
  }

  /// Whether parts are held out because folds would not be honest.
  var mustHoldOut: Bool {
    switch folds {
    case .bySize: teachers != nil
    case .off: true
    case .speaker, .count: false
    }
  }
}

/// How much time a training may take for the last points of accuracy.
public enum TrainingEffort: String, CaseIterable, Sendable {
  /// As many epochs as the size of the data asks for.
  case normal
  /// Twice as many.
  case high

  /// Epochs for each epoch of a normal training.
  var epochFactor: Int {
    switch self {
    case .normal: 1
    case .high: 2
    }
  }
}
