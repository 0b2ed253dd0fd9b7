import KeywordSpotting

/// Who speaks the words of a dataset, for people.
enum SpeakerText {
  /// "speakers: 2 (by the manifest): anna 40, ben 38".
  static func line(_ dataset: Dataset) -> String {
    var counts: [String: Int] = [:]
    for clip in dataset.recordings where ClassLabel.isKeyword(clip.label) {
      if let speaker = clip.speaker { counts[speaker, default: 0] += 1 }
    }
    let how =
      switch dataset.speakerSource {
      case .unknown: "a folder for each person within each word's tells, or --speaker-pattern"
      case .manifest: "by the manifest"
      case .names: "by the names before _nohash_"
      case .folders: "by the folders within the words'"
      case .pattern(let pattern): "by --speaker-pattern '\(pattern)'"
      case .guess(let pattern):
        "guessed from the names; --speaker-pattern '\(pattern)' would say the same, another pattern "
          + "something else"
      }
    if counts.isEmpty { return "speakers: not known (\(how))" }
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = order.prefix(10).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return "speakers: \(counts.count) (\(how)): \(shown)" + (order.count > 10 ? ", ..." : "")
  }
}
