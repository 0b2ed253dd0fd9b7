/// Why options are invalid or a clip has no features; prints as one sentence.
public enum FrontEndError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An option is invalid; `problem` says why, with both numbers.
  case invalidOption(name: String, problem: String)
  /// The clip is too short for the preset's framing; the library that it follows refuses it too.
  case clipTooShort(samples: Int, needed: Int)
  /// Fewer frames than a Savitzky-Golay filter is wide.
  case tooFewFrames(frames: Int, needed: Int)
  /// A sample is not finite or far beyond full scale; samples count from 0.
  case sampleOutOfRange(sample: Int, value: Float)
  /// A stream was requested, but the value of this option makes frames depend on the whole clip.
  case cannotStream(option: String, value: String)
  /// The stored mean and deviation have another number of features.
  case normalizationMismatch(stored: Int, features: Int)

  /// One sentence with what to do.
  public var description: String {
    switch self {
    case .invalidOption(let name, let problem):
      "front end option \(name): \(problem)"
    case .clipTooShort(let samples, let needed):
      "a clip of \(samples) samples is too short for this front end, which needs \(needed)"
    case .tooFewFrames(let frames, let needed):
      "a clip of \(frames) frames is too short for these deltas, which need \(needed)"
    case .sampleOutOfRange(let sample, let value):
      "sample \(sample) of the clip is \(value), where full scale is 1"
    case .cannotStream(let option, let value):
      "front end option \(option): \(value) needs the whole clip, so these features cannot stream"
    case .normalizationMismatch(let stored, let features):
      "the stored normalisation has \(stored) values and the front end \(features) features"
    }
  }
}
