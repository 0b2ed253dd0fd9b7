import Neural
import Sound

/// A trained keyword recogniser: everything that is needed to turn a clip into an answer.
///
/// It holds the front end with its normalisation, the network and the decision, so a model is only
/// used with the features that it was trained on.
public struct KeywordModel: Sendable {
  /// (C), the labels of the classes, in the order of the posteriors.
  public var labels: [String]
  /// All options of the front end.
  public var frontEnd: FrontEndOptions
  /// The channel that is read of clips with several channels, from 1; nil means the mean of all.
  public var channel: Int?
  /// Mean and deviation of each feature over the training clips.
  public var normalization: FeatureNormalization
  /// The rule that cuts or pads clips to windows.
  public var window: ClipWindow
  /// The rule that turns posteriors into an answer.
  public var decision: Decision
  /// The rule by which the posteriors of a stream's windows give events.
  public var rule: ListeningRule
  /// How that rule was chosen, if `kws tune --events` chose it.
  public var ruleChoice: RuleChoice?
  /// How the model was trained.
  public var record: TrainingRecord
  /// The clips that the model has met, and the role of each.
  public var history: ClipHistory
  /// The network with its weights.
  public var network: Network<Float>

  package init(
    labels: [String], frontEnd: FrontEndOptions, channel: Int? = nil,
    normalization: FeatureNormalization, window: ClipWindow, decision: Decision,
    rule: ListeningRule = ListeningRule(), ruleChoice: RuleChoice? = nil, record: TrainingRecord,
    history: ClipHistory = ClipHistory(), network: Network<Float>
  ) {
    (self.labels, self.frontEnd, self.channel) = (labels, frontEnd, channel)
    (self.normalization, self.window, self.decision) = (normalization, window, decision)
    (self.rule, self.ruleChoice) = (rule, ruleChoice)
    (self.record, self.history, self.network) = (record, history, network)
  }

  /// The labels that are keywords, in order.
  public var keywords: [String] { labels.filter(ClassLabel.isKeyword) }
}
