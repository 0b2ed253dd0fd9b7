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
  private let labels: [String]
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
    self.labels = labels
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

  /// The logits of the window that gives each clip's answer; nil without clips, or if cancelled.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - prior: The prior at which its model answers.
  ///   - threads: Number of threads.
  ///   - isCancelled: Asked before each group of clips.
  /// - Returns: The logits with the clips' classes.
  /// - Throws: `FileError` if the clips are in a file that can no longer be read.
  func logits(
    _ network: Network<Float>, prior: ClassPrior, threads: Int,
    isCancelled: () -> Bool = { false }
  ) throws(FileError) -> HeldOutLogits? {
    if isEmpty { return nil }
    let recogniser = Recogniser(network, window: window, frontEnds: frontEnds)
    let scale = PosteriorScale(offsets: prior.offsets(labels))
    var examples: [HeldOutLogits.Example] = []
    for start in stride(from: 0, to: clips.count, by: Self.group) {
      if isCancelled() { return nil }
      let places = start..<min(clips.count, start + Self.group)
      for (place, logits) in zip(places, try answers(places, recogniser, scale, threads: threads)) {
        examples.append(
          HeldOutLogits.Example(logits: logits, target: targets[place], half: halves[place]))
      }
    }
    return HeldOutLogits(examples, labels: labels, prior: prior)
  }

  /// The logits of the window that gives each clip's answer.
  private func answers(
    _ places: Range<Int>, _ recogniser: Recogniser, _ scale: PosteriorScale, threads: Int
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
      return rows[BestWindow.index(rows.map(scale.posteriors), isKeyword: keywords)]
    }
  }
}
