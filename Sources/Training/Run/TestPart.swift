import Basics
import Datasets
import Sound
import SystemPackage

/// The test part by content, looked at before a training begins: what the training will have met says
/// nothing about new clips.
struct TestPart: Sendable {
  /// How many clips there are.
  var clips: Int
  /// Those that the training, or the model that it starts from, meets: their names.
  var met: [String]

  /// Decodes the test part and keeps nothing of it.
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
    let known = Parallel.map(recordings.count, threads: options.threads) { index, _ -> Bool in
      // A clip that cannot be read is told of when it is measured.
      guard !isCancelled(), let clip = try? reader.read(recordings[index].path) else {
        return false
      }
      return prepared.history.role(of: ContentHash.of(clip.samples)) != nil
    }
    if isCancelled() { throw .interruptedEarly }
    clips = recordings.count
    met = zip(recordings, known).filter(\.1).map(\.0.name)
  }

  /// Names the test part by the bytes of its files, in order: a training that goes on must find it as it
  /// was, without decoding it again.
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
