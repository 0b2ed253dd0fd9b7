import Glibc
import SystemPackage

/// How much work a decoder may have with one file.
public enum DecodingLimit {
  /// Address space that a worker may take on top of what it starts with, in bytes.
  static let memory = 1 << 28
  /// Sound for which a decoder gets one more second of processor time, in seconds.
  ///
  /// An hour of Opus decodes in some 20 s whatever its size, and gets 120.
  static let soundPerSecond = 30

  /// Seconds of processor time for a file before its first sample: 3, and 1 more for each 256 KiB on
  /// the disk, at most 60.
  ///
  /// The size is that of the blocks that are really there, so that a file full of holes buys no time.
  static func seconds(for path: FilePath) -> Int {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return seconds(bytes: 0) }
    return seconds(bytes: Int(status.st_blocks) * 512)
  }

  /// Seconds of processor time for a file of so many bytes.
  static func seconds(bytes: Int) -> Int { 3 + min(57, bytes / (256 << 10)) }
}
