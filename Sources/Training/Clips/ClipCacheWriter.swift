import Basics
import SystemPackage

/// Writes a `ClipCache`; the file gets its final name only when it is complete.
struct ClipCacheWriter: Sendable {
  private let path: FilePath
  private let file: PartialFile
  private var sampleCount = 0

  init(_ path: FilePath) throws(FileError) {
    self.path = path
    file = try PartialFile(path)
  }

  /// Writes the samples of a clip and returns the index of the first.
  mutating func append(_ samples: [Float]) throws(FileError) -> Int {
    try file.append(samples)
    defer { sampleCount += samples.count }
    return sampleCount
  }

  /// Writes the entries and the trailer, and opens the file for reading.
  func finish(_ entries: [ClipCache.Entry], key: UInt64) throws(FileError) -> ClipCache {
    try file.append(entries)
    let trailer = ClipCache.Trailer(
      key: key, clipCount: entries.count, sampleCount: sampleCount,
      checksum: ContentHash.of(bytesOf: entries))
    try file.append([trailer])
    try file.commit()
    return try ClipCache(path)
  }
}
