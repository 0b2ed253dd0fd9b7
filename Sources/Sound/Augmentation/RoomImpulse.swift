import Glibc

/// A synthetic impulse response of a room.
///
/// The direct sound is followed by a late tail of sparse impulses of random sign, so-called velvet
/// noise (Karjalainen and Järveläinen 2007), that decays exponentially: by 60 dB over the
/// reverberation time.
struct RoomImpulse: Equatable {
  /// Impulses a second; from 1,500 on, velvet noise sounds smooth.
  static let density = 2_000.0

  /// Delays of the tail's impulses, in samples, rising.
  private(set) var delays: [Int] = []
  /// Their amplitudes; the direct sound has 1.
  private(set) var amplitudes: [Float] = []

  /// Draws a room.
  ///
  /// - Parameters:
  ///   - reverberation: Time in which the tail falls by 60 dB, in seconds.
  ///   - directToReverberant: Energy of the direct sound over that of the tail, in dB.
  ///   - sampleRate: In Hz.
  ///   - generator: Decides the places and signs of the impulses.
  init(
    reverberation: Float, directToReverberant: Float, sampleRate: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    // One impulse somewhere in each cell of equal length.
    let cell = max(1, Int((Double(sampleRate) / Self.density).rounded()))
    let length = Int(reverberation * Float(sampleRate))
    let decay = -3 * Float(M_LN10) / max(1, reverberation * Float(sampleRate))
    var energy: Float = 0
    for start in stride(from: cell, to: length, by: cell) {
      let delay = start + generator.index(below: cell)
      let amplitude = expf(decay * Float(delay)) * (generator.next() & 1 == 0 ? 1 : -1)
      delays.append(delay)
      amplitudes.append(amplitude)
      energy += amplitude * amplitude
    }
    guard energy > 0 else { return }
    let scale = amplitude(decibels: -directToReverberant) / energy.squareRoot()
    for index in amplitudes.indices { amplitudes[index] *= scale }
  }

  /// `samples` as in the room, with the same length and energy.
  func applied(to samples: [Float]) -> [Float] {
    var output = samples
    output.withUnsafeMutableBufferPointer { output in
      samples.withUnsafeBufferPointer { samples in
        for (delay, amplitude) in zip(delays, amplitudes) where delay < samples.count {
          for index in 0..<samples.count - delay {
            output[delay + index] += amplitude * samples[index]
          }
        }
      }
    }
    let (before, after) = (meanPower(samples), meanPower(output))
    guard before > 0, after > 0 else { return samples }
    let scale = (before / after).squareRoot()
    return output.map { $0 * scale }
  }
}
