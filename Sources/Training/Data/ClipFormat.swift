import Datasets
import Recognition
import Sound

/// The sample rate and the channel with which a training reads clips.
struct ClipFormat: Equatable, Sendable {
  /// Sample rate, in Hz.
  let sampleRate: Int
  /// Channel, counted from 1; nil means the mean of all.
  let channel: Int?

  /// Takes both from the recipe of a resumed training, else from the options or the start model,
  /// else from the clips.
  ///
  /// - Parameters:
  ///   - recordings: The clips of the training and the validation part.
  ///   - known: The recipe of a training to be resumed.
  ///   - options: The options of the training.
  init(
    of recordings: [Recording], recipe known: TrainingRecipe?, options: TrainingOptions
  ) {
    sampleRate =
      known?.frontEnd.sampleRate ?? options.start?.model.frontEnd.sampleRate ?? options.sampleRate
      ?? Self.usualRate(recordings, options.workers)
    channel = known == nil ? options.channel ?? options.start?.model.channel : known?.channel
  }

  /// The most frequent rate among up to 32 clips spread over the part, at most 16 kHz, since speech
  /// needs no more than 8 kHz of bandwidth.
  private static func usualRate(_ recordings: [Recording], _ workers: DecodingWorkers?) -> Int {
    let reader = ClipReader(AudioDecoder(), workers: workers)
    let step = max(1, recordings.count / 32)
    var counts: [Int: Int] = [:]
    for index in stride(from: 0, to: recordings.count, by: step) {
      guard let clip = try? reader.read(recordings[index].path) else { continue }
      counts[clip.source.sampleRate, default: 0] += 1
    }
    let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    return min(16_000, usual?.key ?? 16_000)
  }
}
