import Basics
import Recognition
import SystemPackage

/// Keeps the sound of events as WAV files, a folder a word, as a dataset has them.
///
/// A file is named `<recording>_nohash_<milliseconds>.wav`: all events of a recording count as one
/// speaker, and stay in one part of a split.
public struct EventSaver: Sendable {
  /// Longer names than this are cut: some systems take 255 bytes.
  private static let longestStem = 150

  private let folder: FilePath
  private let sampleRate: Int

  /// Keeps events below a folder, at a rate in Hz.
  ///
  /// - Throws: `FileError.cannotCreate` where nothing can be made there.
  public init(_ folder: FilePath, sampleRate: Int) throws(FileError) {
    try checkFolder(folder)
    (self.folder, self.sampleRate) = (folder, sampleRate)
  }

  /// Writes the sound of an event, and a row about it in the folder's table; a file that has the same
  /// bytes already stays as it is.
  ///
  /// - Parameters:
  ///   - samples: One channel.
  ///   - event: The event.
  ///   - recording: Names the recording, such as the bytes of its path; the folder and the ending are
  ///     left out.
  ///   - seconds: Where the sound begins in it.
  ///   - source: The recording, pipe or device, for people.
  ///   - time: The time of day, of live sound.
  /// - Returns: The file.
  /// - Throws: `FileError`.
  public func save(
    _ samples: [Float], of event: Event, recording: [UInt8], seconds: Double, source: String,
    time: String?
  ) throws(FileError) -> FilePath {
    let word = SavedFile.name(Array(event.label.utf8))
    let place = folder.below(word)
    try createFolders(place)
    let stem = SavedFile.name(Array(Array(recording.fileName).withoutEnding)).prefix(
      Self.longestStem)
    let milliseconds = String(Int((seconds * 1_000).rounded()))
    let zeros = String(repeating: "0", count: max(0, 9 - milliseconds.utf8.count))
    let bytes = WaveFile.bytes(samples, sampleRate: sampleRate)
    let path = SavedFile.free(
      in: place, Array(stem) + Array("_nohash_\(zeros)\(milliseconds)".utf8), bytes)
    if isFile(path) { return path }
    try AtomicFile.write(bytes, to: path)
    try SavedEventTable.add(
      event, at: word + [UInt8(ascii: "/")] + path.bytes.fileName, (source, time), to: folder)
    return path
  }
}
