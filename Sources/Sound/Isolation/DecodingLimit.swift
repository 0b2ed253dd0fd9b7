import Glibc
import SystemPackage

/// How long a decoder may work on one file.
public enum DecodingLimit {
  /// Address space that a worker may take on top of what it starts with, in bytes.
  static let memory = 1 << 28

  /// Seconds of processor time for a file: 3, and 1 more for each 256 KiB on the disk, at most 60.
  ///
  /// An hour of Opus at 32 kbit/s has 14 MB and decodes in some 20 s. The size is that of the blocks
  /// that are really there, so that a file full of holes buys no time.
  public static func seconds(for path: FilePath) -> Int {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return 3 }
    return 3 + min(57, Int(status.st_blocks) * 512 / (256 << 10))
  }

  /// Asks for `signal` SIGPROF when this process has worked for `seconds`; 0 takes the request back.
  public static func arm(seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }
}
