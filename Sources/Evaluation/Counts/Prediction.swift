import Basics
import Recognition
import Sound

/// A model's answer to one clip, with the clip's label.
public struct Prediction: Equatable, Sendable {
  /// The clip, relative to the dataset's root, for people.
  public var path: String
  /// The class that the clip belongs to.
  public var label: String
  /// The answer, after thresholds: one of the model's classes, or unknown.
  public var predicted: String
  /// The likeliest keyword, if it is below its threshold and the answer is therefore unknown.
  public var rejected: Rejection?
  /// Probability of each of the model's classes, in the order of its labels.
  public var probabilities: [Float]
  /// The speaker, if known.
  public var speaker: String?
  /// The part of the dataset that the clip is in.
  public var split: Split?
  /// Measures of the samples, if they were taken.
  public var facts: ClipFacts?
  /// `ContentHash.of` the samples, if it was computed.
  public var contentHash: UInt64?
  /// The word of a clip that is labelled as unknown, if it is known.
  public var word: String?
  /// The role of the clip; nil if the model never met it.
  public var role: ClipRole?
  /// `ContentHash.of` the file's bytes; nil if there is no file or it was not computed.
  public var fileHash: UInt64?

  /// Makes a prediction.
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

  /// Whether the answer is the clip's label.
  public var isCorrect: Bool { label == predicted }

  /// The key of a bootstrap cluster: the speaker, or one of a fixed number of groups for clips
  /// without a speaker.
  var clusterKey: String {
    speaker.map { Self.speakerPrefix + $0 }
      ?? "group \(StableHash.bucket(of: path, count: 1_024))"
  }

  /// The prefix of speakers' keys.
  static let speakerPrefix = "speaker "
}
