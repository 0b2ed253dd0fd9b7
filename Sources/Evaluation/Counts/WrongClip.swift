import Basics
import Recognition

/// A clip with a wrong answer.
public struct WrongClip: Codable, Equatable, Sendable {
  /// The clip, relative to the dataset's root.
  public var path: String
  /// The clip's label.
  public var label: String
  /// The answer.
  public var predicted: String
  /// Probability of the label; nil if the model has no such class.
  public var labelProbability: Float?
  /// Probability of the answer; nil if the answer is unknown and the model has no such class.
  public var predictedProbability: Float?
  /// The likeliest keyword and its threshold, if it is below that and the answer is therefore
  /// unknown.
  public var rejected: Rejection?
  /// The likeliest class, which differs from the answer if it was below its threshold.
  public var likeliest: String
  /// Probability of the likeliest class.
  public var likeliestProbability: Float
  /// The speaker, if known.
  public var speaker: String?
  /// The part of the dataset that the clip is in.
  public var split: Split?

  /// The order of a report: by the probability of the label, lowest first, then by path.
  static func isWorse(_ left: Self, _ right: Self) -> Bool {
    let (first, second) = (left.labelProbability ?? 0, right.labelProbability ?? 0)
    if first != second { return first < second }
    let keys = [left, right].map { Array("\($0.path)\0\($0.label)\0\($0.predicted)".utf8) }
    return PathBytes.precedes(keys[0], keys[1])
  }
}

/// The worst of many wrong clips, in constant memory.
struct WorstClips: Codable, Equatable, Sendable {
  private let limit: Int
  private var clips: [WrongClip] = []

  init(limit: Int) { self.limit = limit }

  mutating func add(_ clip: WrongClip) {
    clips.append(clip)
    if clips.count > 2 * limit + 100 { clips = sorted }
  }

  mutating func merge(_ other: WorstClips) {
    for clip in other.clips { add(clip) }
  }

  /// Whether these clips, from a file, are valid and have the same limit as `others`.
  func isSound(classes: Set<String>, like others: Self) -> Bool {
    limit == others.limit && clips.count <= 2 * limit + 100
      && clips.allSatisfy { clip in
        [clip.label, clip.predicted, clip.likeliest].allSatisfy(classes.contains)
          && [clip.labelProbability, clip.predictedProbability, clip.likeliestProbability]
            .allSatisfy { 0 <= $0 ?? 0 && $0 ?? 0 <= 1.0001 }
      }
  }

  /// The worst clips, worst first, up to the limit.
  var sorted: [WrongClip] { Array(clips.sorted(by: WrongClip.isWorse).prefix(limit)) }
}
