import Basics
import Datasets
import Sound
import SystemPackage

/// The test part by content, checked before a training begins.
///
/// Test clips that are also training clips say nothing about new clips, and unreadable clips are
/// reported before the work.
struct TestPart: Sendable {
  /// Number of clips.
  var clips: Int
  /// Names of clips that the training, or its start model, meets.
  var met: [String]
  /// Clips that cannot be read.
  var skipped: [SkippedClip]

  /// Decodes the test part without keeping samples.
  ///
  /// - Throws: `TrainingError.interruptedEarly`.
  init(
    _ dataset: Dataset, metBy prepared: PreparedData, options: TrainingOptions,
    isCancelled: @Sendable () -> Bool
  ) throws(TrainingError) {
    let recordings = dataset.recordings(in: .testing)
    let decoder = AudioDecoder(
      sampleRate: prepared.recipe.frontEnd.sampleRate, channel: prepared.recipe.channel)
    let reader = ClipReader(decoder, workers: options.workers)
    let known = Parallel.map(recordings.count, threads: options.threads) {
      index, _ -> (isMet: Bool, error: AudioError?) in
      if isCancelled() { return (false, nil) }
      do throws(AudioError) {
        let clip = try reader.read(recordings[index].path)
        return (prepared.history.role(of: ContentHash.of(clip.samples)) != nil, nil)
      } catch { return (false, error) }
    }
    if isCancelled() { throw .interruptedEarly }
    clips = recordings.count
    met = zip(recordings, known).filter(\.1.isMet).map(\.0.name)
    skipped = zip(recordings, known).compactMap { recording, found in
      found.error.map { SkippedClip(path: recording.name, reason: $0.description) }
    }
  }

  /// Throws if more clips are unreadable than the options allow.
  func check(_ options: TrainingOptions) throws(TrainingError) {
    guard let first = skipped.first, options.refuses(skipped.count, of: clips) else { return }
    throw .badTestClips(
      bad: skipped.count, total: clips, first: first.reason, isStrict: options.isStrict)
  }

  /// A hash of the bytes of the test part's files, in order.
  ///
  /// A resumed training checks it instead of decoding the files again.
  static func fileHash(_ dataset: Dataset, threads: Int) -> UInt64 {
    let recordings = dataset.recordings(in: .testing)
    return Parallel.map(recordings.count, threads: threads) { index, _ in
      var hash = ContentHash.of(file: recordings[index].path)
      ContentHash.mix(StableHash.of(recordings[index].label), into: &hash)
      return hash
    }.reduce(UInt64(recordings.count)) { sum, hash in
      var sum = sum
      ContentHash.mix(hash, into: &sum)
      return sum
    }
  }
}
