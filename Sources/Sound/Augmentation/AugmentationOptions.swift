/// What is done to a training clip so that the network hears more rooms, voices and levels than
/// were recorded.
///
/// Every number is a range to draw from; a range of zero width at the neutral value switches that
/// change off.
public struct AugmentationOptions: Codable, Equatable, Sendable {
  /// Largest shift in time either way, in milliseconds; what is moved out is lost, zeros come in.
  public var shiftMilliseconds = 100.0
  /// Largest relative change of speed either way (pitch follows, as on a tape); 0.15 is 15%.
  public var speed: Float = 0.15
  /// Largest change of pitch either way at the same length, in semitones.
  public var pitchSemitones: Float = 0
  /// Largest relative change of the vocal tract's length either way, 0.2 for 20%; nil leaves it to
  /// the recipe of the training.
  public var vocalTract: Float?
  /// Share of the clips that are put into a room, 0 to 1.
  public var roomProbability: Float = 0
  /// Longest reverberation time drawn (the tail falls by 60 dB), in milliseconds.
  public var reverberationMilliseconds: Float = 600
  /// Share of the clips that go over a telephone (300 to 3,400 Hz, mu-law), 0 to 1.
  public var telephoneProbability: Float = 0
  /// Largest change of level either way, in dB.
  public var gainDecibels: Float = 6
  /// Share of the clips that background noise is mixed into, 0 to 1.
  public var noiseProbability: Float = 0.8
  /// Lowest signal-to-noise ratio drawn, in dB.
  public var minimumSNR: Float = 5
  /// Highest signal-to-noise ratio drawn, in dB.
  public var maximumSNR: Float = 40
  /// SpecAugment: number of masks of each kind (Park and others 2019).
  public var masks = 2
  /// SpecAugment: the most adjacent coefficients that one mask hides.
  public var maskedCoefficients = 7
  /// SpecAugment: the most adjacent frames that one mask hides.
  public var maskedFrames = 20

  /// Reverberation times, in milliseconds: the shortest that is drawn, of a small furnished room,
  /// to that of a cathedral.
  package static let reverberations: ClosedRange<Float> = 100...10_000

  /// The default ranges.
  public init() {}

  /// No change at all.
  public static var none: AugmentationOptions {
    var options = AugmentationOptions()
    options.shiftMilliseconds = 0
    options.speed = 0
    options.pitchSemitones = 0
    options.vocalTract = 0
    options.roomProbability = 0
    options.telephoneProbability = 0
    options.gainDecibels = 0
    options.noiseProbability = 0
    options.masks = 0
    return options
  }
}

extension RandomNumberGenerator {
  /// A number drawn evenly from `range`, from the upper 24 bits of one draw.
  mutating func uniform(in range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * (Float(next() >> 40) * 0x1p-24)
  }

  /// A whole number drawn evenly from 0 ..< `bound`, by the widening product of one draw.
  mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
