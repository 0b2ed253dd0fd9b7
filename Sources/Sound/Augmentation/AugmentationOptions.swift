/// Random changes of training clips, so that the network learns from more rooms, voices and levels
/// than were recorded.
///
/// Most numbers bound a range to draw from; the neutral value, mostly 0, switches that change off.
public struct AugmentationOptions: Codable, Equatable, Sendable {
  /// Largest shift in time in either direction, in milliseconds; samples moved out are lost and
  /// zeros fill the gap.
  public var shiftMilliseconds = 100.0
  /// Largest relative change of speed in either direction, which also changes the pitch; 0.15 is
  /// 15%.
  public var speed: Float = 0.15
  /// Largest change of pitch in either direction, in semitones; the length stays.
  public var pitchSemitones: Float = 0
  /// Largest relative change of the vocal tract's length in either direction, 0.2 for 20%; nil lets
  /// the training's recipe choose.
  public var vocalTract: Float?
  /// Share of the clips that get the echo of a room, 0 to 1.
  public var roomProbability: Float = 0
  /// Longest reverberation time to draw (in which the tail falls by 60 dB), in milliseconds.
  public var reverberationMilliseconds: Float = 600
  /// Share of the clips that sound as over a telephone (300 to 3,400 Hz, mu-law), 0 to 1.
  public var telephoneProbability: Float = 0
  /// Largest change of level in either direction, in dB.
  public var gainDecibels: Float = 6
  /// Share of the clips with background noise mixed in, 0 to 1.
  public var noiseProbability: Float = 0.8
  /// Lowest signal-to-noise ratio to draw, in dB; nil lets the training's recipe choose.
  public var minimumSNR: Float?
  /// Highest signal-to-noise ratio to draw, in dB.
  public var maximumSNR: Float = 40
  /// SpecAugment: number of masks of each kind (Park and others 2019).
  public var masks = 2
  /// SpecAugment: the most adjacent coefficients that one mask hides.
  public var maskedCoefficients = 7
  /// SpecAugment: the most adjacent frames that one mask hides.
  public var maskedFrames = 20

  /// The lowest signal-to-noise ratio where nothing chooses another, in dB.
  package static let usualMinimumSNR: Float = -5

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
    options.minimumSNR = usualMinimumSNR
    options.masks = 0
    return options
  }
}

extension RandomNumberGenerator {
  /// A number drawn uniformly from `range`, from the upper 24 bits of one draw.
  mutating func uniform(in range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * (Float(next() >> 40) * 0x1p-24)
  }

  /// A whole number drawn uniformly from 0 ..< `bound`, by the widening product of one draw.
  mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
