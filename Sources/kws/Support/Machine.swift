import Glibc
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Facts about the machine.
enum Machine {
  /// Number of processors that this process may use.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The requested number of threads, or one per core; fewer, with a remark, if a limit leaves no
  /// memory for them.
  static func threads(_ wanted: Int?) -> Int {
    let count = wanted ?? cores
    guard count > MemoryLimit.threads else { return count }
    if wanted != nil {
      remarkOnThreads.withLock { isMade in
        if !isMade {
          StandardError.line(
            "kws: \(MemoryLimit.threads) of \(count) threads: the limit on memory allows no more")
        }
        isMade = true
      }
    }
    return MemoryLimit.threads
  }

  private static let remarkOnThreads = Mutex(false)

  /// The current time, in UTC, in ISO 8601.
  static var date: String { date(time(nil)) + "Z" }

  /// The same with milliseconds.
  static var preciseDate: String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let milliseconds = "\(now.tv_nsec / 1_000_000)"
    let zeros = String(repeating: "0", count: 3 - milliseconds.utf8.count)
    return date(now.tv_sec) + ".\(zeros)\(milliseconds)Z"
  }

  /// The same for a file's name: `20261128T140321`.
  static var compactDate: String { date(time(nil)).filter { $0 != "-" && $0 != ":" } }

  private static func date(_ seconds: time_t) -> String {
    var seconds = seconds
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: CInt) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }

  /// System, processor and threads, for a report.
  static func summary(threads: Int) -> String {
    var name = utsname()
    uname(&name)
    func text<Characters>(_ characters: Characters) -> String {
      withUnsafeBytes(of: characters) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return "\(text(name.sysname)) \(text(name.release)), \(text(name.machine)), \(threads) threads"
  }
}
