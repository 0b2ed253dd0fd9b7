import Neural
import Recognition
import Sound

/// What the adaptation looks at.
struct TrainingDataSize: Equatable, Sendable {
  /// Keyword clips in the training part.
  var keywordClips: Int
  /// Speakers of the training part; nil where the names do not say.
  var speakers: Int?
  /// Whether the data has unknown clips.
  var hasUnknown: Bool
  /// Seconds that all, or all but a few far longer, training clips do not exceed.
  var usualSeconds: Double
  /// The rate that the model works at, in Hz.
  var sampleRate: Int
}

extension TrainingDataSize {
  /// Whether the network could take a speaker's microphone and loudness for a part of the words.
  ///
  /// If the speakers are not known, few clips count as few speakers.
  var isOfFewSpeakers: Bool { speakers.map { $0 < 100 } ?? (keywordClips < 8_000) }
}

extension TrainingRecipe {
  /// Fills in what the options leave open, by the size of the data.
  ///
  /// Small sets get smaller batches and more epochs, so that the number of updates stays between
  /// some thousands and some ten thousands; large sets the reverse.
  init(_ options: TrainingOptions, for data: TrainingDataSize) {
    let clips = data.keywordClips
    dataset = options.dataset
    seed = options.seed
    preset = options.preset
    let known = options.start?.model
    var frontEnd = FrontEndOptions(preset: options.preset, sampleRate: data.sampleRate)
    // The clip's mean is what the microphone and the distance to it add.
    if options.preset == .kws, data.isOfFewSpeakers { frontEnd.subtractsClipMean = true }
    options.adjustFrontEnd(&frontEnd)
    self.frontEnd = known?.frontEnd ?? frontEnd
    channel = options.channel ?? known?.channel
    let longest =
      options.maximumClipSeconds ?? min(3, max(0.5, (data.usualSeconds * 10).rounded(.up) / 10))
    window =
      known?.window
      ?? ClipWindow(
        minimumSeconds: min(0.25, longest), maximumSeconds: longest, hopSeconds: longest / 4)
    start = options.start?.record
    let shape = known?.network.shape
    layers = shape?.layers ?? options.layers ?? 2
    hidden = shape?.hidden ?? options.hidden ?? 128
    directions = shape?.directions
    pooling = shape?.pooling ?? options.pooling ?? .attentionMean
    // Weights that know many voices have less to fear from few.
    let fewVoices = start == nil ? 0.45 : 0.35
    dropout = options.dropout ?? (data.isOfFewSpeakers ? fewVoices : 0.2)

    optimizer = OptimizerOptions()
    optimizer.algorithm = options.optimizer ?? .adamw
    optimizer.weightDecay = options.weightDecay ?? (optimizer.algorithm == .adamw ? 0.01 : 0)
    batch = options.batch ?? (clips < 1_000 ? 16 : clips < 4_000 ? 32 : clips < 12_000 ? 64 : 128)
    epochs = options.epochs ?? options.effort.epochFactor * Self.epochs(data)
    optimizer.momentum = options.momentum ?? 0.9
    schedule = options.schedule ?? .cosine
    // Larger batches have less noisy gradients and bear larger steps.
    let rate = batch < 64 ? 2e-3 : 3e-3
    learningRate = options.learningRate ?? (optimizer.algorithm == .sgd ? 0.1 : rate)
    warmUpEpochs = options.warmUpEpochs ?? min(3, Double(epochs) / 10)
    clipNorm = options.clipNorm ?? 5
    labelSmoothing = options.labelSmoothing ?? 0.1
    averageDecay = options.averageDecay ?? 0.999
    // A falling learning rate brings its gain at the end: an early lull is no reason to stop.
    patience = options.patience ?? max(10, epochs - epochs / 3)
    unknownShare = options.unknownShare ?? (data.hasUnknown ? 0.4 : 0)
    spliceShare = options.spliceShare ?? 0.5
    silenceShare = options.silenceShare ?? 0.12
    balancesClasses = options.balancesClasses ?? false
    noiseFolder = options.noiseFolder?.bytes
    augmentation = options.augmentation ?? AugmentationOptions()
    augmentation.vocalTract = augmentation.vocalTract ?? (data.isOfFewSpeakers ? 0.2 : 0)
  }

  /// Epochs of a normal training.
  private static func epochs(_ data: TrainingDataSize) -> Int {
    switch data.keywordClips {
    case ..<1_000: 200
    // What few voices leave open, many looks at them make up for in part.
    case ..<4_000 where data.isOfFewSpeakers: 180
    case ..<16_000: 90
    default: 40
    }
  }

  /// What is wrong with the numbers, or nil.
  var problem: String? {
    if !(1...16).contains(layers) { return "--layers must lie between 1 and 16, not at \(layers)" }
    if !(1...4096).contains(hidden) {
      return "--hidden must lie between 1 and 4,096, not at \(hidden)"
    }
    if let start, !(0...layers).contains(start.frozenLayers) {
      return "--freeze must lie between 0 and the model's \(layers) layers, not at "
        + "\(start.frozenLayers)"
    }
    if !Dropout.rates.contains(dropout) {
      return "--dropout must lie between 0 and \(Dropout.rates.upperBound), not at \(dropout)"
    }
    if !(1...65_536).contains(batch) {
      return "--batch must lie between 1 and 65,536, not at \(batch)"
    }
    if !(1...100_000).contains(epochs) {
      return "--epochs must lie between 1 and 100,000, not at \(epochs)"
    }
    if !(learningRate > 0 && learningRate <= 100) {
      return "--learning-rate must lie above 0 and at most at 100, not at \(learningRate)"
    }
    if !(optimizer.weightDecay >= 0 && optimizer.weightDecay <= 10) {
      return "--weight-decay must lie between 0 and 10, not at \(optimizer.weightDecay)"
    }
    if !(clipNorm >= 0) { return "--clip must be 0 or more, not \(clipNorm)" }
    if !(0..<1).contains(labelSmoothing) {
      return "--label-smoothing must lie between 0 and 1 (excluded), not at \(labelSmoothing)"
    }
    if !(0..<1).contains(averageDecay) {
      return "--average must lie between 0 and 1 (excluded), not at \(averageDecay)"
    }
    if !(0...Double(epochs)).contains(warmUpEpochs) {
      return "--warm-up must lie between 0 and the \(epochs) epochs, not at \(warmUpEpochs)"
    }
    if !(0..<1).contains(optimizer.momentum) {
      return "--momentum must lie between 0 and 1 (excluded), not at \(optimizer.momentum)"
    }
    if patience < 0 { return "--patience must be 0 or more, not \(patience)" }
    if !(0...100).contains(unknownShare) || !(0...100).contains(silenceShare) {
      return "--unknown-share and --silence-share must lie between 0 and 100, not at "
        + "\(unknownShare) and \(silenceShare)"
    }
    if !(0...1).contains(spliceShare) {
      return "--splices must lie between 0 and 1, not at \(spliceShare)"
    }
    return window.problem ?? augmentation.problem
  }
}
