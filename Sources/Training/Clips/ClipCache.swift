import Basics
import Glibc
import SystemPackage

/// Decoded clips in a file of the run folder.
///
/// Samples one clip after another (Float), then an `Entry` for each clip, then a `Trailer`; all in
/// the machine's own byte order. Read piece by piece and not mapped: a mapping would count as memory
/// of the program, and end it by a signal where the file is cut short or the disk fails.
package final class ClipCache: Sendable {
  /// Where a clip is; its count is 0 where it could not be decoded.
  struct Entry: Sendable {
    /// Place of its first sample among all.
    var first = 0
    var count = 0
    /// `ContentHash` of the samples.
    var hash: UInt64 = 0
  }

  struct Trailer: Sendable {
    /// "kwsclip" and the version of the layout.
    static let magic: UInt64 = 0x6B77_7363_6C69_7001
    var magic = Trailer.magic
    /// What was decoded, and how; see `ClipCacheKey`.
    var key: UInt64
    var clipCount: Int
    var sampleCount: Int
    /// Over the entries.
    var checksum: UInt64
  }

  /// Why a file is not what is looked for.
  enum Refusal: Error, CustomStringConvertible {
    case file(FileError)
    case damaged(String)
    /// A whole file, of other clips, another decoding or another version of the program.
    case foreign

    var description: String {
      switch self {
      case .file(let error): "\(error)"
      case .damaged(let problem): "it is damaged: \(problem)"
      case .foreign: "it belongs to other clips or another version of kws"
      }
    }
  }

  private let path: FilePath
  private let descriptor: CInt

  /// Opens the file without a look at its content.
  init(_ path: FilePath) throws(FileError) {
    self.path = path
    descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .reading(path, errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The samples in `range` of all that the file holds.
  func samples(_ range: Range<Int>) throws(FileError) -> [Float] {
    try values(range.count, at: range.lowerBound * MemoryLayout<Float>.stride, zero: 0)
  }

  /// The clips at `entries`; nil for those that could not be decoded.
  func clips(_ entries: [Entry]) -> [(samples: ClipSamples, hash: UInt64)?] {
    entries.map { entry in
      guard entry.count > 0 else { return nil }
      return (.cached(self, entry.first..<entry.first + entry.count), entry.hash)
    }
  }

  /// The file at `path` and its entries, if it is whole, to the last sample, and has that key.
  static func checked(
    _ path: FilePath, key: UInt64, threads: Int
  ) throws(Refusal) -> (cache: ClipCache, entries: [Entry]) {
    do {
      let cache = try ClipCache(path)
      let entries = try cache.index(key: key)
      _ = try Parallel.map(entries.count, threads: threads) { number, _ in
        let entry = entries[number]
        let samples = try cache.samples(entry.first..<entry.first + entry.count)
        guard samples.isEmpty || ContentHash.of(samples) == entry.hash else {
          throw Refusal.damaged("clip \(number + 1) has other samples than were written")
        }
      }
      return (cache, entries)
    } catch let refusal as Refusal { throw refusal } catch { throw .file(error as! FileError) }
  }

  /// The entries, checked among themselves and against the size of the file.
  private func index(key: UInt64) throws -> [Entry] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError.reading(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError.notRegular(path) }
    let size = Int(status.st_size)
    let trailerPlace = size - MemoryLayout<Trailer>.stride
    guard trailerPlace >= 0 else { throw Refusal.damaged("it has \(size) bytes only") }
    let blank = Trailer(key: 0, clipCount: 0, sampleCount: 0, checksum: 0)
    let trailer = try values(1, at: trailerPlace, zero: blank)[0]
    guard trailer.magic == Trailer.magic else { throw Refusal.damaged("its end is missing") }
    let (sampleSize, entrySize) = (MemoryLayout<Float>.stride, MemoryLayout<Entry>.stride)
    guard (0...trailerPlace / entrySize).contains(trailer.clipCount),
      (0...trailerPlace / sampleSize).contains(trailer.sampleCount),
      trailer.sampleCount * sampleSize + trailer.clipCount * entrySize == trailerPlace
    else { throw Refusal.damaged("its \(size) bytes are not what its end speaks of") }
    let entries = try values(
      trailer.clipCount, at: trailer.sampleCount * sampleSize, zero: Entry())
    guard ContentHash.of(bytesOf: entries) == trailer.checksum else {
      throw Refusal.damaged("its index is not what was written")
    }
    let places = 0...trailer.sampleCount
    guard
      entries.allSatisfy({
        places.contains($0.first) && (0...trailer.sampleCount - $0.first).contains($0.count)
      })
    else { throw Refusal.damaged("its index points beyond its end") }
    guard trailer.key == key else { throw Refusal.foreign }
    return entries
  }

  /// `count` values of a plain type that begin `offset` bytes into the file.
  private func values<Value: BitwiseCopyable>(
    _ count: Int, at offset: Int, zero: Value
  ) throws(FileError) -> [Value] {
    var values = [Value](repeating: zero, count: count)
    let failure: FileError? = values.withUnsafeMutableBytes { buffer in
      var done = 0
      while done < buffer.count {
        let got = pread(
          descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { return .reading(path, errno) }
        guard got > 0 else {
          return .unreadable(
            path, reason: "it ends at byte \(offset + done), \(buffer.count - done) too early")
        }
        done += got
      }
      return nil
    }
    if let failure { throw failure }
    return values
  }
}
