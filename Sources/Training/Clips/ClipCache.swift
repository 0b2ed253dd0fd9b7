import Basics
import Glibc
import SystemPackage

/// Decoded clips in a file of the run folder.
///
/// The file has the samples of all clips (Float), then an `Entry` per clip, then a `Trailer`, in
/// the machine's byte order. It is read in pieces, not mapped: mapped memory would count as the
/// program's, and a truncated file or a disk error would end the program by a signal.
package final class ClipCache: Sendable {
  /// The place of a clip; its count is 0 if it could not be decoded.
  struct Entry: Sendable {
    /// Index of its first sample among all samples.
    var first = 0
    var count = 0
    /// `ContentHash` of the samples.
    var hash: UInt64 = 0
  }

  struct Trailer: Sendable {
    /// "kwsclip" and the version of the layout.
    static let magic: UInt64 = 0x6B77_7363_6C69_7001
    var magic = Trailer.magic
    /// Identifies the clips and the decoding; see `ClipCacheKey`.
    var key: UInt64
    var clipCount: Int
    var sampleCount: Int
    /// Checksum of the entries.
    var checksum: UInt64
  }

  /// Why a file cannot be used as the cache.
  enum Refusal: Error, CustomStringConvertible {
    case file(FileError)
    case damaged(String)
    /// A complete file of other clips, other decoding or another version of kws.
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

  /// Opens the file without checking its content.
  init(_ path: FilePath) throws(FileError) {
    self.path = path
    descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .reading(path, errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The samples in `range`, counted over all clips of the file.
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

  /// Opens and checks the file at `path`: every sample must be there, and the key must match.
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

  /// The entries, checked for consistency and against the size of the file.
  private func index(key: UInt64) throws -> [Entry] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError.reading(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError.notRegular(path) }
    let size = Int(status.st_size)
    let trailerPlace = size - MemoryLayout<Trailer>.stride
    guard trailerPlace >= 0 else { throw Refusal.damaged("it has only \(size) bytes") }
    let blank = Trailer(key: 0, clipCount: 0, sampleCount: 0, checksum: 0)
    let trailer = try values(1, at: trailerPlace, zero: blank)[0]
    guard trailer.magic == Trailer.magic else { throw Refusal.damaged("its end is missing") }
    let (sampleSize, entrySize) = (MemoryLayout<Float>.stride, MemoryLayout<Entry>.stride)
    guard (0...trailerPlace / entrySize).contains(trailer.clipCount),
      (0...trailerPlace / sampleSize).contains(trailer.sampleCount),
      trailer.sampleCount * sampleSize + trailer.clipCount * entrySize == trailerPlace
    else { throw Refusal.damaged("its \(size) bytes do not match its trailer") }
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
      let (done, error) = Transfer.read(buffer, from: descriptor, at: offset)
      if let error { return .reading(path, error) }
      guard done < buffer.count else { return nil }
      return .unreadable(
        path, reason: "it ends at byte \(offset + done), \(buffer.count - done) too early")
    }
    if let failure { throw failure }
    return values
  }
}
