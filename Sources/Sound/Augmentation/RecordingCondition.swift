import Glibc

/// A recording condition that is worse than those of the dataset, to measure robustness.
///
/// It is the same for every clip, not drawn from a range as in training.
public enum RecordingCondition: Equatable, Sendable {
  /// Background noise at this signal-to-noise ratio, in dB.
  case noise(signalToNoise: Float)
  /// The clip shifted later by this time; earlier if negative.
  case shift(milliseconds: Double)
  /// The level changed by this many dB; samples beyond full scale are clipped, as a recorder does.
  case gain(decibels: Float)
  /// A telephone: 300 to 3,400 Hz at 8 kHz, in mu-law of eight bits.
  case telephone
  /// A room with this reverberation time (a fall of 60 dB) and a distant speaker: the direct sound
  /// has the same energy as the echo.
  case room(milliseconds: Float)

  /// The conditions that kws measures: noise at four ratios, shifts that cut the word, a distant
  /// and a close microphone, a telephone and a room.
  public static let standard: [RecordingCondition] = [
    .noise(signalToNoise: 20), .noise(signalToNoise: 10), .noise(signalToNoise: 5),
    .noise(signalToNoise: 0), .shift(milliseconds: -150), .shift(milliseconds: 150),
    .gain(decibels: -20), .gain(decibels: 20), .telephone, .room(milliseconds: 500),
  ]

  /// The name in reports, with the unit.
  public var name: String {
    switch self {
    case .noise(let ratio): "noise at \(Int(ratio)) dB"
    case .shift(let time): time < 0 ? "\(Int(-time)) ms earlier" : "\(Int(time)) ms later"
    case .gain(let level): "\(Int(abs(level))) dB \(level < 0 ? "quieter" : "louder")"
    case .telephone: "telephone, 8 kHz"
    case .room(let time): "room of \(Int(time)) ms"
    }
  }

  /// Applies the condition to a clip.
  ///
  /// - Parameters:
  ///   - samples: The clip, mono.
  ///   - sampleRate: In Hz.
  ///   - noise: The background noise that `.noise` mixes in.
  ///   - generator: The source of random numbers for the room's echoes.
  /// - Returns: The changed clip, of the same length.
  public func applied(
    to samples: [Float], sampleRate: Int, noise: [Float],
    using generator: inout some RandomNumberGenerator
  ) -> [Float] {
    var changed = samples
    switch self {
    case .noise(let ratio): mix(noise, into: &changed, signalToNoise: ratio)
    case .shift(let time):
      Sound.shift(&changed, by: Int((time * Double(sampleRate) / 1000).rounded()))
    case .gain(let level):
      let factor = amplitude(decibels: level)
      for index in changed.indices { changed[index] = max(-1, min(1, changed[index] * factor)) }
    case .telephone: changed = TelephoneBand.applied(to: samples, sampleRate: sampleRate)
    case .room(let time):
      changed = RoomImpulse(
        reverberation: time / 1000, directToReverberant: 0, sampleRate: sampleRate,
        using: &generator
      ).applied(to: samples)
    }
    limit(&changed)
    return changed
  }
}
