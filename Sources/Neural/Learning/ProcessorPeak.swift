import Basics

/// What the processor's multiply-add units do at most, measured; the yardstick for the products.
public enum ProcessorPeak {
  /// Floating-point operations a second, in units of 10^9, of `threads` threads together.
  ///
  /// The best of several rounds of about 20 ms: a lower one was disturbed.
  public static func gigaflops(threads: Int) -> Double {
    let rounds = 4_000_000
    let rates = (0..<5).map { _ in
      let start = ContinuousClock.now
      let operations = Parallel.map(threads, threads: threads) { _, _ in
        FloatKernels.best.multiplyAdds(rounds: rounds)
      }
      let time = (ContinuousClock.now - start) / .nanoseconds(1)
      return Double(operations.reduce(0, +)) / time
    }
    return rates.max()!
  }

  /// The instruction set at work, such as `avx512`, or the library that multiplies.
  public static var kernels: String { FloatKernels.best.name }
}
