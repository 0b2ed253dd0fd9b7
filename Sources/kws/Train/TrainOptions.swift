import ArgumentParser
import KeywordSpotting

/// What a newcomer needs.
struct TrainEssentialOptions: ParsableArguments {
  @Option(help: "Words to spot, separated by commas; other folders become \"unknown\".")
  var words: String?
  @Option(
    help: ArgumentHelp("Run folder to write (default: runs/<dataset>-<n>).", valueName: "folder"))
  var out: String?
  @Option(help: "Passes over the training clips (default: by the size of the data).")
  var epochs: Int?
  @Option(help: "How long to train: high takes twice the epochs of normal.")
  var effort = TrainingEffort.normal
  @Option(help: "Seed of everything random; the same seed gives the same model.")
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp(
      "Go on with an interrupted training; the result is as if it never stopped.",
      valueName: "run folder"))
  var resume: String?

  func validate() throws {
    if let epochs, effort != .normal {
      throw ValidationError(
        "--effort \(effort) decides the epochs; leave it out, or --epochs \(epochs)")
    }
  }

  func apply(to options: inout TrainingOptions) {
    options.dataset.words = words.map(commaSeparated)
    options.epochs = epochs
    options.effort = effort
    options.seed = seed
  }
}

/// The parts of a list such as `yes,no`, without the white space around them.
func commaSeparated(_ text: String) -> [String] {
  text.split(separator: ",", omittingEmptySubsequences: false).map { part in
    String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// How a training runs; none of it changes the model.
struct TrainRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Options from a JSON object with the names used here; the command line wins.",
      valueName: "file"))
  var config: String?
  @Option(help: "Threads (default: one a core); they change the time, never the result.")
  var threads: Int?
  @Option(
    help: ArgumentHelp(
      "Memory for decoded clips, such as 512M or 4G (default: a quarter of the machine's); beyond it "
        + "they go to a file in the run folder.", valueName: "size"))
  var memory: ByteCount?
  @Flag(help: "Only errors.") var quiet = false
  @Flag(help: "A clip that cannot be read, or a test clip that is trained on, ends the training.")
  var strict = false
  @Flag(help: "Train although more than 1% of the clips cannot be read.") var allowBad = false

  var threadCount: Int { Machine.threads(threads) }
  var memoryBudget: Int { memory?.bytes ?? MemoryBudget.quarterOfMachine }

  func validate() throws {
    guard (1...1024).contains(threadCount) else {
      throw ValidationError("--threads must lie between 1 and 1,024, not at \(threadCount)")
    }
  }

  func apply(to options: inout TrainingOptions) {
    options.memory = memoryBudget
    options.isStrict = strict
    options.allowsBad = allowBad
  }
}

/// Which clips are used, and for what.
struct TrainDataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Regular expression whose first group is the speaker in a file's name.",
      valueName: "pattern"))
  var speakerPattern: String?
  @Option(help: "Percent of the speakers for validation, where a hash splits.")
  var validationPercent = 10.0
  @Option(help: "Percent of the speakers for testing, where a hash splits.")
  var testingPercent = 10.0
  @Option(
    help: ArgumentHelp(
      "Train and measure without each speaker in turn, or in so many folds of speakers.",
      valueName: "speaker|n"))
  var folds: FoldOption?
  @Flag(help: "Let a manifest name files outside its folder.") var allowOutside = false
  @Option(help: "Hear this channel, from 1 (default: that of --from, or the mean of all).")
  var channel: Int?
  @Option(help: "Longest clip read whole, in seconds (default: by the clips, at most 3).")
  var maxClipSeconds: Double?
  @Option(help: "Unknown clips an epoch, as a share of the keyword clips (default: 0.4).")
  var unknownShare: Double?
  @Option(help: "Share of the unknown clips that end as another clip does (default: 0.5).")
  var splices: Double?
  @Option(help: "Silence clips an epoch, as a share of the keyword clips (default: 0.12).")
  var silenceShare: Double?
  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Rare classes weigh more.")
  var balance = false

  func apply(to options: inout TrainingOptions) {
    options.dataset.speakerPattern = speakerPattern
    options.dataset.validationPercent = validationPercent
    options.dataset.testingPercent = testingPercent
    options.dataset.allowOutside = allowOutside
    options.channel = channel
    options.maximumClipSeconds = maxClipSeconds
    options.unknownShare = unknownShare
    options.spliceShare = splices
    options.silenceShare = silenceShare
    options.balancesClasses = balance
  }
}

extension Pooling: ExpressibleByArgument {}
extension OptimizerOptions.Algorithm: ExpressibleByArgument {}
extension ScheduleKind: ExpressibleByArgument {}
extension TrainingEffort: ExpressibleByArgument {}
extension FrontEndPreset: ExpressibleByArgument {}

/// The sizes of the network.
struct TrainNetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Start from a model file, a run folder, or the built-in model: built-in.",
      valueName: "model"))
  var from: String?
  @Option(help: "LSTM layers of that model that keep their weights.") var freeze: Int?
  @Option(help: "Bidirectional LSTM layers (default: 2).") var layers: Int?
  @Option(help: "Hidden units of each direction (default: 128).")
  var hidden: Int?
  @Option(help: "From frames to one vector (default: attention+mean).") var pooling: Pooling?
  @Option(
    help: ArgumentHelp(
      "Share of units dropped in training (default: 0.2; with under 100 speakers 0.45, or 0.35 with "
        + "--from)."))
  var dropout: Double?

  /// The first of the sizes that was given.
  var firstSize: String? {
    if layers != nil { return "--layers" }
    if hidden != nil { return "--hidden" }
    return pooling == nil ? nil : "--pooling"
  }

  func apply(to options: inout TrainingOptions) {
    options.layers = layers
    options.hidden = hidden
    options.pooling = pooling
    options.dropout = dropout
  }
}

/// How the weights are found.
struct TrainOptimisationOptions: ParsableArguments {
  @Option(help: "Rule of the updates (default: adamw).") var optimizer: OptimizerOptions.Algorithm?
  @Option(help: "Highest learning rate (default: 0.002 or 0.003, by the batch; 0.1 for sgd).")
  var learningRate: Double?
  @Option(help: "Share of the last step that sgd keeps (default: 0.9).") var momentum: Double?
  @Option(help: "Epochs of the cosine's rise (default: 3, or a tenth of all).")
  var warmUp: Double?
  @Option(help: "Course of the learning rate (default: cosine, with warm-up).")
  var schedule: ScheduleKind?
  @Option(help: "Weight decay of the matrices (default: 0.01 for adamw, else 0).")
  var weightDecay: Double?
  @Option(help: "Largest global norm of the gradient; 0 never clips (default: 5).")
  var clip: Double?
  @Option(help: "Clips in one update (default: 16 to 128, by the size of the data).")
  var batch: Int?
  @Option(help: "Epochs without a better validation before the end; 0 never (default: by epochs).")
  var patience: Int?
  @Option(help: "Share of the target spread over all classes (default: 0.1).")
  var labelSmoothing: Double?
  @Option(help: "Decay of the exponential average of the weights; 0 is off (default: 0.999).")
  var average: Double?

  func apply(to options: inout TrainingOptions) {
    options.optimizer = optimizer
    options.learningRate = learningRate
    options.schedule = schedule
    options.momentum = momentum
    options.warmUpEpochs = warmUp
    options.weightDecay = weightDecay
    options.clipNorm = clip
    options.batch = batch
    options.patience = patience
    options.labelSmoothing = labelSmoothing
    options.averageDecay = average
  }
}

/// What is done to the training clips.
struct TrainAugmentationOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Change the clips in training.")
  var augment = true
  @Option(help: "Largest shift either way, in milliseconds.")
  var shift = AugmentationOptions().shiftMilliseconds
  @Option(help: "Largest relative change of speed and pitch, 0.15 for 15%.")
  var speed = AugmentationOptions().speed
  @Option(help: "Largest change of pitch alone either way, in semitones.")
  var pitch = AugmentationOptions().pitchSemitones
  @Option(
    help: ArgumentHelp(
      "Largest relative change of the vocal tract's length either way (default: 0; 0.2, which is "
        + "20%, with under 100 speakers)."))
  var vocalTract: Float?
  @Option(help: "Share of the clips that are put into a room.")
  var room = AugmentationOptions().roomProbability
  @Option(help: "Longest reverberation of a room, in milliseconds.")
  var roomMs = AugmentationOptions().reverberationMilliseconds
  @Option(help: "Share of the clips that go over a telephone.")
  var telephone = AugmentationOptions().telephoneProbability
  @Option(help: "Largest change of level either way, in dB.")
  var gain = AugmentationOptions().gainDecibels
  @Option(
    help: ArgumentHelp(
      "Background noise beside that of the dataset: audio files in this folder and below it.",
      valueName: "folder"))
  var noiseFolder: String?
  @Option(help: "Share of the clips that noise is mixed into.")
  var noise = AugmentationOptions().noiseProbability
  @Option(parsing: .unconditional, help: "Lowest signal-to-noise ratio, in dB.")
  var snrMin = AugmentationOptions().minimumSNR
  @Option(parsing: .unconditional, help: "Highest signal-to-noise ratio, in dB.")
  var snrMax = AugmentationOptions().maximumSNR
  @Option(help: "SpecAugment masks of each kind.") var masks = AugmentationOptions().masks

  var options: AugmentationOptions {
    guard augment else { return .none }
    var options = AugmentationOptions()
    options.shiftMilliseconds = shift
    options.speed = speed
    options.pitchSemitones = pitch
    options.vocalTract = vocalTract
    options.roomProbability = room
    options.reverberationMilliseconds = roomMs
    options.telephoneProbability = telephone
    options.gainDecibels = gain
    options.noiseProbability = noise
    options.minimumSNR = snrMin
    options.maximumSNR = snrMax
    options.masks = masks
    return options
  }
}
