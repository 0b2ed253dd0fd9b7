import Basics
import Datasets
import Glibc
import Sound
import SystemPackage

/// Identifies the content of a cache: the bytes of every file, in order, and how they were decoded.
///
/// The files are read completely, because size and date do not show every change of a clip.
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
