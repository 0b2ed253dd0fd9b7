import Basics
import Synchronization
import SystemPackage

/// Takes in clips as threads decode them, in any order: in memory up to a budget, beyond it all in
/// a file.
final class ClipStore: Sendable {
  private struct State {
    /// By clip; empty once there is a file.
    var samples: [[Float]?]
    /// By clip; those of unreadable clips stay empty.
    package var entries: [ClipCache.Entry]
    var bytes = 0
    var writer: ClipCacheWriter?
    var failure: FileError?
  }

  private let state: Mutex<State>
  private let budget: Int

  /// Room for `count` clips.
  ///
  /// - Parameters:
  ///   - count: How many clips may come.
  ///   - budget: Bytes of samples that memory may hold.
  init(count: Int, budget: Int) {
    state = Mutex(
      State(
        samples: Array(repeating: nil, count: count),
        entries: Array(repeating: ClipCache.Entry(), count: count)))
    self.budget = budget
  }

  /// Whether writing has failed, so that there is no sense in going on; `finish` says why.
  var hasFailed: Bool { state.withLock { $0.failure != nil } }

  /// Takes clip `index`; `makeFile` is called once, when a file is needed, for its path.
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

  /// From here on all clips are in the file, those that came before as well.
  private static func move(_ state: inout State, to path: FilePath) throws(FileError) {
    var writer = try ClipCacheWriter(path)
    for (index, samples) in state.samples.enumerated() {
      if let samples { state.entries[index].first = try writer.append(samples) }
    }
    state.samples = []
    state.writer = writer
  }

  /// Ends the file, if there is one.
  ///
  /// - Parameter key: What the file is to be known by, asked for where there is one.
  /// - Returns: The clips by index; nil for those that never came.
  /// - Throws: `FileError` where writing failed, now or before.
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
