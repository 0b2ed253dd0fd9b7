import Glibc

/// Power spectra of windowed frames in double precision, by a plain radix-2 transform.
///
/// For presets whose libraries use double precision; the difference shows in bands a billion times
/// weaker than the frame's largest. The tests use it as the reference for ``Spectrum``.
final class PreciseSpectrum: PowerSpectrum {
  private let length: Int
  private let window: [Double]
  private let cosines: [Double]
  private let sines: [Double]
  /// For each index, the index with its bits reversed.
  private let reversed: [Int]
  private var real: [Double]
  private var imaginary: [Double]
  /// (8, N): windowed frames.
  private var frames: [Double]

  /// Prepares transforms of `length` samples, a power of two.
  init(length: Int, window: [Double]) {
    precondition(length.nonzeroBitCount == 1, "a radix-2 transform of \(length) samples")
    precondition(window.count <= length, "a window of \(window.count) in an FFT of \(length)")
    self.length = length
    self.window = window
    let angles = (0..<length / 2).map { 2 * Double.pi * Double($0) / Double(length) }
    cosines = angles.map { cos($0) }
    sines = angles.map { sin($0) }
    let bits = length.trailingZeroBitCount
    reversed = (0..<length).map { place in
      (0..<bits).reduce(0) { $0 | (place >> $1 & 1) << (bits - 1 - $1) }
    }
    real = [Double](repeating: 0, count: length)
    imaginary = real
    frames = [Double](repeating: 0, count: length * Lanes.count)
  }

  func load(_ frame: Span<Float>, lane: Int) {
    precondition(frame.count == window.count, "a frame of \(frame.count), not \(window.count)")
    for n in frame.indices { frames[lane * length + n] = Double(frame[n]) * window[n] }
  }

  func clear(lane: Int) {
    for n in window.indices { frames[lane * length + n] = 0 }
  }

  func power(into power: inout [Lanes]) {
    precondition(power.count == length / 2 + 1, "\(power.count) bins, not \(length / 2 + 1)")
    for lane in 0..<Lanes.count {
      for n in 0..<length {
        real[reversed[n]] = frames[lane * length + n]
        imaginary[n] = 0
      }
      transform()
      for k in power.indices {
        power[k][lane] = Float(real[k] * real[k] + imaginary[k] * imaginary[k])
      }
    }
  }

  // Cooley and Tukey, decimation in time: blocks of 1, 2, 4, ... are joined by butterflies.
  private func transform() {
    var half = 1
    while half < length {
      for start in stride(from: 0, to: length, by: 2 * half) {
        for k in 0..<half {
          let (up, down) = (start + k, start + k + half)
          let turn = k * (length / 2 / half)
          let (c, s) = (cosines[turn], sines[turn])
          let turnedReal = c * real[down] + s * imaginary[down]
          let turnedImaginary = c * imaginary[down] - s * real[down]
          (real[down], real[up]) = (real[up] - turnedReal, real[up] + turnedReal)
          (imaginary[down], imaginary[up]) =
            (imaginary[up] - turnedImaginary, imaginary[up] + turnedImaginary)
        }
      }
      half *= 2
    }
  }
}
