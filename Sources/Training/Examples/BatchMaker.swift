import Basics
import Datasets
import Neural
import Recognition
import Sound

/// Makes a batch of features and targets from items of an epoch's plan.
package struct BatchMaker: Sendable {
  var clips: [LoadedClip]
  /// By index of the clips that are recordings to draw windows from.
  var windows: [Int: NegativeWindows] = [:]
  var noise: NoiseLibrary
  var recipe: TrainingRecipe
  var frontEnds: FrontEndPool
  var streams: RandomStreams
  /// Index of each label in the posteriors.
  var classes: [String: Int]
  var threads: Int

  /// (B) sequences with their targets.
  package struct Batch: Sendable {
    var sequences: SequenceBatch<Float>
    var targets: [Int]
  }

  /// Makes the batch of `items`.
  ///
  /// The augmentation of each clip depends only on the seed, the epoch and its place, not on
  /// threads or interruptions.
  ///
  /// - Throws: `FileError` if the clips are in a file that can no longer be read.
  package func batch(
    _ items: ArraySlice<EpochPlan.Item>, epoch: Int
  ) throws(FileError) -> Batch {
    let first = items.startIndex
    let examples = try Parallel.map(items.count, threads: threads) { index, _ throws(FileError) in
      var generator = streams.example(epoch: epoch, place: first + index)
      return try frontEnds.lend { frontEnd throws(FileError) in
        try example(items[first + index], frontEnd, using: &generator)
      }
    }
    return Batch(
      sequences: SequenceBatch(
        featureCount: examples[0].0.featureCount, sequences: examples.map(\.0.values)),
      targets: examples.map(\.1))
  }

  /// A clip with the recipe's augmentation, including noise.
  private func augmented(_ samples: [Float], using generator: inout SeededGenerator) -> [Float] {
    let background = noise.background(samples.count, using: &generator)
    return recipe.augmentation.augmented(
      samples, sampleRate: recipe.frontEnd.sampleRate, noise: background, using: &generator)
  }

  private func read(_ window: EpochPlan.Window) throws(FileError) -> [Float] {
    try clips[window.index].samples.part(windows[window.index]!.range(at: window.place)).read()
  }

  private func put(
    _ word: [Float], into window: EpochPlan.Window, using generator: inout SeededGenerator
  ) throws(FileError) -> [Float] {
    inSpeech(
      word, speech: try read(window), sampleRate: recipe.frontEnd.sampleRate, using: &generator)
  }

  private func example(
    _ item: EpochPlan.Item, _ frontEnd: FrontEnd, using generator: inout SeededGenerator
  ) throws(FileError) -> (Features, Int) {
    let rate = recipe.frontEnd.sampleRate
    let samples: [Float]
    switch item {
    case .clip(let index):
      samples = augmented(try clips[index].samples.read(), using: &generator)
    case .splice(let index, let other):
      samples = augmented(
        spliced(
          try clips[index].samples.read(), try clips[other].samples.read(), crossfade: rate / 100),
        using: &generator)
    case .window(let window):
      samples = augmented(try read(window), using: &generator)
    case .inSpeech(let index, let window):
      samples = augmented(
        try put(clips[index].samples.read(), into: window, using: &generator), using: &generator)
    case .half(let index, let isFirst, let window):
      let word = halved(try clips[index].samples.read(), isFirst: isFirst)
      // A silent clip has no half that could be heard; only the speech is left.
      let mixed =
        word.contains { $0 != 0 }
        ? try put(word, into: window, using: &generator) : try read(window)
      samples = augmented(mixed, using: &generator)
    case .silence:
      samples = noise.silence(
        Int(recipe.window.maximumSeconds * Double(rate)), for: .training, using: &generator)
    }
    var features = ClipFeatures.features(
      of: samples, window: recipe.window, frontEnd: frontEnd,
      vocalTract: recipe.augmentation.vocalTractFactor(using: &generator))
    recipe.augmentation.mask(&features, using: &generator)
    return (features, classes[item.label { clips[$0].recording.label }]!)
  }
}
