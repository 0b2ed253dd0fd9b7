import Basics
import Recognition
import Sound

/// What a model answered to one clip, beside what was said.
public struct Prediction: Codable, Equatable, Sendable {
  /// The clip, relative to the dataset's root, for people.
  public var path: String
  /// The class that the clip belongs to.
  public var label: String
  /// The answer, after thresholds: one of the model's classes, or unknown.
  public var predicted: String
  /// The likeliest keyword, if it lies below its threshold, so that the answer is unknown.
  public var rejected: Rejection?
  /// Probability of each of the model's classes, in the order of its labels.
  public var probabilities: [Float]
  /// Who speaks, where that is known.
  public var speaker: String?
  /// The part of the dataset that the clip is in.
  public var split: Split?
  /// What the samples alone say, where they were looked at.
  public var facts: ClipFacts?
  /// Names the audio, as `ContentHash.of` gives it, where it was looked at.
  public var contentHash: UInt64?
  /// What the clip was to the model; nil if the model never met it.
  public var role: ClipRole?
  /// Names the file's bytes; nil for what is no file, or where they were not looked at.
  public var fileHash: UInt64?

  /// Describes one answer.
  public init(
    path: String, label: String, predicted: String, rejected: Rejection? = nil,
    probabilities: [Float], speaker: String? = nil, split: Split? = nil,
    facts: ClipFacts? = nil, contentHash: UInt64? = nil
  ) {
    self.path = path
    self.label = label
    self.predicted = predicted
    self.rejected = rejected
    self.probabilities = probabilities
    self.speaker = speaker
    self.split = split
    self.facts = facts
    self.contentHash = contentHash
  }

  /// Whether the answer is the clip's class.
  public var isCorrect: Bool { label == predicted }

  /// What a bootstrap draws as a whole: the speaker, or a group of the clips without one, which keeps
  /// the memory small.
  var clusterKey: String {
    speaker.map { Self.speakerPrefix + $0 }
      ?? "group \(StableHash.bucket(of: path, count: 1_024))"
  }

  /// How the keys of speakers begin.
  static let speakerPrefix = "speaker "
}
