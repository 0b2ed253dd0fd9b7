#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

extension KeywordModel {
  /// The metadata as a JSON object, with sorted keys and a line feed at the end.
  package var infoJSON: String {
    jsonReport(metadata)
  }

  /// The content of the metadata as text for people, one fact per line.
  package var infoText: String {
    let shape = network.shape
    let own = decision.thresholds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let thresholds = (["\(decision.threshold)"] + own).joined(separator: ", ")
    let speakers = record.speakers.map { counted($0, "speaker") } ?? "speakers unknown"
    var lines = [
      "labels: \(labels.joined(separator: ", "))",
      "network: \(shape.layers) x \(shape.hidden) hidden units \(shape.directions), "
        + "\(shape.pooling.rawValue) pooling, \(network.parameters.count) parameters"
        + (network.isInt8 ? ", products of the LSTM layers in 8 bits" : ""),
      "features: \(shape.features) a frame, at \(frontEnd.sampleRate) Hz",
      "channel: \(Self.name(ofChannel: channel))",
      "clips: \(window.minimumSeconds) to \(window.maximumSeconds) s, longer ones in windows every "
        + "\(window.hopSeconds) s",
      "threshold: " + thresholds,
      "listening: \(rule.text)", "listening, each keyword: \(rule.conditions.text)",
      "temperature: \(decision.temperature)" + (record.calibration.map { ", " + $0.text } ?? ""),
      "prior: \(decision.prior.text)",
      "listening, prior: \(rule.prior.map(\.description) ?? "as above")",
      record.isImported
        ? "trained: elsewhere; imported by kws \(record.program) from \(record.dataset)"
        : "trained: by kws \(record.program) on \(record.dataset), seed \(record.seed), "
          + "\(counted(record.epochs, "epoch")), best \(record.bestEpoch), " + speakers,
    ]
    for (keyword, conditions) in rule.keywords.sorted(by: { $0.key < $1.key }) {
      let threshold = rule.threshold(of: keyword, decision)
      lines.append("listening, \(keyword): threshold \(threshold), \(conditions.text)")
    }
    if let ruleChoice { lines.append("listening, chosen: \(ruleChoice.summary)") }
    for split in Split.allCases {
      let counts = (record.clips[split.rawValue] ?? [:]).sorted { $0.key < $1.key }
      let total = counts.reduce(0) { $0 + $1.value }
      let parts = ["\(split.rawValue) clips: \(total)"] + counts.map { "\($0.key) \($0.value)" }
      lines.append(parts.joined(separator: ", "))
    }
    lines.append(
      "validation accuracy (selected on): " + (record.validation?.text ?? "not measured"))
    lines.append("test accuracy: " + (record.test?.text ?? "not measured"))
    lines += (record.testMet ?? []).map { "test clips left out, \($0.text)" }
    lines += ClipRole.allCases.map { "\($0.text): \(history[$0].text)" }
    lines.append("front end:")
    let frontEnd = String(
      decoding: try! jsonEncoder(pretty: true).encode(frontEnd), as: UTF8.self)
    lines += frontEnd.split(separator: "\n").dropFirst().dropLast().map(String.init)
    return lines.map(TextCell.visible).joined(separator: "\n") + "\n"
  }

  /// A channel as text for people.
  package static func name(ofChannel channel: Int?) -> String {
    channel.map { "\($0)" } ?? "the mean of all"
  }
}

extension RuleChoice {
  /// The target, and what was measured of the rule, as text for people.
  fileprivate var summary: String {
    let wanted =
      switch target {
      case .falseAlarmsPerHour(let rate): "\(rate) false alarms an hour"
      case .falseRejects(let share): "\(TextCell.percent(share)) misses"
      case .falseAccepts(let share): "\(TextCell.percent(share)) false accepts"
      }
    return "for at most \(wanted), on \(recordings) recordings, \(TextCell.fixed(hours, 2)) h; by "
      + "crossing over missed \(crossed.missed.text), \(TextCell.fixed(crossed.perHour, 2)) false "
      + "alarms an hour, at most \(TextCell.fixed(crossed.bound, 2))"
      + (unproven == nil ? "" : "; the target is not proven")
  }
}

extension ClipRecord {
  /// The number of clips as text for people.
  fileprivate var text: String {
    let filtered = filter == nil ? "" : " and a filter of format 1, which is inexact"
    return "\(counted(clips.count, "clip")) known by content" + filtered
      + (isComplete ? "" : "; not all are known")
  }
}
