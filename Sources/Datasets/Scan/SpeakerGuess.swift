import Recognition

/// Guesses which part of the file names is the speaker.
///
/// A part counts as the speaker if nearly every clip of a word has it, if it has at least two
/// values with several clips each, and if most values occur with several words. The word itself and
/// the number of the clip do not fulfil this.
enum SpeakerGuess {
  /// The patterns to try, in this order; the first match is used, so names come before numbers.
  static let patterns = [
    #"^([^_]+)_"#, #"^([^-]+)-"#, #"^([^ ]+) "#, #"^([A-Za-z]+)[(]*[0-9]"#,
    #"^[^_]+_([A-Za-z]+)[0-9]"#, #"^[^-]+-([A-Za-z]+)[0-9]"#,
    #"^[^_]+_([^_.]+)[_.]"#, #"^[^-]+-([^-.]+)[-.]"#, #"^[^ ]+ ([^ .]+)[ .]"#,
    #"_([^_.]+)\.[^.]*$"#, #"-([^-.]+)\.[^.]*$"#,
    // Each person's device may name files in its own way, after the person's name.
    #"^(\p{L}+)[^\p{L}]"#,
  ]
  /// How devices and apps begin the names of recordings, in lower case; none is a person.
  private static let devices: Set<String> = [
    "aud", "audio", "aufnahme", "clip", "dsc", "dscf", "dscn", "file", "img", "memo", "mov", "mvi",
    "neue", "new", "ptt", "pxl", "rec", "recording", "sound", "sprachmemo", "take", "track",
    "unbenannt",
    "untitled", "vid", "video", "voice", "whatsapp",
  ]
  /// The most names that are examined.
  private static let mostNames = 2_000
  /// The share of names that must match, so that a stray file does not matter.
  private static let leastShare = 0.9

  /// Looks for the pattern.
  ///
  /// - Parameter clips: File names of clips of words, each with its word.
  /// - Returns: The pattern whose first group is the speaker; nil if no pattern is clear.
  static func pattern(_ clips: [(name: String, word: String)]) -> String? {
    let step = max(1, clips.count / mostNames)
    let sample = stride(from: 0, to: clips.count, by: step).map { clips[$0] }
    let found = patterns.map { pattern in
      guard let regex = try? Regex(pattern) else { preconditionFailure("\(pattern) is no pattern") }
      return sample.compactMap { clip in
        value(regex, in: clip.name).map { (value: $0, word: clip.word) }
      }
    }
    let fitting = zip(patterns, found).filter { _, values in
      Double(values.count) >= leastShare * Double(sample.count) && areSpeakers(values)
    }
    let named = fitting.first { _, values in !values.contains { isNumber($0.value) } }
    // The numbers behind a device's word count its recordings.
    let ofDevices = sample.count {
      devices.contains($0.name.prefix(while: \.isLetter).lowercased())
    }
    return (named ?? (2 * ofDevices > sample.count ? nil : fitting.first))?.0
  }

  /// The first group of a pattern in a name, or nil.
  static func value(_ regex: Regex<AnyRegexOutput>, in name: String) -> String? {
    guard let match = try? regex.firstMatch(in: name), match.output.count > 1,
      let value = match.output[1].substring, !value.isEmpty
    else { return nil }
    return String(value)
  }

  /// Whether the values of a part, each in a clip of a word, look like people.
  private static func areSpeakers(_ clips: [(value: String, word: String)]) -> Bool {
    var words: [String: Set<String>] = [:]
    for clip in clips { words[clip.value, default: []].insert(clip.word) }
    let perValue = Double(clips.count) / Double(max(1, words.count))
    guard words.count >= 2, perValue >= 3 else { return false }
    guard !words.keys.contains(where: { devices.contains($0.lowercased()) }) else { return false }
    let wordCount = Set(clips.map(\.word)).count
    if wordCount > 1 {
      guard words.values.count(where: { $0.count > 1 }) * 3 >= words.count * 2 else { return false }
    }
    guard words.keys.contains(where: isNumber) else { return true }
    // Numbers may count the clips: a person's number stands before several clips of a word. Dates
    // and times tell sessions.
    let pairs = words.values.reduce(0) { $0 + $1.count }
    return words.keys.allSatisfy { !isNumber($0) || $0.count <= 3 } && clips.count >= 2 * pairs
  }

  private static func isNumber(_ text: String) -> Bool { text.allSatisfy(\.isNumber) }
}
