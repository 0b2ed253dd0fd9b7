import Basics
import Datasets
import Recognition
import Sound

/// The decoded training and validation parts, whole clips in the order of the dataset.
struct DecodedParts: Sendable {
  let training: [LoadedClip]
  let validation: [LoadedClip]
  /// Clips that could not be read.
  let skipped: [SkippedClip]

  /// Decodes the clips.
  ///
  /// - Parameters:
  ///   - recordings: The clips of both parts.
  ///   - labels: The classes of the dataset.
  ///   - loader: The loader that reads the clips.
  ///   - options: The options, which say how many unreadable clips are accepted.
  ///   - isCancelled: Called before each clip.
  ///   - report: Called with the progress.
  /// - Throws: `TrainingError`: cancelled, too many unreadable clips, a class without training
  ///   clips.
  init(
    _ recordings: [Recording], labels: [String], loader: ClipLoader, options: TrainingOptions,
    isCancelled: @Sendable () -> Bool, report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) {
    let loaded: [LoadedClip]
    do {
      (loaded, skipped) = try loader.load(recordings, isCancelled: isCancelled, report: report)
    } catch { throw .file(error) }
    if isCancelled() { throw .interruptedEarly }
    if let first = skipped.first, options.refuses(skipped.count, of: recordings.count) {
      throw .badClips(
        bad: skipped.count, total: recordings.count, first: first.reason,
        isStrict: options.isStrict)
    }
    training = loaded.filter { $0.recording.split == .training }
    validation = loaded.filter { $0.recording.split == .validation }
    let trained = Set(training.map(\.recording.label))
    for label in labels where label != ClassLabel.silence && !trained.contains(label) {
      throw .classWithoutClips(
        label, clips: recordings.count { $0.label == label && $0.split == .training })
    }
  }

  /// The sizes of the training part that decide settings without an option.
  ///
  /// Recordings to draw windows from do not count, and speakers are those of the words: many who say other
  /// words do not make up for few who say these.
  func size(sampleRate: Int) -> TrainingDataSize {
    let training = training.filter { !$0.recording.isStream }
    let words = training.filter { ClassLabel.isKeyword($0.recording.label) }
    return TrainingDataSize(
      keywordClips: words.count,
      speakers: words.map(\.recording).wordSpeakers,
      hasUnknown: training.contains { $0.recording.label == ClassLabel.unknown },
      usualSeconds: Self.usualSeconds(words, rate: sampleRate), sampleRate: sampleRate)
  }

  /// The training clips; longer ones are cut by `LongRecordings`, which is reported.
  func training(
    cutTo window: ClipWindow, sampleRate: Int, report: (TrainingEvent) -> Void
  ) throws(FileError) -> [LoadedClip] {
    var long = LongRecordings(window, rate: sampleRate)
    var clips: [LoadedClip] = []
    for clip in training {
      // Windows of a stream are drawn by the training itself.
      clips += clip.recording.isStream ? [clip] : try long.pieces(clip)
    }
    if let text = long.text { report(.remark(text)) }
    return clips
  }

  /// A warning if validation clips are identical to clips that the model is trained on.
  func leak(given history: ClipHistory) -> String? {
    let leaked = validation.count { history.trained.contains($0.contentHash) }
    guard leaked > 0 else { return nil }
    return "\(leaked) of \(validation.count) validation clips are identical to clips that this "
      + "training, or the model that it starts from, is trained on: the choice of the epoch suffers"
  }

  /// A hash of all audio that decides the result of a training.
  func contentHash(with noise: NoiseLibrary) -> UInt64 {
    let start = noise.contentHashes.reduce(0) { $0 &* 31 &+ $1 }
    return (training + validation).reduce(start) {
      let label = StableHash.bucket(of: $1.recording.label, count: .max)
      return ($0 &* 31 &+ $1.contentHash) &* 31 &+ UInt64(label)
    }
  }

  /// The longest duration, in seconds; if a few clips are much longer, the 95th percentile.
  private static func usualSeconds(_ clips: [LoadedClip], rate: Int) -> Double {
    let counts = clips.map(\.samples.count).sorted()
    guard !counts.isEmpty else { return 1 }
    let usual = counts[min(counts.count - 1, counts.count * 95 / 100)]
    let longest = counts[counts.count - 1]
    return Double(longest <= 2 * usual ? longest : usual) / Double(rate)
  }
}
