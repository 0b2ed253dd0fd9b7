import Glibc

extension AugmentationOptions {
  /// Changes a clip at random for training: speed, pitch, room, level, shift, noise, telephone.
  ///
  /// The vocal tract and the masks are applied later, to the features.
  ///
  /// - Parameters:
  ///   - samples: The clip, mono.
  ///   - sampleRate: In Hz.
  ///   - noise: Background noise at its recorded level, repeated where it is shorter than the clip;
  ///     empty to mix nothing in.
  ///   - generator: The source of random numbers; equal generators give equal clips.
  /// - Returns: The changed clip, of another length where the speed changed.
  public func augmented(
    _ samples: [Float], sampleRate: Int, noise: [Float] = [],
    using generator: inout some RandomNumberGenerator
  ) -> [Float] {
    var samples = samples
    if speed > 0 { samples = resampled(samples, by: 1 + generator.uniform(in: -speed...speed)) }
    if pitchSemitones > 0 {
      let ratio = exp2f(generator.uniform(in: -pitchSemitones...pitchSemitones) / 12)
      samples = pitchShifted(samples, by: ratio, sampleRate: sampleRate)
    }
    if roomProbability > 0, generator.uniform(in: 0...1) < roomProbability {
      samples = RoomImpulse(
        reverberation: generator.uniform(
          in: AugmentationOptions.reverberations.lowerBound...reverberationMilliseconds) / 1000,
        directToReverberant: generator.uniform(in: Self.directToReverberant),
        sampleRate: sampleRate, using: &generator
      ).applied(to: samples)
    }
    if gainDecibels > 0 {
      let gain = amplitude(decibels: generator.uniform(in: -gainDecibels...gainDecibels))
      for index in samples.indices { samples[index] *= gain }
    }
    if shiftMilliseconds > 0 {
      let most = Int(shiftMilliseconds * Double(sampleRate) / 1000)
      shift(&samples, by: generator.index(below: 2 * most + 1) - most)
    }
    if noiseProbability > 0, generator.uniform(in: 0...1) < noiseProbability {
      let lowest = minimumSNR ?? Self.usualMinimumSNR
      mix(noise, into: &samples, signalToNoise: generator.uniform(in: lowest...maximumSNR))
    }
    if telephoneProbability > 0, generator.uniform(in: 0...1) < telephoneProbability {
      samples = TelephoneBand.applied(to: samples, sampleRate: sampleRate)
    }
    limit(&samples)
    return samples
  }

  /// Energy of the direct sound over that of the echo, in dB: from a distant to a close speaker.
  private static let directToReverberant: ClosedRange<Float> = -3...12
}

/// `samples` at `ratio` times the pitch and with the same length, up to rounding.
func pitchShifted(_ samples: [Float], by ratio: Float, sampleRate: Int) -> [Float] {
  TimeStretch.applied(
    to: resampled(samples, by: ratio), factor: ratio, sampleRate: sampleRate)
}

/// The factor on samples that changes a level by `decibels`: 10^(dB/20).
package func amplitude(decibels: Float) -> Float { powf(10, decibels / 20) }

/// Scales `samples` down if gain or noise raised them beyond the decoder's limit.
func limit(_ samples: inout [Float]) {
  let largest = samples.reduce(0) { max($0, abs($1)) }
  guard largest > AudioLimits.largestSample else { return }
  let scale = AudioLimits.largestSample / largest
  for index in samples.indices { samples[index] *= scale }
}

/// Plays `samples` at `speed` times the rate, by linear interpolation between neighbours.
///
/// Linear interpolation loses some treble, which does not matter for augmentation.
func resampled(_ samples: [Float], by speed: Float) -> [Float] {
  guard samples.count > 1, speed != 1 else { return samples }
  let count = max(1, Int(Float(samples.count - 1) / speed) + 1)
  return (0..<count).map { index in
    let position = Float(index) * speed
    let left = min(Int(position), samples.count - 2)
    let fraction = min(1, position - Float(left))
    return samples[left] + fraction * (samples[left + 1] - samples[left])
  }
}

/// Moves `samples` later by `offset` (earlier where negative), filling with zeros.
func shift(_ samples: inout [Float], by offset: Int) {
  let count = samples.count
  guard offset != 0, count > 0 else { return }
  if abs(offset) >= count {
    samples = [Float](repeating: 0, count: count)
  } else if offset > 0 {
    samples = [Float](repeating: 0, count: offset) + samples[..<(count - offset)]
  } else {
    samples = samples[(-offset)...] + [Float](repeating: 0, count: -offset)
  }
}

/// Adds `noise`, scaled so that the clip's mean power stands `signalToNoise` dB above it.
///
/// A silent clip or silent noise has no ratio; the clip then stays as it is.
func mix(_ noise: [Float], into samples: inout [Float], signalToNoise: Float) {
  let signal = meanPower(samples)
  let background = meanPower(noise)
  guard signal > 0, background > 0 else { return }
  let scale = (signal / background).squareRoot() * amplitude(decibels: -signalToNoise)
  for index in samples.indices { samples[index] += scale * noise[index % noise.count] }
}

/// The mean of the squared samples; 0 for no samples.
package func meanPower(_ samples: [Float]) -> Float {
  guard !samples.isEmpty else { return 0 }
  return Float(samples.reduce(0.0) { $0 + Double($1 * $1) } / Double(samples.count))
}
