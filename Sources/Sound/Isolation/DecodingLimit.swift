import Glibc
import SystemPackage

/// Limits on the work of decoding one file.
public enum DecodingLimit {
  /// Address space that a worker may use beyond that at its start, in bytes.
  static let memory = 1 << 28
  /// Seconds of decoded sound for each additional second of processor time.
  ///
  /// An hour of Opus takes about 20 s, and may take 120.
  static let soundPerSecond = 30

  /// Seconds of processor time before the first sample: 3, and 1 more for each 256 KiB on the disk,
  /// at most 60.
  ///
  /// The size is that of the allocated blocks, so a sparse file gets no extra time.
  static func seconds(for path: FilePath) -> Int {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return seconds(bytes: 0) }
    return seconds(bytes: Int(status.st_blocks) * 512)
  }

  /// Seconds of processor time for a file of this size.
  static func seconds(bytes: Int) -> Int { 3 + min(57, bytes / (256 << 10)) }
}
