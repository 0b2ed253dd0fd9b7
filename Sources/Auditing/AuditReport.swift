import Recognition
import Statistics

/// What is to be known about a dataset before anything is trained on it.
///
/// As JSON this is the schema `kws-audit`, version 1.
public struct AuditReport: Codable, Equatable, Sendable {
  /// What can be wrong, the gravest first.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case unreadable, emptyFile, duplicateAcrossSplits, duplicateAcrossLabels, speakerInSeveralSplits
    case mislabelled, duplicate, clipped, silent, offset, cutOff, oddLength, fewClips, fewSpeakers
    case leftOut

    /// What it is and what to do, for people.
    public var title: String {
      switch self {
      case .unreadable: "cannot be read: record or convert again"
      case .emptyFile: "empty files: record again or remove"
      case .duplicateAcrossSplits:
        "the same audio in several splits: remove one, or results flatter"
      case .duplicateAcrossLabels: "the same audio under several labels: one label is wrong"
      case .speakerInSeveralSplits:
        "speakers in several splits: move each to one, or results flatter"
      case .mislabelled: "probably mislabelled: listen, then move or remove"
      case .duplicate: "the same audio twice: remove one"
      case .clipped: "clipped: recorded too loud"
      case .silent: "silent: nothing was recorded"
      case .offset: "a constant offset (DC): the recorder's fault"
      case .cutOff: "loud at an edge: the word may be cut off"
      case .oddLength: "much shorter or longer than the others"
      case .fewClips: "labels with few clips: record more"
      case .fewSpeakers: "labels with few speakers: new voices will do worse"
      case .leftOut: "left out of the dataset"
      }
    }
  }

  /// One thing that is wrong.
  public struct Finding: Codable, Equatable, Sendable {
    /// What.
    public var kind: Kind
    /// The clip, label or speaker.
    public var subject: String
    /// The figures that show it.
    public var detail: String
    /// Other clips that it concerns.
    public var related: [String]
  }

  /// Clips of one label.
  public struct Label: Codable, Equatable, Sendable {
    /// The label.
    public var label: String
    /// Clips in training, validation and testing.
    public var clips: [Int]
    /// Speakers that are known.
    public var speakers: Int
    /// Seconds in all.
    public var seconds: Double
  }

  /// How many clips have a property.
  public struct Count: Codable, Equatable, Sendable {
    /// The property.
    public var name: String
    /// Clips.
    public var clips: Int
  }

  /// Who doubts labels.
  public struct Judge: Codable, Equatable, Sendable {
    /// Models that were trained on the other folds; 0 if one model judged all clips.
    public var folds: Int
    /// Share of the clips whose label was heard: where it is low, doubts mean little.
    ///
    /// It is of clips that the judging models never met, where there are any.
    public var agreement: Estimate
    /// Clips that the judging model was trained on, which it doubts less than it should.
    public var trainedOn: Int
    /// `agreement` of clips that they met, by what those were to them; nil in reports of before this
    /// was told apart.
    public var met: [MetClips]?
  }

  /// Always `kws-audit`.
  public var schema = "kws-audit"
  /// Version of the schema.
  public var version = 1
  /// The dataset.
  public var dataset: String
  /// How its clips came into their parts.
  public var splitRule: SplitRule
  /// Clips.
  public var clips: Int
  /// Speakers that are known.
  public var speakers: Int
  /// Clips whose speaker is not known.
  public var clipsWithoutSpeaker: Int
  /// Labels, sorted.
  public var labels: [Label]
  /// Container, codec, rate and channels, the most frequent first.
  public var formats: [Count]
  /// Shortest, 5%, median, 95% and longest, in seconds.
  public var seconds: [Double]
  /// Everything that is wrong, by kind, then by subject.
  public var findings: [Finding]
  /// Who doubted labels; nil if nobody did.
  public var judge: Judge?
  /// What the dataset's reader has to say.
  public var warnings: [String]

  /// The findings of one kind, in order.
  public func findings(of kind: Kind) -> [Finding] { findings.filter { $0.kind == kind } }
}
