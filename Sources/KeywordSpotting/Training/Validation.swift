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
  /// Which half of the speakers each clip belongs to, 0 or 1; by name where nobody knows.
  private var halves: [Int] = []
  private let featureCount: Int
  private let keywords: [Bool]

  /// Makes the features of `clips`, and of as many cuts of silence as `SilenceCuts` says where the
  /// part has none.
  init(
    _ clips: [LoadedClip], noise: NoiseLibrary, recipe: TrainingRecipe,
    normalization: FeatureNormalization, labels: [String], threads: Int
  ) {
    let rate = recipe.frontEnd.sampleRate
    var examples = clips.map { clip in
      (
        samples: clip.samples, label: clip.recording.label,
        half: SpeakerHalf.of(clip.recording.speaker ?? clip.recording.name)
      )
    }
    if labels.contains(Dataset.silenceLabel),
      !examples.contains(where: { $0.label == Dataset.silenceLabel }), !examples.isEmpty
    {
      let count = SilenceCuts.count(
        keywordClips: examples.count { Dataset.isKeyword($0.label) })
      let cuts = SilenceCuts.clips(
        count, noise, window: recipe.window, sampleRate: rate, for: .validation)
      examples += cuts.enumerated().map { ($1.samples, Dataset.silenceLabel, $0 % 2) }
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
      halves.append(example.half)
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
    guard let examples = examples(network, threads: threads, isCancelled: isCancelled) else {
      return nil
    }
    let correct = examples.count { example in
      example.logits.indices.max { example.logits[$0] < example.logits[$1] } == example.target
    }
    return (TemperatureFit.meanLoss(examples, temperature: 1), correct)
  }

  /// The logits of each clip's answering window; nil once cancelled.
  func examples(
    _ network: Network<Float>, threads: Int, isCancelled: () -> Bool = { false }
  ) -> [TemperatureFit.Example]? {
    let inference = Inference(network, threads: threads)
    var logits: [[Float]] = []
    for start in stride(from: 0, to: windows.count, by: 256) {
      if isCancelled() { return nil }
      let part = Array(windows[start..<min(windows.count, start + 256)])
      logits += inference.logits(SequenceBatch(featureCount: featureCount, sequences: part))
    }
    return targets.indices.map { clip in
      let rows = Array(logits[ranges[clip]])
      let best = BestWindow.index(rows.map(softmax), isKeyword: keywords)
      return TemperatureFit.Example(
        logits: rows[best], target: targets[clip], half: halves[clip])
    }
  }
}
