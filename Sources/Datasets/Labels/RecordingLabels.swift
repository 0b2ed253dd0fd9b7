/// A word that is said in a recording, and when.
public struct LabelledWord: Equatable, Sendable {
  /// The word.
  public var label: String
  /// From its start to its end, in seconds of the recording.
  public var seconds: ClosedRange<Double>

  /// A word at a time.
  public init(label: String, seconds: ClosedRange<Double>) {
    (self.label, self.seconds) = (label, seconds)
  }
}

/// The labels of one recording.
public struct RecordingLabels: Equatable, Sendable {
  /// Words with their times, in the order of the file.
  public var words: [LabelledWord] = []
  /// Words without times, with the number of times that each is said.
  public var untimed: [String: Int] = [:]
  /// The transcript, if there is one.
  public var text: String?
  /// The speaker, if known.
  public var speaker: String?

  /// Nothing is said.
  public init() {}

  /// The words of `keywords` with their times, by their end.
  package func words(of keywords: Set<String>) -> [LabelledWord] {
    words.filter { keywords.contains($0.label) }.sorted {
      ($0.seconds.upperBound, $0.seconds.lowerBound) < (
        $1.seconds.upperBound, $1.seconds.lowerBound
      )
    }
  }

  /// How often each of `keywords` is said, without the words with times.
  package func mentions(of keywords: some Collection<String>) -> [String: Int] {
    var mentions: [String: Int] = [:]
    let spoken = text.map(Transcript.init)
    for keyword in keywords {
      let timed = words.count { $0.label == keyword }
      let said = max(spoken?.count(of: keyword) ?? 0, timed + untimed[keyword, default: 0])
      if said > timed { mentions[keyword] = said - timed }
    }
    return mentions
  }

  /// Whether none of `keywords` is said.
  package func isFree(of keywords: some Collection<String>) -> Bool {
    !words.contains { keywords.contains($0.label) } && mentions(of: keywords).isEmpty
  }

  /// Adds labels of the same recording from another row or file.
  mutating func add(_ other: RecordingLabels) {
    words += other.words
    untimed.merge(other.untimed, uniquingKeysWith: +)
    if let more = other.text { text = text.map { $0 + "\n" + more } ?? more }
    speaker = speaker ?? other.speaker
  }
}

/// The words of a text.
package struct Transcript: Equatable, Sendable {
  private let words: [String]

  /// Splits a text at everything that is no letter, digit or apostrophe; case does not matter.
  package init(_ text: String) {
    words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }
      .map { String($0).replacing("’", with: "'") }
  }

  /// How often a keyword of one or several words (`hey_snips`, `hey snips`) is said.
  package func count(of keyword: String) -> Int {
    let wanted = Transcript(keyword).words
    guard !wanted.isEmpty, wanted.count <= words.count else { return 0 }
    var (count, place) = (0, 0)
    while place + wanted.count <= words.count {
      if words[place..<place + wanted.count].elementsEqual(wanted) {
        count += 1
        place += wanted.count
      } else {
        place += 1
      }
    }
    return count
  }
}
