import Basics

/// One line of `kws bench`.
public struct BenchmarkResult: Codable, Sendable {
  /// What was measured.
  public var name: String
  /// The sizes, such as "H 128, B 64, T 98".
  public var shape: String
  /// Threads at work.
  public var threads: Int
  /// Median time of one call, in milliseconds.
  public var milliseconds: Double
  /// Shortest time of one call, in milliseconds.
  public var best: Double
  /// Units a second at the median time.
  public var rate: Double
  /// What the rate counts, such as "clips/s".
  public var unit: String
  /// 10^9 floating-point operations a second, of matrix products; nil where there are none to count.
  public var gigaflops: Double?
  /// `gigaflops` as a share of the processor's multiply-add peak in the same run.
  public var share: Double?
}

/// Times a call.
struct Stopwatch {
  /// Calls are repeated for at least this long, in seconds.
  var seconds = 1.0

  /// Median and shortest time of one call, in milliseconds, after one call to warm up.
  func time(_ call: () -> Void) -> (median: Double, best: Double) {
    call()
    var times: [Double] = []
    let end = ContinuousClock.now + .seconds(seconds)
    repeat {
      let start = ContinuousClock.now
      call()
      times.append((ContinuousClock.now - start).seconds * 1000)
    } while ContinuousClock.now < end || times.count < 5
    times.sort()
    return (times[times.count / 2], times[0])
  }
}

extension BenchmarkResult {
  /// The figures as one line of JSON with sorted keys.
  package var json: String { String(decoding: try! jsonEncoder().encode(self), as: UTF8.self) }
}
