import Recognition
import Statistics

/// The results of an audit of a dataset.
///
/// In JSON this is the schema `kws-audit`, version 1.
public struct AuditReport: Encodable, Equatable, Sendable {
  /// The kinds of findings, the most serious first.
  public enum Kind: String, Encodable, CaseIterable, Sendable {
    case unreadable, emptyFile, duplicateAcrossSplits, duplicateAcrossLabels, speakerInSeveralSplits
    case mislabelled, duplicate, clipped, silent, offset, cutOff, oddLength, fewClips, fewSpeakers
    case leftOut

    /// The kind as text for people, with what to do.
    public var title: String {
      switch self {
      case .unreadable: "cannot be read: record or convert again"
      case .emptyFile: "empty files: record again or remove"
      case .duplicateAcrossSplits:
        "the same audio in several splits: remove one, or results are too good"
      case .duplicateAcrossLabels: "the same audio under several labels: one label is wrong"
      case .speakerInSeveralSplits:
        "speakers in several splits: move each to one, or results are too good"
      case .mislabelled: "probably mislabelled: listen, then move or remove"
      case .duplicate: "the same audio twice: remove one"
      case .clipped: "clipped: recorded too loud"
      case .silent: "silent: nothing was recorded"
      case .offset: "a constant offset (DC): check the recorder"
      case .cutOff: "loud at an edge: the word may be cut off"
      case .oddLength: "much shorter or longer than the others"
      case .fewClips: "labels with few clips: record more"
      case .fewSpeakers: "labels with few speakers: accuracy on new voices will be lower"
      case .leftOut: "left out of the dataset"
      }
    }
  }

  /// One finding.
  public struct Finding: Encodable, Equatable, Sendable {
    /// The kind.
    public var kind: Kind
    /// The clip, label or speaker that it is about.
    public var subject: String
    /// The figures that show it.
    public var detail: String
    /// Other clips that it is about.
    public var related: [String]
  }

  /// The clips of one label.
  public struct Label: Encodable, Equatable, Sendable {
    /// The label.
    public var label: String
    /// Number of clips in training, validation and testing.
    public var clips: [Int]
    /// Number of known speakers.
    public var speakers: Int
    /// Total length, in seconds.
    public var seconds: Double
  }

  /// The number of clips with a property.
  public struct Count: Encodable, Equatable, Sendable {
    /// The property.
    public var name: String
    /// Number of clips.
    public var clips: Int
  }

  /// The model, or models, that judged the labels.
  public struct Judge: Encodable, Equatable, Sendable {
    /// Number of models that were each trained on the other folds; 0 if one model judged all clips.
    public var folds: Int
    /// Share of the clips whose label is the model's likeliest class; if it is low, suspects mean
    /// little.
    ///
    /// It is over clips that the judging models never met, if there are any.
    public var agreement: Estimate
    /// Number of clips that the judging model was trained on, which it doubts too rarely.
    public var trainedOn: Int
    /// `agreement` on clips that they met, by role; nil in older reports.
    public var met: [MetClips]?
  }

  /// Always `kws-audit`.
  public var schema = "kws-audit"
  /// Version of the schema.
  public var version = 1
  /// The dataset.
  public var dataset: String
  /// The rule by which its clips were divided into parts.
  public var splitRule: SplitRule
  /// Number of clips.
  public var clips: Int
  /// Number of known speakers.
  public var speakers: Int
  /// Number of clips without a known speaker.
  public var clipsWithoutSpeaker: Int
  /// The labels, sorted.
  public var labels: [Label]
  /// Formats (container, codec, rate and channels), the most frequent first.
  public var formats: [Count]
  /// Lengths: shortest, 5%, median, 95% and longest, in seconds.
  public var seconds: [Double]
  /// All findings, by kind, then by subject.
  public var findings: [Finding]
  /// The model that judged labels; nil without one.
  public var judge: Judge?
  /// Warnings about the dataset.
  public var warnings: [String]

  /// The findings of one kind, in order.
  public func findings(of kind: Kind) -> [Finding] { findings.filter { $0.kind == kind } }
}
