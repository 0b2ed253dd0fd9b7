import CFFTW
import Synchronization

/// The Fourier transform of one frame, by FFTW in single precision.
///
/// Owns the plan and its aligned buffers. Plans are made with FFTW_ESTIMATE: measuring would choose
/// another algorithm, and so other last bits, from run to run.
final class Spectrum {
  // FFTW's planner, alone of all its functions, must not run twice at once.
  private static let planner = Mutex<Void>(())

  private let length: Int
  private let input: UnsafeMutablePointer<Float>
  private let output: UnsafeMutablePointer<fftwf_complex>
  private let plan: fftwf_plan

  /// Prepares real transforms of `length` samples.
  init(length: Int) {
    precondition(length > 0, "a transform of \(length) samples")
    self.length = length
    // Unsafe only to the compiler: the lock's closure runs here and now.
    nonisolated(unsafe) let input = fftwf_alloc_real(length)!
    nonisolated(unsafe) let output = fftwf_alloc_complex(length / 2 + 1)!
    input.update(repeating: 0, count: length)
    nonisolated(unsafe) var plan: fftwf_plan?
    Self.planner.withLock { _ in
      plan = fftwf_plan_dft_r2c_1d(CInt(length), input, output, FFTW_ESTIMATE)
    }
    self.plan = plan!
    self.input = input
    self.output = output
  }

  deinit {
    nonisolated(unsafe) let plan = plan
    Self.planner.withLock { _ in fftwf_destroy_plan(plan) }
    fftwf_free(input)
    fftwf_free(output)
  }

  /// |X|^2 of a frame, which is filled up with zeros, for bins 0 to length / 2.
  func power(of frame: [Float], into power: inout [Float]) {
    precondition(frame.count <= length, "a frame of \(frame.count) in an FFT of \(length)")
    precondition(power.count == length / 2 + 1, "\(power.count) bins of \(length / 2 + 1)")
    for index in frame.indices { input[index] = frame[index] }
    for index in frame.count..<length { input[index] = 0 }
    fftwf_execute(plan)
    for bin in power.indices {
      let (real, imaginary) = output[bin]
      power[bin] = real * real + imaginary * imaginary
    }
  }
}
