import Basics
import Datasets
import Glibc
import Recognition
import Sound
import SystemPackage

/// Names what a cache of decoded clips holds: the content of every file, in order, and how it was
/// decoded.
///
/// The files are read again, and not only looked at for size and date: a cache must not hide that a
/// clip has changed.
enum ClipCacheKey {
  static func key(_ recordings: [Recording], _ decoder: AudioDecoder, threads: Int) -> UInt64 {
    let how = Array(
      "\(Version.current) \(decoder.sampleRate ?? 0) \(decoder.channel ?? 0)".utf8)
    let files = Parallel.map(recordings.count, threads: threads) { index, _ in
      ContentHash.of(file: recordings[index].path)
    }
    return ContentHash.of(bytesOf: [ContentHash.of(bytesOf: how)] + files)
  }
}

extension ContentHash {
  /// 64 bits over the bytes of values of a plain type.
  static func of<Value: BitwiseCopyable>(bytesOf values: [Value]) -> UInt64 {
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

  /// 64 bits over a file's bytes; 0 for one that cannot be read.
  static func of(file path: FilePath) -> UInt64 {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var words = [UInt64](repeating: 0, count: 1 << 13)
    var hash: UInt64 = 0
    while true {
      let got = words.withUnsafeMutableBytes { read(descriptor, $0.baseAddress!, $0.count) }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { return got < 0 ? 0 : hash }
      // What is left in the last word from before would else count again.
      words.withUnsafeMutableBytes { bytes in
        for place in got..<min(bytes.count, (got + 7) / 8 * 8) { bytes[place] = 0 }
      }
      mix(UInt64(got), into: &hash)
      for word in words[..<((got + 7) / 8)] { mix(word, into: &hash) }
    }
  }
}
