import Basics
import Datasets
import Sound
import Synchronization
import SystemPackage

/// Decodes the clips of a training on several threads, or reads them from the cache of a resumed
/// training.
struct ClipLoader: Sendable {
  var reader: ClipReader
  var threads: Int
  /// Most bytes of samples in memory; with more, all samples are written to a file.
  var budget: Int
  /// The run folder, for that file.
  var place: RunPlace

  /// The clips that could be read, in the given order, and the others.
  typealias Loaded = (clips: [LoadedClip], skipped: [SkippedClip])

  /// Loads clips.
  ///
  /// - Parameters:
  ///   - recordings: The clips to read.
  ///   - isCancelled: Called before each clip; if true, the other clips are left out.
  ///   - report: Called with the progress from time to time, from any thread, and about the file.
  /// - Returns: The clips, and the reasons for those that are missing.
  /// - Throws: `FileError` if the file cannot be written.
  func load(
    _ recordings: [Recording], isCancelled: @Sendable () -> Bool = { false },
    report: @Sendable (TrainingEvent) -> Void = { _ in }
  ) throws(FileError) -> Loaded {
    if let loaded = cached(recordings, report) { return loaded }
    let store = ClipStore(count: recordings.count, budget: budget)
    func makeFile() throws(FileError) -> FilePath {
      let path = try place.folder().decodedClips
      report(.caching(path, budget: budget))
      return path
    }
    let done = Atomic(0)
    let errors = Parallel.map(recordings.count, threads: threads) { index, _ -> AudioError? in
      guard !isCancelled(), !store.hasFailed else { return nil }
      defer {
        let count = done.wrappingAdd(1, ordering: .relaxed).newValue
        if count % 64 == 0 || count == recordings.count {
          report(.decoding(done: count, total: recordings.count))
        }
      }
      do throws(AudioError) {
        store.put(try reader.read(recordings[index].path).samples, at: index, makeFile: makeFile)
        return nil
      } catch { return error }
    }
    // A cancelled training does not need the file, and writing it can take seconds.
    if isCancelled() { return ([], []) }
    let clips = try store.finish { key(of: recordings) }
    return combined(recordings, clips, errors)
  }

  private func key(of recordings: [Recording]) -> UInt64 {
    ClipCacheKey.key(recordings, reader.decoder, threads: threads)
  }

  /// The clips of the run folder's cache, if there is a valid one.
  private func cached(
    _ recordings: [Recording], _ report: @Sendable (TrainingEvent) -> Void
  ) -> Loaded? {
    guard let path = place.existing?.decodedClips, isFile(path) else { return nil }
    do throws(ClipCache.Refusal) {
      let (cache, entries) = try ClipCache.checked(
        path, key: key(of: recordings), threads: threads)
      // The errors are not stored, so clips that could not be read are decoded again.
      let errors = recordings.indices.map { index -> AudioError? in
        guard entries[index].count == 0 else { return nil }
        do throws(AudioError) { _ = try reader.read(recordings[index].path) } catch { return error }
        return nil
      }
      let clips = cache.clips(entries)
      guard zip(clips, errors).allSatisfy({ $0 != nil || $1 != nil }) else { throw .foreign }
      report(.decoding(done: recordings.count, total: recordings.count))
      return combined(recordings, clips, errors)
    } catch {
      report(.warning("\(path) is not used, and the clips are decoded again: \(error)"))
      return nil
    }
  }

  private func combined(
    _ recordings: [Recording], _ clips: [(samples: ClipSamples, hash: UInt64)?],
    _ errors: [AudioError?]
  ) -> Loaded {
    var loaded: Loaded = ([], [])
    loaded.clips.reserveCapacity(recordings.count)
    for (index, recording) in recordings.enumerated() {
      if let clip = clips[index] {
        loaded.clips.append(
          LoadedClip(samples: clip.samples, contentHash: clip.hash, recording: recording))
      } else if let error = errors[index] {
        loaded.skipped.append(SkippedClip(path: recording.name, reason: error.description))
      }
    }
    return loaded
  }
}
