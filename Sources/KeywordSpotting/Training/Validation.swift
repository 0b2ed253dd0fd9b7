import Glibc
import Neural
import Sound

/// The validation part as features, made once: clips as they are, and silence cut from the noise's
/// own validation seconds.
struct ValidationSet: Sendable {
  /// Every window of every clip, (T, F).
  private var windows: [[Float]] = []
  /// The windows of each clip.
  private var ranges: [Range<Int>] = []
  /// Index of each clip's class.
  private(set) var targets: [Int] = []
  private let featureCount: Int
  private let keywords: [Bool]

  /// Makes the features of `clips`, and of as many cuts of silence as `SilenceCuts` says where the
  /// part has none.
  init(
    _ clips: [LoadedClip], noise: NoiseLibrary, recipe: TrainingRecipe,
    normalization: FeatureNormalization, labels: [String], threads: Int
  ) {
    let rate = recipe.frontEnd.sampleRate
    var examples = clips.map { (samples: $0.samples, label: $0.recording.label) }
    if labels.contains(Dataset.silenceLabel),
      !examples.contains(where: { $0.label == Dataset.silenceLabel }), !examples.isEmpty
    {
      let count = SilenceCuts.count(
        keywordClips: examples.count { Dataset.isKeyword($0.label) })
      let cuts = SilenceCuts.clips(
        count, noise, window: recipe.window, sampleRate: rate, for: .validation)
      examples += cuts.map { ($0.samples, Dataset.silenceLabel) }
    }
    let classes = Dictionary(uniqueKeysWithValues: zip(labels, 0...))
    let features = parallelMap(count: examples.count, threads: threads) {
      try! FrontEnd(recipe.frontEnd, normalization: normalization)
    } body: { [examples] frontEnd, index in
      ClipFeatures.windows(
        of: examples[index].samples, window: recipe.window, frontEnd: frontEnd)
    }
    for (clip, example) in zip(features, examples) {
      ranges.append(windows.count..<windows.count + clip.count)
      windows += clip.map(\.values)
      targets.append(classes[example.label]!)
    }
    featureCount = normalization.mean.count
    keywords = labels.map(Dataset.isKeyword)
  }

  /// Whether there is anything to validate on.
  var isEmpty: Bool { targets.isEmpty }

  /// Mean cross-entropy and the number of right answers of a network; nil once cancelled.
  func measure(
    _ network: Network<Float>, threads: Int, isCancelled: () -> Bool
  ) -> (loss: Double, correct: Int)? {
    let inference = Inference(network, threads: threads)
    var probabilities: [[Float]] = []
    for start in stride(from: 0, to: windows.count, by: 256) {
      if isCancelled() { return nil }
      let part = Array(windows[start..<min(windows.count, start + 256)])
      probabilities += inference.logits(
        SequenceBatch(featureCount: featureCount, sequences: part)
      ).map(softmax)
    }
    var loss = 0.0
    var correct = 0
    for (range, target) in zip(ranges, targets) {
      let best = BestWindow.index(Array(probabilities[range]), isKeyword: keywords)
      let clip = probabilities[range.lowerBound + best]
      loss -= log(Double(max(clip[target], .leastNormalMagnitude)))
      if clip.indices.max(by: { clip[$0] < clip[$1] }) == target { correct += 1 }
    }
    return (loss / Double(max(1, targets.count)), correct)
  }
}
