import Recognition

/// Finds speakers from file names.
enum SpeakerNames {
  /// Fills in the speakers that the manifest did not give: what the pattern finds, else the part of
  /// the file's name before `_nohash_`, else the folder within the label's, else what
  /// `SpeakerGuess` finds.
  ///
  /// A pattern that fits no clip is a mistake in training; another dataset may be named otherwise.
  ///
  /// Names that differ only in capitals are one speaker, except in a manifest.
  ///
  /// - Parameters:
  ///   - clips: The clips to fill in.
  ///   - classes: What each word is recognised as.
  ///   - options: The pattern, if there is one.
  ///   - warnings: Gets a sentence if spellings were taken for one.
  /// - Returns: How most of the words' clips came to their speakers.
  /// - Throws: `DatasetError` for a pattern without a group, or in training one that fits no clip.
  static func fill(
    _ clips: inout [DatasetScan.Clip], _ classes: Classes, _ options: DatasetOptions,
    _ warnings: inout [String]
  ) throws(DatasetError) -> SpeakerSource {
    let isWord = clips.map { ClassLabel.isKeyword(classes.label(of: $0.word)) }
    var sources = clips.map { $0.speaker == nil ? SpeakerSource.unknown : .manifest }
    if let pattern = options.speakerPattern {
      let isGuess = options.patternIsGuessed == true
      // What was guessed of the training's names says less of others than their own marker.
      if isGuess, options.purpose == .evaluation { takeMarked(&clips, &sources) }
      try apply(pattern, to: &clips, &sources, options.purpose)
      if isGuess { forgetStrangers(&clips, isWord, &sources) }
    }
    takeMarked(&clips, &sources)
    for index in clips.indices where clips[index].speaker == nil {
      guard let folder = clips[index].folder else { continue }
      (clips[index].speaker, sources[index]) = (folder, .folders)
    }
    if !zip(isWord, sources).contains(where: { $0 && $1 != .unknown }) {
      guess(&clips, isWord, &sources)
    }
    if let joined = join(&clips, sources) { warnings.append(joined) }
    return usual(zip(isWord, sources).filter(\.0).map(\.1))
  }

  /// Takes the speakers that stand before `_nohash_`.
  private static func takeMarked(
    _ clips: inout [DatasetScan.Clip], _ sources: inout [SpeakerSource]
  ) {
    for index in clips.indices where clips[index].speaker == nil {
      guard let speaker = beforeMarker(clips[index].relative.fileName) else { continue }
      (clips[index].speaker, sources[index]) = (speaker, .names)
    }
  }

  /// Of a pattern that was guessed, other clips have only the speakers of the words, as when it was
  /// guessed: "talk_1" in a folder of other words is by no speaker "talk".
  private static func forgetStrangers(
    _ clips: inout [DatasetScan.Clip], _ isWord: [Bool], _ sources: inout [SpeakerSource]
  ) {
    let speakers = Set(clips.indices.filter { isWord[$0] }.compactMap { clips[$0].speaker })
    if speakers.isEmpty { return }
    for index in clips.indices where !isWord[index] {
      guard case .pattern = sources[index], let speaker = clips[index].speaker,
        !speakers.contains(speaker)
      else { continue }
      (clips[index].speaker, sources[index]) = (nil, .unknown)
    }
  }

  /// Gives speakers whose names differ only in capitals the most frequent spelling.
  ///
  /// - Returns: A sentence that names them; nil if there are none.
  private static func join(
    _ clips: inout [DatasetScan.Clip], _ sources: [SpeakerSource]
  ) -> String? {
    var spellings: [String: [String: Int]] = [:]
    for (clip, source) in zip(clips, sources) where source != .manifest {
      if let name = clip.speaker {
        spellings[name.lowercased(), default: [:]][name, default: 0] += 1
      }
    }
    let several = spellings.filter { $0.value.count > 1 }.mapValues { counts in
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
    if several.isEmpty { return nil }
    for index in clips.indices where sources[index] != .manifest {
      guard let name = clips[index].speaker, let names = several[name.lowercased()] else {
        continue
      }
      clips[index].speaker = names[0]
    }
    let listed = several.sorted { $0.key < $1.key }.map { entry in
      entry.value.map { "'\($0)'" }.joined(separator: " and ")
    }
    return "speakers whose names differ only in capitals are taken for one: "
      + listed.prefix(5).joined(separator: ", ") + (listed.count > 5 ? ", ..." : "")
  }

  private static func apply(
    _ pattern: String, to clips: inout [DatasetScan.Clip], _ sources: inout [SpeakerSource],
    _ purpose: DatasetOptions.Purpose
  ) throws(DatasetError) {
    let regex = try compile(pattern)
    let others = clips.indices.filter { clips[$0].speaker == nil }
    var fitting = 0
    for index in others {
      let text =
        pattern.contains("/")
        ? clips[index].relative.displayName : clips[index].fileName
      guard let match = try? regex.firstMatch(in: text) else { continue }
      guard match.output.count > 1 else { throw .speakerPatternWithoutGroup(pattern) }
      guard let speaker = match.output[1].substring, !speaker.isEmpty else { continue }
      (clips[index].speaker, sources[index]) = (String(speaker), .pattern(pattern))
      fitting += 1
    }
    let mute = others.filter { beforeMarker(clips[$0].relative.fileName) == nil }
    if fitting == 0, purpose == .training, let first = mute.first {
      throw .speakerPatternFitsNothing(
        pattern, clips: mute.count, example: clips[first].relative.displayName)
    }
  }

  /// Takes the speakers of words from their names, and those of other clips where they are the same.
  private static func guess(
    _ clips: inout [DatasetScan.Clip], _ isWord: [Bool], _ sources: inout [SpeakerSource]
  ) {
    let words = clips.indices.filter { isWord[$0] }
    guard
      let pattern = SpeakerGuess.pattern(
        words.map { (name: clips[$0].fileName, word: clips[$0].word) }),
      let regex = try? Regex(pattern)
    else { return }
    var speakers: Set<String> = []
    for index in words + clips.indices.filter({ !isWord[$0] }) {
      guard let speaker = SpeakerGuess.value(regex, in: clips[index].fileName) else { continue }
      if isWord[index] { speakers.insert(speaker) }
      guard speakers.contains(speaker) else { continue }
      (clips[index].speaker, sources[index]) = (speaker, .guess(pattern))
    }
  }

  /// The most frequent source; of equally frequent ones the first that came.
  private static func usual(_ sources: [SpeakerSource]) -> SpeakerSource {
    var counts: [(source: SpeakerSource, count: Int)] = []
    for source in sources {
      if let place = counts.firstIndex(where: { $0.source == source }) {
        counts[place].count += 1
      } else {
        counts.append((source, 1))
      }
    }
    return counts.reduce((source: .unknown, count: 0)) { $1.count > $0.count ? $1 : $0 }.source
  }

  static func compile(_ pattern: String) throws(DatasetError) -> Regex<AnyRegexOutput> {
    do {
      return try Regex(pattern)
    } catch {
      throw .badSpeakerPattern(pattern, reason: "\(error)")
    }
  }

  /// The part of a file's name before `_nohash_`; nil where that is empty or not there.
  static func beforeMarker(_ name: ArraySlice<UInt8>) -> String? {
    let marker = Array("_nohash_".utf8)
    var start = name.startIndex
    while start + marker.count <= name.endIndex {
      if name[start] == marker[0], name[start..<start + marker.count].elementsEqual(marker) {
        return start > name.startIndex ? Array(name[..<start]).displayName : nil
      }
      start += 1
    }
    return nil
  }
}
