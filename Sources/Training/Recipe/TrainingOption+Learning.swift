import Neural
import Sound

/// The second half of the table: the weights, the changes of clips, the features.
extension TrainingOption {
  /// How the weights are found.
  public static let optimisation: [TrainingOption] = [
    .open(
      "optimizer", \.optimizer, \.optimizer.algorithm, default: .always(.adamw),
      "Rule of the updates."),
    .open(
      "batch", \.batch, \.batch, in: .from(1, to: 65_536),
      default: .by("16 to 128, by the size of the data") { $1.batch }, "Clips in one update."),
    .open(
      "learning-rate", \.learningRate, \.learningRate, in: .above(0, to: 100),
      // Larger batches have less noisy gradients and bear larger steps.
      default: .by("0.002 or 0.003, by the batch; 0.1 for sgd") { recipe, _ in
        recipe.optimizer.algorithm == .sgd ? 0.1 : recipe.batch < 64 ? 2e-3 : 3e-3
      }, "Highest learning rate."),
    .open(
      "momentum", \.momentum, \.optimizer.momentum, in: .from(0, below: 1), default: .always(0.9),
      "Share of the last step that sgd keeps."),
    .open(
      "warm-up", \.warmUpEpochs, \.warmUpEpochs, in: .from(0, to: 100_000),
      default: .by("3, or a tenth of all") { recipe, _ in min(3, Double(recipe.epochs) / 10) },
      "Epochs of the cosine's rise."),
    .open(
      "schedule", \.schedule, \.schedule, default: .always(.cosine),
      "Course of the learning rate; the cosine has a warm-up."),
    .open(
      "weight-decay", \.weightDecay, \.optimizer.weightDecay, in: .from(0, to: 10),
      // Many voices let it grow sure of mistakes; few need every example that they have.
      default: .by("for adamw 0.1, or 0.01 with under 100 speakers, else 0") { recipe, data in
        recipe.optimizer.algorithm == .adamw ? (data.isOfFewSpeakers ? 0.01 : 0.1) : 0
      }, "Weight decay of the matrices."),
    .open(
      "clip", \.clipNorm, \.clipNorm, in: .atLeast(0), default: .always(5),
      "Largest global norm of the gradient; 0 never clips."),
    .open(
      "patience", \.patience, \.patience, in: .atLeast(0),
      // A falling learning rate brings its gain at the end: an early lull is no reason to stop.
      default: .by("by epochs") { recipe, _ in max(10, recipe.epochs - recipe.epochs / 3) },
      "Epochs without a better validation before the end; 0 never."),
    .open(
      "label-smoothing", \.labelSmoothing, \.labelSmoothing, in: .from(0, below: 1),
      default: .always(0.1), "Share of the target spread over all classes."),
    .open(
      "average", \.averageDecay, \.averageDecay, in: .from(0, below: 1), default: .always(0.999),
      "Decay of the exponential average of the weights; 0 is off."),
  ]

  /// What is done to the training clips.
  public static let augmentation: [TrainingOption] = [
    .augmentation(
      "shift", \.shiftMilliseconds, in: .from(0, to: 10_000, "ms"),
      "Largest shift either way, in milliseconds."),
    .augmentation(
      "speed", \.speed, in: .from(0, to: 0.5),
      "Largest relative change of speed and pitch, 0.15 for 15%."),
    .augmentation(
      "pitch", \.pitchSemitones, in: .from(0, to: 12, "semitones"),
      "Largest change of pitch alone either way, in semitones."),
    .augmentation(
      "vocal-tract", \.vocalTract, in: .from(0, to: 0.5),
      default: "0; 0.2, which is 20%, with under 100 speakers",
      "Largest relative change of the vocal tract's length either way."
    ) { $0.isOfFewSpeakers ? 0.2 : 0 },
    .augmentation(
      "room", \.roomProbability, in: .from(0, to: 1),
      "Share of the clips that are put into a room."),
    .augmentation(
      "room-ms", \.reverberationMilliseconds,
      in: .from(
        AugmentationOptions.reverberations.lowerBound,
        to: AugmentationOptions.reverberations.upperBound, "ms"),
      "Longest reverberation of a room, in milliseconds."),
    .augmentation(
      "telephone", \.telephoneProbability, in: .from(0, to: 1),
      "Share of the clips that go over a telephone."),
    .augmentation(
      "gain", \.gainDecibels, in: .from(0, to: 60, "dB"),
      "Largest change of level either way, in dB."),
    .optional(
      "noise-folder", \.noiseFolder, \.noisePath, valueName: "folder",
      "Background noise beside that of the dataset: audio files in this folder and below it."),
    .augmentation(
      "noise", \.noiseProbability, in: .from(0, to: 1),
      "Share of the clips that noise is mixed into."),
    .augmentation(
      "snr-min", \.minimumSNR, in: .from(-30, to: 100, "dB"),
      default: "-5; 5 with under 100 speakers", "Lowest signal-to-noise ratio, in dB."
      // Where few say the words, loud noise makes them less sure, and other words pass.
    ) { $0.isOfFewSpeakers ? 5 : AugmentationOptions.usualMinimumSNR },
    .augmentation(
      "snr-max", \.maximumSNR, in: .from(-30, to: 100, "dB"),
      "Highest signal-to-noise ratio, in dB."),
    .augmentation(
      "masks", \.masks, in: .from(0, to: 20), "SpecAugment masks of each kind."),
    // The last, for it switches off all of the above.
    .init(
      "augment", .toggle, help: "Change the clips in training.",
      Places<Bool>(
        choose: { options, isOn in if !isOn { options.augmentation = .none } }, defaultText: "on")
    ),
  ]

  /// The numbers of the front end that a person may change; the rest comes from the preset.
  public static let features: [TrainingOption] = [
    .own("preset", \.preset, \.preset, "Recipe to start from.").ofModel,
    // The size of the data has the rate, and the front end is made for it.
    .init(
      "rate",
      in: .from(
        AudioLimits.sampleRates.lowerBound, to: AudioLimits.sampleRates.upperBound, "Hz"),
      help: "Sample rate to work at, in Hz.",
      Places(
        choice: { $0.sampleRate }, choose: { $0.sampleRate = $1 },
        result: { $0.frontEnd.sampleRate }, defaultText: "the clips', at most 16000")
    ).ofModel,
    .change(
      "window-ms", in: .above(0, to: 60_000, "ms"),
      "Length of one analysis window, in milliseconds."
    ) { $0.windowMilliseconds = $1 },
    .change("hop-ms", in: .above(0, to: 60_000, "ms"), "From frame to frame, in milliseconds.") {
      $0.hopMilliseconds = $1
    },
    .change("mel-bands", "Mel bands.") { (options, bands: Int) in
      options.melBands = bands
      options.coefficients = min(options.coefficients, bands)
    },
    .change("coefficients", "Cepstral coefficients kept.") { $0.coefficients = $1 },
    .change("deltas", "0, 1 (deltas) or 2 (deltas of deltas too).") { $0.deltaOrder = $1 },
    .change(
      "clip-mean", kind: .toggle,
      "Subtract each clip's mean from every coefficient (train: with under 100 speakers)."
    ) { $0.subtractsClipMean = $1 },
    .change(
      "level", in: .from(-100, to: 0, "dB"),
      "Bring each clip to this root mean square, in dB of full scale, such as -26."
    ) { (options, level: Double) in options.levelDecibels = level },
    .frontEnd,
  ]
}
