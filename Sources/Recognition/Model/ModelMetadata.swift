import Basics
import Neural
import Sound

/// The metadata of a model file, stored beside the tensors.
struct ModelMetadata: Codable {
  static let stored = StoredFormat(steps: [
    { formatTwo(&$0) }, { formatThree(&$0) }, { formatFour(&$0) }, { formatFive(&$0) },
  ])

  var format: Int
  var labels: [String]
  var frontEnd: FrontEndOptions
  var channel: StoredChannel
  var normalization: FeatureNormalization
  var network: NetworkShape
  var window: ClipWindow
  var decision: Decision
  var rule: ListeningRule
  /// Absent where the rule was not chosen by measuring, or before that was noted.
  var ruleChoice: RuleChoice?
  var record: TrainingRecord
  var history: ClipHistorySummary

  /// Format 2 adds the channel, and the clips of each role.
  ///
  /// In format 1 all channels were mixed, and only the clips trained on were stored, in a filter.
  private static func formatTwo(_ document: inout JSONValue) -> String? {
    guard let record = document["record"] else { return "the document has no \"record\"" }
    guard let filter = record["heard"] else { return "record has no \"heard\"" }
    func clips(_ filter: JSONValue, isComplete: Bool) -> JSONValue {
      .object([
        ("clips", .number(0)), ("filter", filter), ("isComplete", .bool(isComplete)),
      ])
    }
    let isTuned = document["decision"]?["choice"] != nil
    document["channel"] = .string(StoredChannel.mixed)
    document["history"] = .object([
      ("trained", clips(filter, isComplete: true)), ("selected", clips(.null, isComplete: false)),
      ("thresholds", clips(.null, isComplete: !isTuned)),
    ])
    // Format 1 had a hash of the list of files, which changed with every added file.
    document["record"]?["fingerprint"] = nil
    document["record"]?["heard"] = nil
    return nil
  }

  /// Format 3 adds the rule for listening.
  ///
  /// Before, every run of windows whose answer is a keyword was one event, decided when it was
  /// over.
  private static func formatThree(_ document: inout JSONValue) -> String? {
    document["rule"] = .object([
      ("smoothing", .number(1)), ("mustBeLikeliest", .bool(true)), ("settleSeconds", .null),
      (
        "conditions",
        .object([
          ("threshold", .null), ("releaseShare", .number(1)), ("leastWindows", .number(1)),
          ("refractorySeconds", .number(1)),
        ])
      ), ("keywords", .object([])),
    ])
    return nil
  }

  /// Format 4 says whether the training held clips out; before, those that do not say so did.
  private static func formatFour(_ document: inout JSONValue) -> String? {
    let options = document["record"]?["options"]
    document["record"]?["options"] = DatasetOptions.withHoldOut(options)
    return nil
  }

  /// Format 5 adds the prior of the answers; before, the shares of training were not stored and
  /// posteriors stood for them.
  private static func formatFive(_ document: inout JSONValue) -> String? {
    document["decision"]?["prior"] = .object([
      ("trained", .object([])), ("target", .string(PriorTarget.trained.description)),
    ])
    return nil
  }
}

/// The channel of a model as stored in its file: `"all"` (the mean), or a number from 1.
struct StoredChannel: Codable, Equatable {
  static let mixed = "all"

  /// The channel, from 1; nil means the mean of all.
  var number: Int?

  init(_ number: Int?) { self.number = number }

  /// Reads the word or a number.
  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Int.self) {
      self.number = number
    } else if try value.decode(String.self) != Self.mixed {
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "expected \"\(Self.mixed)\" or a number")
    }
  }

  /// Writes the word or a number.
  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    if let number { try value.encode(number) } else { try value.encode(Self.mixed) }
  }
}

extension ModelMetadata {
  /// The first inconsistency among the parts, or nil.
  var problem: String? {
    if let (name, problem) = NetworkShape.stored.problem(in: network) {
      return "the network's \(name): \(problem)"
    }
    if labels.count != network.classes {
      return "\(labels.count) labels for \(network.classes) classes"
    }
    if Set(labels).count != labels.count { return "two labels are equal" }
    if labels.contains(where: \.isEmpty) { return "a label is empty" }
    if normalization.mean.count != network.features
      || normalization.deviation.count != network.features
    {
      return "normalisation of \(normalization.mean.count) means and "
        + "\(normalization.deviation.count) deviations for \(network.features) features"
    }
    for mean in normalization.mean where !(abs(mean) <= Self.largestMean) {
      return "a mean must lie within +-\(Self.largestMean), not at \(mean)"
    }
    for deviation in normalization.deviation where !Self.deviations.contains(deviation) {
      return "a deviation must lie within \(Self.deviations), not at \(deviation)"
    }
    if !Self.temperatures.contains(decision.temperature) {
      return "the temperature must lie within \(Self.temperatures), not at \(decision.temperature)"
    }
    for value in [decision.threshold] + decision.thresholds.values where !(0...1).contains(value) {
      return "a threshold must lie between 0 and 1, not at \(value)"
    }
    if let problem = decision.prior.problem(labels) { return "the prior: \(problem)" }
    if let problem = rule.problem(decision, labels: labels) ?? ruleChoice?.problem {
      return "the rule for listening: \(problem)"
    }
    if let choice = decision.choice,
      choice.schema != ThresholdChoice.schemaName
        || choice.version != ThresholdChoice.currentVersion
    {
      return "\(choice.schema) of version \(choice.version), where "
        + "\(ThresholdChoice.schemaName) of version \(ThresholdChoice.currentVersion) was expected"
    }
    if let number = channel.number, !AudioLimits.channelCounts.contains(number) {
      return "the channel must lie within \(AudioLimits.channelCounts), not at \(number)"
    }
    if let problem = record.problem { return problem }
    if let problem = window.problem { return problem }
    do {
      let frontEnd = try FrontEnd(frontEnd)
      let features = frontEnd.featureCount
      if features != network.features {
        return "the front end makes \(features) features, the network reads \(network.features)"
      }
      return window.problem(with: frontEnd, network)
    } catch { return "the front end: \(error)" }
  }

  // With weights within `ParameterLayout.largest`, these bounds prevent overflow in every sum of
  // the network, so that no file can give an answer that is not a number.
  private static let largestMean: Float = 1e9
  private static let deviations: ClosedRange<Float> = 1e-6...1e9
  private static let temperatures: ClosedRange<Float> = 1e-3...1e3
}
