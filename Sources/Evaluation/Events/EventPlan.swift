import Basics
import Datasets
import Recognition
import SystemPackage

/// The recordings in which events are measured.
public struct EventPlan: Sendable {
  /// One recording with its labels.
  struct Item: Sendable {
    var path: FilePath
    var name: String
    /// The key of its bootstrap cluster: its speaker, or the recording itself.
    var cluster: String
    /// Whether the speaker is known.
    var hasSpeaker: Bool
    var truth: RecordingTruth
    /// Whether labels or a transcript say what is in it.
    var isLabelled: Bool
  }

  let items: [Item]
  /// How long after a word's end an event may be decided, in seconds.
  public let tolerance: Double
  /// The model's keywords.
  public let keywords: [String]
  /// Warnings about the labels.
  public let warnings: [String]

  /// Number of recordings.
  public var count: Int { items.count }

  /// The usual tolerance, in seconds: that of MLPerf Tiny's streaming wake word.
  public static let usualTolerance = 0.5

  /// Plans to measure recordings.
  ///
  /// - Parameters:
  ///   - recordings: Files; empty takes those that the labels name.
  ///   - labels: What is said in them.
  ///   - keywords: The model's.
  ///   - tolerance: How long after a word's end an event may be decided, in seconds.
  ///   - speakers: Finds a speaker in a file's name; the labels' own goes before.
  /// - Throws: `LabelError` where the labels fit neither the recordings nor the keywords, and
  ///   `DatasetError` for a pattern without a group.
  public init(
    _ recordings: [FilePath], _ labels: EventLabels, keywords: [String],
    tolerance: Double = usualTolerance, speakers: SpeakerFinder? = nil
  ) throws {
    let all = recordings.isEmpty ? labels.recordings : recordings
    let distinct = DistinctFiles.of(all)
    let speakers = try speakers?.speakers(of: distinct)
    items = distinct.indices.map { index in
      let path = distinct[index]
      let known = labels[path]
      let name = path.displayName
      let speaker = known?.speaker ?? speakers?[index]
      return Item(
        path: path, name: name, cluster: speaker ?? name, hasSpeaker: speaker != nil,
        truth: RecordingTruth(known, keywords: keywords), isLabelled: known != nil)
    }
    (self.tolerance, self.keywords) = (tolerance, keywords)
    let unlabelled = items.filter { !$0.isLabelled }
    guard unlabelled.count < items.count else {
      throw LabelError.noneFit(
        recordings: items.count, example: items.first?.name ?? "none", labelled: labels.count,
        labelledExample: labels.example)
    }
    let names = labels.names
    if !labels.hasText, !names.isEmpty, Set(names).isDisjoint(with: keywords) {
      throw LabelError.noKeyword(labels: names, keywords: keywords)
    }
    var warnings: [String] = []
    if all.count > distinct.count {
      warnings.append(
        "\(all.count - distinct.count) of \(all.count) recordings are repeated; each is counted once"
      )
    }
    if let first = unlabelled.first {
      warnings.append(
        "\(unlabelled.count) of \(items.count) recordings have no labels, such as \(first.name): "
          + "they count as free of keywords")
    }
    let mentioned = items.count { !$0.truth.mentions.isEmpty }
    if mentioned > 0 {
      warnings.append(
        "in \(mentioned) of \(items.count) recordings keywords have no times: each is "
          + "credited wherever in the recording it fires, once")
    }
    self.warnings = warnings
  }
}
