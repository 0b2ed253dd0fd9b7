/// Why options make no front end, or a clip no features; prints as one sentence.
public enum FrontEndError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The option, and what is wrong with it with both numbers.
  case invalidOption(name: String, problem: String)
  /// Options given as JSON lack a key or have one that does not exist.
  case keys(missing: [String], unknown: [String])
  /// Options that another version of this program stored, by the number of their format.
  case unknownFormat(stored: Int, newest: Int)
  /// The library of this preset refuses so short a clip, and so do we.
  case clipTooShort(samples: Int, needed: Int)
  /// Fewer frames than a Savitzky-Golay filter is wide.
  case tooFewFrames(frames: Int, needed: Int)
  /// A sample that is no finite number, or far beyond full scale; samples count from 0.
  case sampleOutOfRange(sample: Int, value: Float)
  /// An option whose value makes frames depend on the whole clip, where a stream was asked for.
  case cannotStream(option: String, value: String)
  /// Stored mean and deviation belong to another number of features.
  case normalizationMismatch(stored: Int, features: Int)

  /// One sentence with what to do.
  public var description: String {
    switch self {
    case .invalidOption(let name, let problem):
      "front end option \(name): \(problem)"
    case .keys(let missing, let unknown):
      "front end options: "
        + [
          missing.isEmpty ? nil : "missing \(missing.joined(separator: ", "))",
          unknown.isEmpty ? nil : "unknown \(unknown.joined(separator: ", "))",
        ].compactMap(\.self).joined(separator: "; ")
    case .unknownFormat(let stored, let newest):
      "front end options of format \(stored), where this version reads 1 to \(newest)"
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
