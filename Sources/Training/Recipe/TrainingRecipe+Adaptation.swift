import Basics
import Neural
import Recognition
import Sound

/// What the adaptation looks at.
struct TrainingDataSize: Equatable, Sendable {
  /// Keyword clips in the training part.
  var keywordClips: Int
  /// Speakers of the words of the training part; nil where the names do not say.
  var speakers: Int?
  /// Whether the data has unknown clips.
  var hasUnknown: Bool
  /// Seconds that all, or all but a few far longer, training clips of words do not exceed.
  var usualSeconds: Double
  /// The rate that the model works at, in Hz.
  var sampleRate: Int
}

extension TrainingDataSize {
  /// Whether the network could take a speaker's microphone and loudness for a part of the words.
  var isOfFewSpeakers: Bool { Self.areFew(speakers: speakers, keywordClips: keywordClips) }

  /// Whether these are few speakers; if they are not known, few clips count as few speakers.
  static func areFew(speakers: Int?, keywordClips: Int) -> Bool {
    speakers.map { $0 < 100 } ?? (keywordClips < 8_000)
  }

  /// Epochs of a normal training.
  ///
  /// Small sets get smaller batches and more epochs, so that the number of updates stays between
  /// some thousands and some ten thousands; large sets the reverse.
  var epochs: Int {
    switch keywordClips {
    case ..<1_000: 200
    // What few voices leave open, many looks at them make up for in part.
    case ..<4_000 where isOfFewSpeakers: 180
    // From many speakers 90 gave no more (Benchmarks/RECOGNITION.md).
    case 8_000..<16_000 where !isOfFewSpeakers: 50
    case ..<16_000: 90
    default: 40
    }
  }

  /// Clips in one update.
  var batch: Int {
    keywordClips < 1_000 ? 16 : keywordClips < 4_000 ? 32 : keywordClips < 12_000 ? 64 : 128
  }

  /// The longest clip to be read whole, in seconds.
  var longestClip: Double { min(3, max(0.5, (usualSeconds * 10).rounded(.up) / 10)) }
}

extension TrainingRecipe {
  /// What the options decide, what the model to start from decides, and for the rest the defaults
  /// for data of this size.
  init(_ options: TrainingOptions, for data: TrainingDataSize) {
    let known = options.start?.model
    var frontEnd = FrontEndOptions(preset: options.preset, sampleRate: data.sampleRate)
    // The clip's mean is what the microphone and the distance to it add.
    if options.preset == .kws, data.isOfFewSpeakers { frontEnd.subtractsClipMean = true }
    options.adjustFrontEnd(&frontEnd)
    self.init(
      dataset: options.dataset, preset: options.preset, frontEnd: known?.frontEnd ?? frontEnd,
      start: options.start?.record, augmentation: options.augmentation)
    for option in TrainingOption.all where known == nil || !option.isOfModel {
      option.fill(&self, from: options, for: data)
    }
    negatives = options.negatives
    teachers = options.teachers?.record
    guard let known else {
      window = Self.window(from: 0.25, to: window.maximumSeconds)
      return
    }
    channel = channel ?? known.channel
    // The network takes clips of any length; longer words would be cut. A step that was chosen with the
    // known model's rule for listening stays with that rule.
    window = Self.window(
      from: known.window.minimumSeconds,
      to: options.maximumClipSeconds ?? max(known.window.maximumSeconds, data.longestClip))
    let shape = known.network.shape
    (layers, hidden, directions) = (shape.layers, shape.hidden, shape.directions)
    pooling = shape.pooling
  }

  /// A window whose step is the one that a rule for listening has until another is chosen.
  private static func window(from shortest: Double, to longest: Double) -> ClipWindow {
    ClipWindow(
      minimumSeconds: min(shortest, longest), maximumSeconds: longest, hopSeconds: longest / 4)
  }

  /// A recipe in which every number that the table of options fills is still zero.
  private init(
    dataset: DatasetOptions, preset: FrontEndPreset, frontEnd: FrontEndOptions,
    start: StartingModel.Record?, augmentation: AugmentationOptions
  ) {
    (self.dataset, self.preset, self.frontEnd, self.start) = (dataset, preset, frontEnd, start)
    self.augmentation = augmentation
    window = ClipWindow(minimumSeconds: 0, maximumSeconds: 0, hopSeconds: 0)
    (seed, layers, hidden, epochs, batch, patience) = (0, 0, 0, 0, 0, 0)
    (directions, pooling, schedule, optimizer) = (.both, .mean, .constant, OptimizerOptions())
    (dropout, learningRate, warmUpEpochs, clipNorm) = (0, 0, 0, 0)
    (labelSmoothing, averageDecay) = (0, 0)
    (unknownShare, spliceShare, silenceShare, balancesClasses) = (0, 0, 0, false)
  }

  /// What is wrong with the numbers, or nil.
  var problem: OptionError? {
    if let problem = TrainingOption.all.lazy.compactMap({ $0.problem(in: self) }).first {
      return problem
    }
    if let start, start.frozenLayers > layers {
      return .value(
        option: "freeze", value: "\(start.frozenLayers)",
        mustBe: "0 to the model's \(layers) layers")
    }
    if let negatives, !(0...100).contains(negatives.share) {
      return .value(option: "negative-share", value: "\(negatives.share)", mustBe: "0 to 100")
    }
    if let negatives, !(0...1).contains(negatives.wordShare) {
      return .value(option: "word-share", value: "\(negatives.wordShare)", mustBe: "0 to 1")
    }
    if let problem = teachers?.problem { return problem }
    if warmUpEpochs > Double(epochs) {
      return .value(
        option: "warm-up", value: "\(warmUpEpochs)", mustBe: "0 to the \(epochs) epochs")
    }
    if let problem = window.problem {
      return .unfit(
        option: "max-clip-seconds", value: "\(window.maximumSeconds)", problem: problem)
    }
    return augmentation.problem
  }
}

extension AugmentationOptions {
  /// What no single number is wrong with, or nil.
  var problem: OptionError? {
    let lowest = minimumSNR ?? Self.usualMinimumSNR
    if !(lowest <= maximumSNR) {
      return .value(option: "snr-max", value: "\(maximumSNR)", mustBe: "\(lowest) dB or more")
    }
    if maskedCoefficients < 0 || maskedFrames < 0 {
      return .unfit(
        option: "masks", value: "\(masks)",
        problem: "of \(maskedCoefficients) coefficients and \(maskedFrames) frames")
    }
    return nil
  }
}
