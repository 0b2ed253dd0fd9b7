import Basics
import Datasets
import Glibc
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
