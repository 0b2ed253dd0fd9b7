import Basics
import Synchronization
import SystemPackage

/// Collects clips that threads decode in any order: in memory up to a budget, or all in a file.
final class ClipStore: Sendable {
  private struct State {
    /// Samples by clip; empty if there is a file.
    var samples: [[Float]?]
    /// Entries by clip; those of unreadable clips stay empty.
    package var entries: [ClipCache.Entry]
    var bytes = 0
    var writer: ClipCacheWriter?
    var failure: FileError?
  }

  private let state: Mutex<State>
  private let budget: Int

  /// Makes a store for `count` clips.
  ///
  /// - Parameters:
  ///   - count: Number of clips.
  ///   - budget: Most bytes of samples in memory.
  init(count: Int, budget: Int) {
    state = Mutex(
      State(
        samples: Array(repeating: nil, count: count),
        entries: Array(repeating: ClipCache.Entry(), count: count)))
    self.budget = budget
  }

  /// Whether writing has failed; `finish` throws the error.
  var hasFailed: Bool { state.withLock { $0.failure != nil } }

  /// Adds clip `index`; `makeFile` gives the path of the file, and is called once if a file is
  /// needed.
  func put(
    _ samples: [Float], at index: Int, makeFile: () throws(FileError) -> FilePath
  ) {
    let hash = ContentHash.of(samples)
    state.withLock { state in
      guard state.failure == nil else { return }
      state.entries[index].count = samples.count
      state.entries[index].hash = hash
      do throws(FileError) {
        if state.writer == nil {
          state.bytes += samples.count * MemoryLayout<Float>.stride
          guard state.bytes > budget else {
            state.samples[index] = samples
            return
          }
          try Self.move(&state, to: makeFile())
        }
        state.entries[index].first = try state.writer!.append(samples)
      } catch { state.failure = error }
    }
  }

  /// Moves all clips so far to the file; later ones are written to it too.
  private static func move(_ state: inout State, to path: FilePath) throws(FileError) {
    var writer = try ClipCacheWriter(path)
    for (index, samples) in state.samples.enumerated() {
      if let samples { state.entries[index].first = try writer.append(samples) }
    }
    state.samples = []
    state.writer = writer
  }

  /// Finishes the file, if there is one.
  ///
  /// - Parameter key: The key of the file, called if there is one.
  /// - Returns: The clips by index; nil for those that were not added.
  /// - Throws: `FileError` if writing failed, now or earlier.
  func finish(
    key: () -> UInt64
  ) throws(FileError) -> [(samples: ClipSamples, hash: UInt64)?] {
    let state = state.withLock { $0 }
    if let failure = state.failure { throw failure }
    guard let writer = state.writer else {
      return zip(state.samples, state.entries).map { samples, entry in
        samples.map { (.memory($0), entry.hash) }
      }
    }
    return try writer.finish(state.entries, key: key()).clips(state.entries)
  }
}
