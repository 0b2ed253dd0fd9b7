import Neural
import Testing

@testable import Sound
@testable import Training

@Suite struct TrainingRecipeTests {
  private func recipe(
    clips: Int = 500, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) -> TrainingRecipe {
    var options = TrainingOptions(threads: 1)
    change(&options)
    return TrainingRecipe(
      options,
      for: TrainingDataSize(
        keywordClips: clips, hasUnknown: true, usualSeconds: 0.93, sampleRate: 16_000))
  }

  @Test func defaultsAreValidAndGrowWithTheData() {
    for clips in [0, 1, 20, 1_000, 5_000, 50_000] {
      #expect(recipe(clips: clips).problem == nil)
    }
    #expect(recipe(clips: 100).batch < recipe(clips: 50_000).batch)
    #expect(recipe(clips: 100).epochs > recipe(clips: 50_000).epochs)
    #expect(recipe().window.maximumSeconds >= 0.93)
  }

  /// With few speakers the clip mean is subtracted, since it depends on the microphone, and the
  /// vocal tract is changed.
  @Test func fewSpeakersLoseTheirMicrophonesAndGetMoreVoices() {
    func size(_ speakers: Int?, clips: Int) -> TrainingDataSize {
      TrainingDataSize(
        keywordClips: clips, speakers: speakers, hasUnknown: true, usualSeconds: 1,
        sampleRate: 16_000)
    }
    func subtracts(_ size: TrainingDataSize) -> Bool {
      TrainingRecipe(TrainingOptions(threads: 1), for: size).frontEnd.subtractsClipMean
    }
    #expect(subtracts(size(99, clips: 20_000)) && !subtracts(size(100, clips: 500)))
    #expect(subtracts(size(nil, clips: 7_999)) && !subtracts(size(nil, clips: 8_000)))
    func vocalTract(_ size: TrainingDataSize, _ options: TrainingOptions) -> Float? {
      TrainingRecipe(options, for: size).augmentation.vocalTract
    }
    var plain = TrainingOptions(threads: 1)
    #expect(vocalTract(size(99, clips: 20_000), plain) == 0.2)
    #expect(vocalTract(size(100, clips: 500), plain) == 0)
    plain.augmentation = AugmentationOptions.none
    #expect(vocalTract(size(6, clips: 500), plain) == 0)
    plain.augmentation.vocalTract = 0.1
    #expect(vocalTract(size(6, clips: 500), plain) == 0.1)
    func dropoutAndEpochs(_ size: TrainingDataSize) -> [Double] {
      let recipe = TrainingRecipe(TrainingOptions(threads: 1), for: size)
      return [recipe.dropout, Double(recipe.epochs)]
    }
    #expect(dropoutAndEpochs(size(99, clips: 3_999)) == [0.45, 180])
    #expect(dropoutAndEpochs(size(100, clips: 3_999)) == [0.2, 90])
    #expect(dropoutAndEpochs(size(99, clips: 4_000)) == [0.45, 90])
    #expect(dropoutAndEpochs(size(99, clips: 15_999)) == [0.45, 90])
    #expect(dropoutAndEpochs(size(100, clips: 7_999)) == [0.2, 90])
    #expect(dropoutAndEpochs(size(100, clips: 8_000)) == [0.2, 50])
    func ratio(_ speakers: Int, _ given: Float? = nil) -> Float? {
      var options = TrainingOptions(threads: 1)
      options.augmentation.minimumSNR = given
      return TrainingRecipe(options, for: size(speakers, clips: 500)).augmentation.minimumSNR
    }
    #expect(ratio(99) == 5 && ratio(100) == -5 && ratio(99, 1) == 1)
    func decay(_ speakers: Int, _ algorithm: OptimizerOptions.Algorithm? = nil) -> Double {
      var options = TrainingOptions(threads: 1)
      options.optimizer = algorithm
      return TrainingRecipe(options, for: size(speakers, clips: 500)).optimizer.weightDecay
    }
    #expect(decay(99) == 0.01 && decay(100) == 0.1 && decay(100, .adam) == 0)
    var options = TrainingOptions(threads: 1)
    options.adjustFrontEnd = { $0.subtractsClipMean = false }
    #expect(!TrainingRecipe(options, for: size(6, clips: 500)).frontEnd.subtractsClipMean)
  }

  @Test func optionsStandBeforeDefaults() {
    let recipe = recipe {
      ($0.hidden, $0.layers, $0.epochs, $0.dropout, $0.seed) = (7, 3, 2, 0, 9)
      $0.adjustFrontEnd = { $0.melBands = 30 }
      $0.augmentation = AugmentationOptions.none
    }
    #expect(recipe.hidden == 7 && recipe.layers == 3 && recipe.epochs == 2 && recipe.seed == 9)
    #expect(recipe.frontEnd.melBands == 30 && recipe.augmentation == .none && recipe.dropout == 0)
  }

  /// The cosine's gain comes at the end, so a lull in the middle ends nothing.
  @Test func patienceOutlastsTheMiddleOfATraining() {
    for clips in [100, 3_000, 10_000, 50_000] {
      #expect(2 * recipe(clips: clips).patience > recipe(clips: clips).epochs)
    }
    #expect(recipe { $0.epochs = 3 }.patience == 10)
  }

  @Test func moreEffortIsMoreEpochsUnlessTheyAreGiven() {
    #expect(recipe { $0.effort = .high }.epochs == 2 * recipe().epochs)
    #expect(recipe { ($0.effort, $0.epochs) = (.high, 5) }.epochs == 5)
  }

  private func augmentation(
    _ change: (inout AugmentationOptions) -> Void
  ) -> AugmentationOptions {
    var options = AugmentationOptions()
    change(&options)
    return options
  }

  @Test func everyImpossibleNumberIsRefusedByName() {
    let cases: [(name: String, change: (inout TrainingOptions) -> Void)] = [
      ("layers", { $0.layers = 0 }), ("layers", { $0.layers = 17 }),
      ("hidden", { $0.hidden = 0 }), ("hidden", { $0.hidden = 5_000 }),
      ("dropout", { $0.dropout = 1 }), ("dropout", { $0.dropout = -0.1 }),
      ("dropout", { $0.dropout = .nan }), ("batch", { $0.batch = 0 }),
      ("batch", { $0.batch = .max }), ("epochs", { $0.epochs = 0 }),
      ("epochs", { $0.epochs = .max }), ("learning-rate", { $0.learningRate = 0 }),
      ("learning-rate", { $0.learningRate = .infinity }),
      ("learning-rate", { $0.learningRate = .nan }), ("weight-decay", { $0.weightDecay = -1 }),
      ("clip", { $0.clipNorm = -1 }), ("clip", { $0.clipNorm = .nan }),
      ("clip", { $0.clipNorm = .infinity }), ("label-smoothing", { $0.labelSmoothing = 1 }),
      ("average", { $0.averageDecay = 1 }), ("average", { $0.averageDecay = -0.5 }),
      ("patience", { $0.patience = -1 }), ("unknown-share", { $0.unknownShare = -1 }),
      ("silence-share", { $0.silenceShare = .infinity }),
      ("max-clip-seconds", { $0.maximumClipSeconds = 0 }),
      ("max-clip-seconds", { $0.maximumClipSeconds = 61 }),
      ("max-clip-seconds", { $0.maximumClipSeconds = .nan }),
      ("max-clip-seconds", { $0.maximumClipSeconds = -1 }), ("warm-up", { $0.warmUpEpochs = -1 }),
      ("warm-up", { ($0.warmUpEpochs, $0.epochs) = (4, 3) }), ("channel", { $0.channel = 0 }),
      ("shift", { $0.augmentation.shiftMilliseconds = -1 }),
      ("speed", { $0.augmentation.speed = 0.9 }),
      ("pitch", { $0.augmentation.pitchSemitones = 13 }),
      ("pitch", { $0.augmentation.pitchSemitones = .nan }),
      ("vocal-tract", { $0.augmentation.vocalTract = -0.1 }),
      ("vocal-tract", { $0.augmentation.vocalTract = .nan }),
      ("room", { $0.augmentation.roomProbability = 1.1 }),
      ("telephone", { $0.augmentation.telephoneProbability = -0.1 }),
      ("room-ms", { $0.augmentation.reverberationMilliseconds = 50 }),
      ("gain", { $0.augmentation.gainDecibels = 99 }),
      ("noise", { $0.augmentation.noiseProbability = 2 }),
      ("snr-max", { $0.augmentation.minimumSNR = 50 }), ("masks", { $0.augmentation.masks = 21 }),
      ("masks", { $0.augmentation.maskedFrames = -1 }),
    ]
    for (name, change) in cases {
      let problem = recipe(change).problem
      #expect(
        problem?.description.hasPrefix("\(name) ") == true,
        "\(name): \(problem?.description ?? "accepted")")
    }
  }
}
