import Basics
import Neural
import Recognition
import Sound
import SystemPackage

/// Every number that decides a training, resolved; `config.json` is this value.
///
/// Two trainings with equal recipes on equal data give the same bytes, whatever the threads.
public struct TrainingRecipe: Codable, Equatable, Sendable {
  /// Which folders are words and how the clips are split.
  public var dataset: DatasetOptions
  /// Whether folds measure the training; nil, in a checkpoint of before there was a choice, is not.
  public var folds: FoldRule?
  /// Seed of everything random.
  public var seed: UInt64
  /// The recipe of the features that single numbers were changed of.
  public var preset: FrontEndPreset
  /// Every number of the features.
  public var frontEnd: FrontEndOptions
  /// Channel to read, from 1; nil means the mean of all.
  public var channel: Int?
  /// How clips of other lengths are read.
  public var window: ClipWindow
  /// The model that the weights start from; nil draws them.
  var start: StartingModel.Record?
  /// The models whose answers are learned beside the labels; nil learns from the labels alone.
  var teachers: Teachers.Record?
  /// LSTM layers.
  public var layers: Int
  /// Hidden units of each direction.
  public var hidden: Int
  /// How every layer reads the frames; as the model that the weights start from.
  public var directions: Directions
  /// How the frames' hidden states become one vector.
  public var pooling: Pooling
  /// Share of the units that are dropped between layers and before the output.
  public var dropout: Double
  /// Which rule updates the weights, with its constants.
  public var optimizer: OptimizerOptions
  /// How the learning rate changes over the training.
  public var schedule: ScheduleKind
  /// Highest learning rate.
  public var learningRate: Double
  /// Epochs over which the cosine schedule rises to it.
  public var warmUpEpochs: Double
  /// Gradients of a larger global norm are scaled down to this; 0 never.
  public var clipNorm: Double
  /// Share of the target's probability that is spread over all classes.
  public var labelSmoothing: Double
  /// Decay of the exponential average of the weights; 0 uses the weights as they are.
  public var averageDecay: Double
  /// Passes over the training clips.
  public var epochs: Int
  /// Clips in one update.
  public var batch: Int
  /// Epochs without a better validation before training ends; 0 never ends early.
  public var patience: Int
  /// Unknown clips an epoch, as a share of the keyword clips.
  public var unknownShare: Double
  /// Share of the unknown clips that end as another clip does: words that were not recorded.
  public var spliceShare: Double
  /// Silence clips an epoch, as a share of the keyword clips.
  public var silenceShare: Double
  /// Whether rare classes weigh more in the loss.
  public var balancesClasses: Bool
  /// Recordings that windows are drawn from as unknown; nil where there are none.
  public var negatives: NegativeOptions?
  /// Folder of further background noise, as bytes: a path need not be UTF-8.
  var noiseFolder: [UInt8]?
  /// What is done to the training clips.
  public var augmentation: AugmentationOptions
}

/// How the learning rate changes over a training.
public enum ScheduleKind: String, Codable, CaseIterable, Sendable {
  /// Always the same.
  case constant
  /// A tenth after each third of the epochs.
  case step
  /// A straight rise, then half a cosine down to zero.
  case cosine
  /// A tenth whenever the validation loss has not fallen for several epochs.
  case plateau
}

extension TrainingRecipe {
  /// The folder of further background noise.
  var noisePath: FilePath? {
    get { noiseFolder.map(FilePath.init(bytes:)) }
    set { noiseFolder = newValue?.bytes }
  }

  /// The schedule in updates; the plateau's own factor comes on top.
  func learningRateSchedule(stepsPerEpoch: Int) -> LearningRateSchedule {
    switch schedule {
    case .constant, .plateau: .constant
    case .step: .step(interval: max(1, epochs * stepsPerEpoch / 3), factor: 0.1)
    case .cosine:
      .cosine(
        warmUp: Int(warmUpEpochs * Double(stepsPerEpoch)), total: epochs * stepsPerEpoch, floor: 0)
    }
  }

  /// Lowers the rate on a plateau; stays at 1 for the other schedules.
  var plateau: ReduceOnPlateau { ReduceOnPlateau(patience: max(2, epochs / 12)) }
}
