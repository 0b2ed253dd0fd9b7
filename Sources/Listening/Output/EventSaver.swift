import Basics
import Glibc
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

  /// Writes the sound of an event; a file that has the same bytes already stays as it is.
  ///
  /// - Parameters:
  ///   - samples: One channel.
  ///   - label: The word.
  ///   - recording: Names the recording, such as the bytes of its path; the folder and the ending are
  ///     left out.
  ///   - seconds: Where the sound begins in it.
  /// - Returns: The file.
  /// - Throws: `FileError`.
  public func save(
    _ samples: [Float], label: String, recording: [UInt8], seconds: Double
  ) throws(FileError) -> FilePath {
    let place = folder.below(Self.fileName(Array(label.utf8)))
    try createFolders(place)
    let stem = Self.fileName(Array(Array(recording.fileName).withoutEnding)).prefix(
      Self.longestStem)
    let bytes = WaveFile.bytes(samples, sampleRate: sampleRate)
    var number = 1
    while true {
      let milliseconds = String(Int((seconds * 1_000).rounded()))
      let zeros = String(repeating: "0", count: max(0, 9 - milliseconds.utf8.count))
      let ending = number == 1 ? ".wav" : "-\(number).wav"
      let path = place.below(stem + Array("_nohash_\(zeros)\(milliseconds)\(ending)".utf8))
      guard path.withPlatformString({ access($0, F_OK) }) == 0 else {
        try AtomicFile.write(bytes, to: path)
        return path
      }
      if let old = try? readFile(path, limit: bytes.count), old == bytes { return path }
      number += 1
    }
  }

  /// A name that stays within its folder: no slash, and no dot first.
  private static func fileName(_ name: [UInt8]) -> [UInt8] {
    var safe = name.map { [UInt8(ascii: "/"), 0].contains($0) ? UInt8(ascii: "_") : $0 }
    if safe.isEmpty || safe[0] == UInt8(ascii: ".") { safe.insert(UInt8(ascii: "_"), at: 0) }
    return safe
  }
}
