import Sound
import Synchronization
import SystemPackage

/// A clip in memory, ready for augmentation or the front end.
struct LoadedClip: Sendable {
  /// Mono, at the model's rate.
  var samples: [Float]
  var recording: Recording
}

/// Decodes many recordings on several threads.
struct ClipLoader: Sendable {
  var reader: ClipReader
  var threads: Int

  /// The clips that could be read, in the order given, and those that could not.
  ///
  /// - Parameters:
  ///   - recordings: What to read.
  ///   - progress: Called now and then, from any thread, with the number of clips done.
  ///   - isCancelled: Asked before each clip; once true, the remaining clips are left out.
  /// - Returns: The clips, and the reasons for those that are missing.
  func load(
    _ recordings: [Recording], progress: @Sendable (Int) -> Void = { _ in },
    isCancelled: @Sendable () -> Bool = { false }
  ) -> (clips: [LoadedClip], skipped: [SkippedClip]) {
    let done = Atomic(0)
    let results = parallelMap(count: recordings.count, threads: threads) {
    } body: { _, index -> Result<[Float], AudioError>? in
      guard !isCancelled() else { return nil }
      let result = Result { () throws(AudioError) in
        try reader.read(recordings[index].path).samples
      }
      let count = done.wrappingAdd(1, ordering: .relaxed).newValue
      if count % 64 == 0 || count == recordings.count { progress(count) }
      return result
    }
    var clips: [LoadedClip] = []
    var skipped: [SkippedClip] = []
    clips.reserveCapacity(recordings.count)
    for (recording, result) in zip(recordings, results) {
      switch result {
      case .success(let samples): clips.append(LoadedClip(samples: samples, recording: recording))
      case .failure(let error):
        skipped.append(SkippedClip(path: recording.name, reason: error.description))
      case nil: break
      }
    }
    return (clips, skipped)
  }
}
