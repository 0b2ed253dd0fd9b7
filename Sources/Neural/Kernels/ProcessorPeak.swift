import Basics

/// Measures the peak rate of the processor's multiply-add units, to compare matrix products with.
public enum ProcessorPeak {
  /// Floating-point operations per second of `threads` threads together, in units of 10^9.
  ///
  /// The best of several rounds of about 20 ms: other rounds were disturbed.
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

  /// The instruction set in use, such as `avx512`, or the name of the BLAS library.
  public static var kernels: String { FloatKernels.best.name }
}
