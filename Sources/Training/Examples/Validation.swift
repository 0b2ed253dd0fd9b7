import Basics
import Datasets
import Evaluation
import Neural
import Recognition

/// The validation part: clips without augmentation, and silence from the noise's validation
/// seconds.
///
/// Features are computed again for each measurement. That takes a twentieth of the network's time,
/// and memory holds the features of only a few clips.
package struct ValidationSet: Sendable {
  /// Number of clips measured at a time.
  private static let group = 128

  private var clips: [ClipSamples]
  /// Class index of each clip.
  package private(set) var targets: [Int]
  /// The half of the speakers for each clip, 0 or 1; by name if the speaker is not known.
  private var halves: [Int]
  private let window: ClipWindow
  private let frontEnds: FrontEndPool
  private let keywords: [Bool]

  /// Makes a set of `clips`, with as many cuts of silence as `SilenceCuts` says if the part has
  /// none.
  init(
    _ clips: [LoadedClip], noise: NoiseLibrary, recipe: TrainingRecipe, frontEnds: FrontEndPool,
    labels: [String]
  ) {
    let classes = Dictionary(uniqueKeysWithValues: zip(labels, 0...))
    self.clips = clips.map(\.samples)
    targets = clips.map { classes[$0.recording.label]! }
    halves = clips.map { SpeakerHalf.of($0.recording.speaker ?? $0.recording.name) }
    window = recipe.window
    self.frontEnds = frontEnds
    keywords = labels.map(ClassLabel.isKeyword)
    if let silence = classes[ClassLabel.silence], !targets.contains(silence), !clips.isEmpty {
      let count = SilenceCuts.count(
        keywordClips: clips.count { ClassLabel.isKeyword($0.recording.label) })
      let cuts = SilenceCuts.clips(
        count, noise, window: window, sampleRate: recipe.frontEnd.sampleRate, for: .validation)
      self.clips += cuts.map { .memory($0.samples) }
      targets += cuts.map { _ in silence }
      halves += cuts.indices.map { $0 % 2 }
    }
  }

  /// Whether there are no clips.
  var isEmpty: Bool { targets.isEmpty }

  /// Mean cross-entropy and the number of right answers of a network; nil if cancelled.
  func measure(
    _ network: Network<Float>, threads: Int, isCancelled: () -> Bool
  ) throws(FileError) -> (loss: Double, correct: Int)? {
    guard let examples = try examples(network, threads: threads, isCancelled: isCancelled) else {
      return nil
    }
    let correct = examples.count { argmax($0.logits) == $0.target }
    return (TemperatureFit.meanLoss(examples, temperature: 1), correct)
  }

  /// The logits of the window that gives each clip's answer; nil without clips, or if cancelled.
  func examples(
    _ network: Network<Float>, threads: Int, isCancelled: () -> Bool = { false }
  ) throws(FileError) -> [TemperatureFit.Example]? {
    if isEmpty { return nil }
    let recogniser = Recogniser(network, window: window, frontEnds: frontEnds)
    var examples: [TemperatureFit.Example] = []
    for start in stride(from: 0, to: clips.count, by: Self.group) {
      if isCancelled() { return nil }
      let places = start..<min(clips.count, start + Self.group)
      for (place, logits) in zip(places, try answers(places, recogniser, threads: threads)) {
        examples.append(
          TemperatureFit.Example(logits: logits, target: targets[place], half: halves[place]))
      }
    }
    return examples
  }

  /// The logits of the window that gives each clip's answer.
  private func answers(
    _ places: Range<Int>, _ recogniser: Recogniser, threads: Int
  ) throws(FileError) -> [[Float]] {
    let found = try Parallel.map(places.count, threads: threads) { index, _ throws(FileError) in
      let samples = try clips[places.lowerBound + index].read()
      // Decoded samples are always finite.
      return try! recogniser.windows(of: samples)
    }
    let logits = recogniser.logits(of: found.joined().map(\.features), threads: threads)
    var first = 0
    return found.map { clip in
      defer { first += clip.count }
      let rows = Array(logits[first..<first + clip.count])
      return rows[BestWindow.index(rows.map(softmax), isKeyword: keywords)]
    }
  }
}
