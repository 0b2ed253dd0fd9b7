import CFFTW
import Glibc
import Synchronization

/// Power spectra of eight windowed frames, by FFTW in single precision.
///
/// N real samples go as N / 2 complex ones, even samples real and odd ones imaginary, through a
/// complex transform, whose bins are then taken apart. FFTW's complex transforms use the
/// processor's vectors and its real ones hardly do: 512 samples take 140 ns so, and 400 ns
/// otherwise.
///
/// Owns the plan and its aligned buffers. Plans are made with FFTW_ESTIMATE: measuring would choose
/// another algorithm, and so other last bits, from run to run.
final class Spectrum: PowerSpectrum {
  // FFTW's planner, alone of all its functions, must not run twice at once.
  private static let planner = Mutex<Void>(())

  private let length: Int
  private let half: Int
  private let window: [Float]
  // cos and sin of 2 pi k / N, for k from 0 to N / 4.
  private let cosines: [Float]
  private let sines: [Float]
  private let plan: fftwf_plan
  /// (N): one windowed frame; behind the window it stays zero.
  private let input: UnsafeMutableBufferPointer<Float>
  /// (8, row, 2): transforms of eight frames, real and imaginary parts.
  private let output: UnsafeMutableBufferPointer<SIMD2<Float>>
  /// Numbers from one lane's transform to the next: N / 2, and a few so that rows stay aligned but
  /// do not all fall into the same lines of the cache.
  private let row: Int

  /// Prepares transforms of `length` samples, an even number, under a window that is not longer.
  init(length: Int, window: [Double]) {
    precondition(length >= 2 && length.isMultiple(of: 2), "a transform of \(length) samples")
    precondition(window.count <= length, "a window of \(window.count) in an FFT of \(length)")
    let half = length / 2
    self.length = length
    self.half = half
    // Taking the bins apart needs a factor of 1/2, which is exact here.
    self.window = window.map { Float($0 / 2) }
    let angles = (0...half / 2).map { 2 * Double.pi * Double($0) / Double(length) }
    cosines = angles.map { Float(cos($0)) }
    sines = angles.map { Float(sin($0)) }
    row = (half + 7) / 8 * 8 + 8
    input = .allocate(byteCount: length * 4, alignment: 64)
    output = .allocate(byteCount: Lanes.count * row * 8, alignment: 64)
    input.initialize(repeating: 0)
    output.initialize(repeating: SIMD2())
    // Unsafe only to the compiler: the lock's closure runs here and now.
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
    // Rows are aligned as the plan's own output is, as this call demands.
    fftwf_execute_dft(plan, input.complex, output.complex + lane * row)
  }

  func clear(lane: Int) {
    for k in 0..<half { output[lane * row + k] = SIMD2() }
  }

  // Z is the transform of the complex samples, already halved. With Y = Z[N/2 - k],
  //   even = Z[k] + conj(Y), odd = (Z[k] - conj(Y)) / i, turned = odd * exp(-2 pi i k / N),
  // and X[k] = even + turned, X[N/2 - k] = conj(even - turned).
  func power(into power: inout [Lanes]) {
    precondition(power.count == half + 1, "\(power.count) bins, not \(half + 1)")
    let first = lanes(0)
    let (top, bottom) = (2 * (first.evenHalf + first.oddHalf), 2 * (first.evenHalf - first.oddHalf))
    power[0] = top * top
    power[half] = bottom * bottom
    for k in 1..<half / 2 + 1 {
      let (z, y) = (lanes(k), lanes(half - k))
      let evenReal = z.evenHalf + y.evenHalf
      let evenImaginary = z.oddHalf - y.oddHalf
      let oddReal = z.oddHalf + y.oddHalf
      let oddImaginary = y.evenHalf - z.evenHalf
      let turnedReal = cosines[k] * oddReal + sines[k] * oddImaginary
      let turnedImaginary = cosines[k] * oddImaginary - sines[k] * oddReal
      let (upReal, upImaginary) = (evenReal + turnedReal, evenImaginary + turnedImaginary)
      let (downReal, downImaginary) = (evenReal - turnedReal, evenImaginary - turnedImaginary)
      power[k] = upReal * upReal + upImaginary * upImaginary
      power[half - k] = downReal * downReal + downImaginary * downImaginary
    }
  }

  /// Bin k of all lanes, real and imaginary parts in turn.
  @inline(__always)
  private func lanes(_ k: Int) -> SIMD16<Float> {
    let z = output.baseAddress! + k
    let (low, high) = (
      SIMD8(
        lowHalf: SIMD4(lowHalf: z[0], highHalf: z[row]),
        highHalf: SIMD4(lowHalf: z[2 * row], highHalf: z[3 * row])),
      SIMD8(
        lowHalf: SIMD4(lowHalf: z[4 * row], highHalf: z[5 * row]),
        highHalf: SIMD4(lowHalf: z[6 * row], highHalf: z[7 * row]))
    )
    return SIMD16(lowHalf: low, highHalf: high)
  }
}

extension UnsafeMutableBufferPointer {
  fileprivate static func allocate(byteCount: Int, alignment: Int) -> Self {
    UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: alignment)
      .bindMemory(to: Element.self)
  }

  /// The same memory as FFTW's complex numbers, which are two floats each by its documentation.
  fileprivate var complex: UnsafeMutablePointer<fftwf_complex> {
    UnsafeMutableRawPointer(baseAddress!).assumingMemoryBound(to: fftwf_complex.self)
  }
}
