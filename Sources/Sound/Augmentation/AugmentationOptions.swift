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
  /// Lowest signal-to-noise ratio to draw, in dB.
  public var minimumSNR: Float = 5
  /// Highest signal-to-noise ratio to draw, in dB.
  public var maximumSNR: Float = 40
  /// SpecAugment: number of masks of each kind (Park and others 2019).
  public var masks = 2
  /// SpecAugment: the most adjacent coefficients that one mask hides.
  public var maskedCoefficients = 7
  /// SpecAugment: the most adjacent frames that one mask hides.
  public var maskedFrames = 20

  /// Allowed reverberation times, in milliseconds.
  ///
  /// The shortest is that of a small furnished room, and the shortest that is drawn; the longest is
  /// that of a cathedral.
  static let reverberations: ClosedRange<Float> = 100...10_000

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

  /// What is wrong with the numbers, or nil.
  public var problem: String? {
    if !(0...10_000).contains(shiftMilliseconds) {
      return "the shift must lie between 0 and 10,000 ms, not at \(shiftMilliseconds)"
    }
    if !(0...0.5).contains(speed) {
      return "the change of speed must lie between 0 and 0.5, not at \(speed)"
    }
    if !(0...12).contains(pitchSemitones) {
      return "the change of pitch must lie between 0 and 12 semitones, not at \(pitchSemitones)"
    }
    if let vocalTract, !(0...0.5).contains(vocalTract) {
      return "the change of the vocal tract must lie between 0 and 0.5, not at \(vocalTract)"
    }
    if !(0...1).contains(roomProbability) || !(0...1).contains(telephoneProbability) {
      return "the shares of clips in a room and over a telephone must lie between 0 and 1, not at "
        + "\(roomProbability) and \(telephoneProbability)"
    }
    if !(Self.reverberations).contains(reverberationMilliseconds) {
      return "the reverberation must lie between \(Self.reverberations.lowerBound) and "
        + "\(Self.reverberations.upperBound) ms, not at \(reverberationMilliseconds)"
    }
    if !(0...60).contains(gainDecibels) {
      return "the change of level must lie between 0 and 60 dB, not at \(gainDecibels)"
    }
    if !(0...1).contains(noiseProbability) {
      return "the share of noisy clips must lie between 0 and 1, not at \(noiseProbability)"
    }
    if !(-30...100).contains(minimumSNR) || !(minimumSNR...100).contains(maximumSNR) {
      return "the signal-to-noise range must rise within -30 to 100 dB, not from \(minimumSNR) "
        + "to \(maximumSNR)"
    }
    if !(0...20).contains(masks) || maskedCoefficients < 0 || maskedFrames < 0 {
      return "at most 20 masks of 0 or more coefficients and frames, not \(masks) of "
        + "\(maskedCoefficients) and \(maskedFrames)"
    }
    return nil
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
