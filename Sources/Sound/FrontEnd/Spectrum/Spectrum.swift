import CFFTW
import Glibc
import Synchronization

/// Power spectra of eight windowed frames, by FFTW in single precision.
///
/// N real samples are transformed as N / 2 complex ones, with even samples as real parts and odd
/// ones as imaginary parts; the bins are separated afterwards. FFTW's complex transforms use the
/// processor's vector instructions and its real ones hardly do: 512 samples take 140 ns instead of
/// 400 ns.
///
/// Owns the plan and its aligned buffers. Plans are made with FFTW_ESTIMATE: with measuring, the
/// algorithm and so the last bits could change from run to run.
final class Spectrum: PowerSpectrum {
  // FFTW's planner is not thread-safe; its other functions are.
  private static let planner = Mutex<Void>(())

  private let half: Int
  private let window: [Float]
  /// Cosine and sine of 2 pi k / N, for k from 0 to N / 4.
  private let turns: [SIMD2<Float>]
  private let plan: fftwf_plan
  /// (N): one windowed frame, zero after the window.
  private let input: UnsafeMutableBufferPointer<Float>
  /// (8, row, 2): transforms of eight frames, real and imaginary parts.
  private let output: UnsafeMutableBufferPointer<SIMD2<Float>>
  /// Distance between two lanes' transforms: N / 2 and a few more, so that rows are aligned but do
  /// not share cache lines.
  private let row: Int

  /// Prepares transforms of `length` samples, an even number; the window must not be longer.
  init(length: Int, window: [Double]) {
    precondition(length >= 2 && length.isMultiple(of: 2), "a transform of \(length) samples")
    precondition(window.count <= length, "a window of \(window.count) in an FFT of \(length)")
    let half = length / 2
    self.half = half
    // Separating the bins needs a factor of 1/2, which is exact here.
    self.window = window.map { Float($0 / 2) }
    turns = (0...half / 2).map {
      let angle = 2 * Double.pi * Double($0) / Double(length)
      return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }
    row = (half + 7) / 8 * 8 + 8
    input = .allocate(byteCount: length * 4, alignment: 64)
    output = .allocate(byteCount: Lanes.count * row * 8, alignment: 64)
    input.initialize(repeating: 0)
    output.initialize(repeating: SIMD2())
    // Safe: the lock runs its closure at once.
    nonisolated(unsafe) let (from, to) = (input, output)
    nonisolated(unsafe) var plan: fftwf_plan?
    Self.planner.withLock { _ in
      plan = fftwf_plan_dft_1d(
        CInt(half), from.complex, to.complex, FFTW_FORWARD, FFTW_ESTIMATE)
    }
    self.plan = plan!
  }

  deinit {
    nonisolated(unsafe) let plan = plan
    Self.planner.withLock { _ in fftwf_destroy_plan(plan) }
    input.deallocate()
    output.deallocate()
  }

  func load(_ frame: Span<Float>, lane: Int) {
    precondition(frame.count == window.count, "a frame of \(frame.count), not \(window.count)")
    precondition(lane < Lanes.count, "lane \(lane) of \(Lanes.count)")
    // Pointers: with bounds checks inside, the loop does not become vectors (90 ns to 30 ns).
    frame.withUnsafeBufferPointer { frame in
      window.withUnsafeBufferPointer { window in
        for n in 0..<window.count { input[n] = frame[n] * window[n] }
      }
    }
    // Rows have the alignment of the plan's own output, as this call requires.
    fftwf_execute_dft(plan, input.complex, output.complex + lane * row)
  }

  func clear(lane: Int) {
    for k in 0..<half { output[lane * row + k] = SIMD2() }
  }

  func power(into power: inout [Lanes]) {
    precondition(power.count == half + 1, "\(power.count) bins, not \(half + 1)")
    power.withUnsafeMutableBufferPointer { power in
      turns.withUnsafeBufferPointer { turns in
        for k in 0..<half / 2 + 1 {
          // Z[N/2] is Z[0]: a transform is periodic.
          let mirror = k == 0 ? 0 : half - k
          let (low, high) = (four(k, mirror, 0, turns[k]), four(k, mirror, 4, turns[k]))
          power[k] = Lanes(lowHalf: low.up, highHalf: high.up)
          power[half - k] = Lanes(lowHalf: low.down, highHalf: high.down)
        }
      }
    }
  }

  /// Power of bins k and N/2 - k of four lanes.
  @inline(__always)
  private func four(
    _ k: Int, _ mirror: Int, _ lane: Int, _ turn: SIMD2<Float>
  ) -> (up: SIMD4<Float>, down: SIMD4<Float>) {
    let first = takeApart(two(k, lane), two(mirror, lane), turn)
    let second = takeApart(two(k, lane + 2), two(mirror, lane + 2), turn)
    let up = SIMD8(lowHalf: first.up, highHalf: second.up)
    let down = SIMD8(lowHalf: first.down, highHalf: second.down)
    return (up.evenHalf + up.oddHalf, down.evenHalf + down.oddHalf)
  }

  /// Squares of the parts of X[k] and X[N/2 - k] of two lanes, alternating real and imaginary.
  ///
  /// Z is the transform of the complex samples, already halved. With Y = Z[N/2 - k], even = Z[k] +
  /// conj(Y), odd = (Z[k] - conj(Y)) / i, turned = odd * exp(-2 pi i k / N), and X[k] = even +
  /// turned, X[N/2 - k] = conj(even - turned). Complex numbers stay interleaved in a vector: with
  /// separate real and imaginary parts, this took 1.5 times as long.
  @inline(__always)
  private func takeApart(
    _ z: SIMD4<Float>, _ y: SIMD4<Float>, _ turn: SIMD2<Float>
  ) -> (up: SIMD4<Float>, down: SIMD4<Float>) {
    let conjugate = y * SIMD4(1, -1, 1, -1)
    let (even, difference) = (z + conjugate, z - conjugate)
    let swapped = SIMD4(difference.y, difference.x, difference.w, difference.z)
    let turned = swapped * SIMD4(turn.x, -turn.x, turn.x, -turn.x) - difference * turn.y
    let (up, down) = (even + turned, even - turned)
    return (up * up, down * down)
  }

  /// Bin k of two lanes, alternating real and imaginary parts.
  @inline(__always)
  private func two(_ k: Int, _ lane: Int) -> SIMD4<Float> {
    let z = output.baseAddress! + k + lane * row
    return SIMD4(lowHalf: z[0], highHalf: z[row])
  }
}

extension UnsafeMutableBufferPointer {
  fileprivate static func allocate(byteCount: Int, alignment: Int) -> Self {
    UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: alignment)
      .bindMemory(to: Element.self)
  }

  /// The same memory as FFTW's complex numbers, which its documentation defines as two floats.
  fileprivate var complex: UnsafeMutablePointer<fftwf_complex> {
    UnsafeMutableRawPointer(baseAddress!).assumingMemoryBound(to: fftwf_complex.self)
  }
}
