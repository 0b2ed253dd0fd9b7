import Glibc

/// A way in which a recording can be worse than those of a dataset, applied for measuring: the same
/// to every clip, and not drawn from a range as in training.
public enum RecordingCondition: Equatable, Sendable {
  /// Background noise so many dB below the clip.
  case noise(signalToNoise: Float)
  /// The clip begins so many milliseconds later, earlier where negative.
  case shift(milliseconds: Double)
  /// Another level, in dB; what goes beyond full scale is clipped, as a recorder does.
  case gain(decibels: Float)
  /// 300 to 3,400 Hz at 8 kHz and eight bits of mu-law.
  case telephone
  /// A room whose sound falls by 60 dB in so many milliseconds, with a far speaker: the direct sound
  /// has the energy of the room's.
  case room(milliseconds: Float)

  /// What kws measures: noise from faint to as loud as the word, a word that is cut, a far and a near
  /// microphone, a telephone and a room.
  public static let standard: [RecordingCondition] = [
    .noise(signalToNoise: 20), .noise(signalToNoise: 10), .noise(signalToNoise: 5),
    .noise(signalToNoise: 0), .shift(milliseconds: -150), .shift(milliseconds: 150),
    .gain(decibels: -20), .gain(decibels: 20), .telephone, .room(milliseconds: 500),
  ]

  /// For people, with the unit.
  public var name: String {
    switch self {
    case .noise(let ratio): "noise at \(Int(ratio)) dB"
    case .shift(let time): time < 0 ? "\(Int(-time)) ms earlier" : "\(Int(time)) ms later"
    case .gain(let level): "\(Int(abs(level))) dB \(level < 0 ? "quieter" : "louder")"
    case .telephone: "telephone, 8 kHz"
    case .room(let time): "room of \(Int(time)) ms"
    }
  }

  /// Puts a clip under the condition.
  ///
  /// - Parameters:
  ///   - samples: The clip, mono.
  ///   - sampleRate: In Hz.
  ///   - noise: What is mixed in by `.noise`.
  ///   - generator: Decides where the room's echoes are.
  /// - Returns: The changed clip, of the same length.
  public func applied(
    to samples: [Float], sampleRate: Int, noise: [Float],
    using generator: inout some RandomNumberGenerator
  ) -> [Float] {
    var heard = samples
    switch self {
    case .noise(let ratio): mix(noise, into: &heard, signalToNoise: ratio)
    case .shift(let time):
      Sound.shift(&heard, by: Int((time * Double(sampleRate) / 1000).rounded()))
    case .gain(let level):
      let factor = amplitude(decibels: level)
      for index in heard.indices { heard[index] = max(-1, min(1, heard[index] * factor)) }
    case .telephone: heard = TelephoneBand.applied(to: samples, sampleRate: sampleRate)
    case .room(let time):
      heard = RoomImpulse(
        reverberation: time / 1000, directToReverberant: 0, sampleRate: sampleRate,
        using: &generator
      ).applied(to: samples)
    }
    limit(&heard)
    return heard
  }
}
