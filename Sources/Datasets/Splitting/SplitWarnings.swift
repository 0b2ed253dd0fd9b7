import Recognition

/// Warnings about the parts, which affect how far figures can be trusted.
enum SplitWarnings {
  /// With fewer clips than this in validation or testing, one clip moves a class by 20 points.
  static let few = 5

  /// All warnings about the parts; none if nothing is trained.
  static func all(
    _ recordings: [Recording], labels: [String], rule: SplitRule, _ options: DatasetOptions
  ) -> [String] {
    var warnings: [String] = []
    if rule != .speakerHash, rule != .fold, let shared = speakersInSeveralParts(recordings) {
      warnings.append(shared)
    }
    if options.purpose == .evaluation || rule == .fold { return warnings }
    if rule == .whole { return warnings + smallClasses(recordings, labels, .training) }
    for split in Split.allCases {
      let shares = [options.validationPercent, options.testingPercent]
      let isUnwanted =
        !rule.isOwn
        && (split == .validation && shares[0] == 0 || split == .testing && shares[1] == 0)
      if !isUnwanted { warnings += smallClasses(recordings, labels, split) }
    }
    if rule == .speakerHash { warnings += fewSpeakers(recordings) }
    return warnings
  }

  private static func speakersInSeveralParts(_ recordings: [Recording]) -> String? {
    var parts: [String: Set<Split>] = [:]
    for recording in recordings {
      if let speaker = recording.speaker { parts[speaker, default: []].insert(recording.split) }
    }
    let shared = parts.filter { $0.value.count > 1 }.keys.sorted()
    guard let first = shared.first else { return nil }
    return "\(shared.count) of \(parts.count) speakers are in several parts, such as '\(first)': "
      + "results may look better than they are for new speakers"
  }

  /// Classes with no or few clips in a part, except silence, which is made from noise.
  private static func smallClasses(
    _ recordings: [Recording], _ labels: [String], _ split: Split
  ) -> [String] {
    var all: [String: Int] = [:]
    var here: [String: Int] = [:]
    for recording in recordings {
      all[recording.label, default: 0] += 1
      if recording.split == split { here[recording.label, default: 0] += 1 }
    }
    let classes = labels.filter { all[$0] != nil }
    let small = classes.filter { here[$0, default: 0] < few }
    if small.isEmpty { return [] }
    if small.allSatisfy({ here[$0] == nil }), small.count == classes.count {
      return [
        "no \(split) clips (of \(recordings.count) clips in all parts): the \(split) part stays empty"
      ]
    }
    let counts = small.prefix(10).map { "\($0) \(here[$0, default: 0]) of \(all[$0]!)" }
    return [
      "\(small.count) of \(classes.count) classes have fewer than \(few) \(split) clips: "
        + counts.joined(separator: ", ") + (small.count > 10 ? ", ..." : "")
    ]
  }

  /// With few speakers, the hash can leave a part without a speaker.
  private static func fewSpeakers(_ recordings: [Recording]) -> [String] {
    var speakers: [Split: Set<String>] = [:]
    for recording in recordings {
      speakers[recording.split, default: []].insert(recording.speaker ?? recording.name)
    }
    let counts = Split.allCases.map { ($0, speakers[$0]?.count ?? 0) }
    let total = counts.map(\.1).reduce(0, +)
    guard total < 30 else { return [] }
    return [
      "few speakers (\(total)): "
        + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        + "; folders train, validation and test, or a manifest, would say who belongs where"
    ]
  }
}
