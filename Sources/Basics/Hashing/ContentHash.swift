import Glibc
import SystemPackage

/// A hash of a clip's decoded samples, or of a file's bytes; the file's name plays no part.
public enum ContentHash {
  /// Longer recordings are cut into pieces of this many samples; their hash is made from those of
  /// the pieces.
  static let pieceLength = 1 << 22

  /// 64 bits over the samples' bit patterns; equal samples give equal hashes on every machine.
  ///
  /// Not secure against forgery: words are mixed in by multiplication (as in MurmurHash3's
  /// finaliser).
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

  /// Hashes samples that come in pieces, in constant memory; the hash does not depend on the
  /// pieces.
  package struct Accumulator: Sendable {
    private var count = 0
    /// Hash of the complete pieces.
    private var hash: UInt64 = 0
    private var waiting: [Float] = []

    /// An accumulator without samples.
    package init() {}

    /// Adds the next samples.
    package mutating func add(_ samples: [Float]) {
      count += samples.count
      // A clip that comes whole is kept without a copy.
      if waiting.isEmpty { waiting = samples } else { waiting += samples }
      // A recording that ends exactly here is one piece, so a full piece waits for more samples.
      while waiting.count > pieceLength {
        ContentHash.mix(ContentHash.of(piece: waiting[..<pieceLength]), into: &hash)
        waiting.removeFirst(pieceLength)
      }
    }

    /// The same hash as `of` gives for all samples so far.
    package var value: UInt64 {
      let last = ContentHash.of(piece: waiting[...])
      guard count > pieceLength else { return last }
      var hash = hash
      ContentHash.mix(last, into: &hash)
      return hash
    }
  }

  /// Mixes one more word into `hash`.
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

  /// 64 bits over a regular file's bytes, without decoding; 0 if the file cannot be read.
  package static func of(file path: FilePath) -> UInt64 {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
    // Blocks of 64 KiB; a smaller file needs only room for its bytes and one word to see its end.
    let most = 1 << 13
    var words = [UInt64](repeating: 0, count: min(most, max(0, Int(status.st_size)) / 8 + 2))
    var hash: UInt64 = 0
    while true {
      // Whole blocks, so that the hash does not depend on how the system divides the file.
      let (got, error) = words.withUnsafeMutableBytes { Transfer.read($0, from: descriptor) }
      guard error == nil else { return 0 }
      guard got > 0 else { return hash }
      // Clears the last word, which may hold bytes of the block before.
      words.withUnsafeMutableBytes { bytes in
        for place in got..<min(bytes.count, (got + 7) / 8 * 8) { bytes[place] = 0 }
      }
      mix(UInt64(got), into: &hash)
      for word in words[..<((got + 7) / 8)] { mix(word, into: &hash) }
    }
  }
}
