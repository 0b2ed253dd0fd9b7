import Glibc
import SystemPackage

/// A name for what is heard in a clip, or for a file's bytes, whatever the file is called.
public enum ContentHash {
  /// Longer recordings are named by the names of pieces of so many samples.
  static let pieceLength = 1 << 22

  /// 64 bits over the samples' bit patterns; equal samples give equal hashes on every machine.
  ///
  /// Not meant against forgery: words are mixed in by multiplication (as in MurmurHash3's finaliser).
  public static func of(_ samples: [Float]) -> UInt64 {
    guard samples.count <= pieceLength else {
      var accumulator = Accumulator()
      accumulator.add(samples)
      return accumulator.value
    }
    return of(piece: samples[...])
  }

  private static func of(piece samples: ArraySlice<Float>) -> UInt64 {
    var hash = UInt64(samples.count)
    for sample in samples { mix(UInt64(sample.bitPattern), into: &hash) }
    return hash
  }

  /// Names samples that come in pieces, in flat memory; the name does not depend on how they were cut.
  package struct Accumulator: Sendable {
    private var count = 0
    /// Of the pieces that are full.
    private var hash: UInt64 = 0
    private var waiting: [Float] = []

    /// Nothing yet.
    package init() {}

    /// Takes in the next samples.
    package mutating func add(_ samples: [Float]) {
      count += samples.count
      waiting += samples
      // The end of a recording may be just here: then it is one piece.
      while waiting.count > pieceLength {
        ContentHash.mix(ContentHash.of(piece: waiting[..<pieceLength]), into: &hash)
        waiting.removeFirst(pieceLength)
      }
    }

    /// What `of` gives for the samples so far.
    package var value: UInt64 {
      let last = ContentHash.of(piece: waiting[...])
      guard count > pieceLength else { return last }
      var hash = hash
      ContentHash.mix(last, into: &hash)
      return hash
    }
  }

  /// Takes one more word into `hash`.
  @inline(__always)
  package static func mix(_ word: UInt64, into hash: inout UInt64) {
    hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 32
  }

  /// 64 bits over the bytes of values of a plain type.
  package static func of<Value: BitwiseCopyable>(bytesOf values: [Value]) -> UInt64 {
    values.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count)
      for place in stride(from: 0, to: bytes.count, by: 8) {
        var word: UInt64 = 0
        for byte in bytes[place..<min(bytes.count, place + 8)].reversed() {
          word = word << 8 | UInt64(byte)
        }
        mix(word, into: &hash)
      }
      return hash
    }
  }

  /// 64 bits over a regular file's bytes, which are read and not decoded; 0 for one that cannot be
  /// read.
  package static func of(file path: FilePath) -> UInt64 {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
    var words = [UInt64](repeating: 0, count: 1 << 13)
    var hash: UInt64 = 0
    while true {
      guard let got = words.withUnsafeMutableBytes({ fill($0, from: descriptor) }) else { return 0 }
      guard got > 0 else { return hash }
      // What is left in the last word from before would else count again.
      words.withUnsafeMutableBytes { bytes in
        for place in got..<min(bytes.count, (got + 7) / 8 * 8) { bytes[place] = 0 }
      }
      mix(UInt64(got), into: &hash)
      for word in words[..<((got + 7) / 8)] { mix(word, into: &hash) }
    }
  }

  /// Reads until the buffer is full or the file ends, so that the hash does not depend on how the
  /// system cuts the reading; nil after an error.
  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: CInt) -> Int? {
    var done = 0
    while done < buffer.count {
      let got = read(descriptor, buffer.baseAddress! + done, buffer.count - done)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { return nil }
      guard got > 0 else { break }
      done += got
    }
    return done
  }
}
