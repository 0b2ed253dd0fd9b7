import Neural
import Sound

/// A trained keyword recogniser: everything between a clip and its answer.
///
/// One value holds the front end with its normalisation, the network and the decision, so a model
/// never meets features that it was not trained on.
public struct KeywordModel: Sendable {
  /// (C), the names of the classes in the order of the posteriors.
  public var labels: [String]
  /// Every number of the features.
  public var frontEnd: FrontEndOptions
  /// The channel that is heard of clips with several, from 1; nil hears the mean of all.
  public var channel: Int?
  /// Mean and deviation of each feature over the training clips.
  public var normalization: FeatureNormalization
  /// How clips of other lengths are read.
  public var window: ClipWindow
  /// How posteriors become an answer.
  public var decision: Decision
  /// When the posteriors of a stream's windows make an event.
  public var rule: ListeningRule
  /// How the model came about.
  public var record: TrainingRecord
  /// Which clips it has met, and what they were to it.
  public var history: ClipHistory
  /// The weights.
  public var network: Network<Float>

  package init(
    labels: [String], frontEnd: FrontEndOptions, channel: Int? = nil,
    normalization: FeatureNormalization, window: ClipWindow, decision: Decision,
    rule: ListeningRule = ListeningRule(), record: TrainingRecord,
    history: ClipHistory = ClipHistory(), network: Network<Float>
  ) {
    (self.labels, self.frontEnd, self.channel) = (labels, frontEnd, channel)
    (self.normalization, self.window, self.decision) = (normalization, window, decision)
    (self.rule, self.record, self.history, self.network) = (rule, record, history, network)
  }

  /// The classes that are words to be spotted, in order.
  public var keywords: [String] { labels.filter(ClassLabel.isKeyword) }
}
