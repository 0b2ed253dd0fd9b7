import Basics

/// One line of `kws bench`.
public struct BenchmarkResult: Encodable, Sendable {
  /// The part that was measured.
  public var name: String
  /// The sizes, such as "H 128, B 64, T 98".
  public var shape: String
  /// Number of threads.
  public var threads: Int
  /// Median time of one call, in milliseconds.
  public var milliseconds: Double
  /// Shortest time of one call, in milliseconds.
  public var best: Double
  /// Units per second at the median time.
  public var rate: Double
  /// What the rate counts, such as "clips/s".
  public var unit: String
  /// 10^9 floating-point operations of matrix products per second; nil if there are none.
  public var gigaflops: Double?
  /// `gigaflops` as a share of the processor's multiply-add peak in the same run.
  public var share: Double?
}

/// Measures the time of a call.
struct Stopwatch {
  /// Least time over which calls are repeated, in seconds.
  var seconds = 1.0

  /// Median and shortest time of one call, in milliseconds, after one warm-up call.
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
