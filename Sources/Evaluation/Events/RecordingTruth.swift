import Basics
import Datasets
import Recognition

/// What a model's keywords should give in one recording.
package struct RecordingTruth: Equatable, Sendable {
  /// Keywords with their times, by their end.
  var words: [LabelledWord] = []
  /// Keywords without times, with the number of times that each is said.
  var mentions: [String: Int] = [:]

  /// A recording without keywords.
  init() {}

  /// What labels say of `keywords`; nil is a recording without them.
  package init(_ labels: RecordingLabels?, keywords: [String]) {
    guard let labels else { return }
    words = labels.words(of: Set(keywords))
    mentions = labels.mentions(of: keywords)
  }

  /// How often a keyword is said.
  func count(of keyword: String) -> Int {
    words.count { $0.label == keyword } + mentions[keyword, default: 0]
  }
}

/// Matches the events of one recording with its words, in the order in which they are decided.
///
/// A word is found by an event of its own label that is decided between its start and `tolerance`
/// after its end; each is found once, the one that ends first before others, which finds as many as can
/// be. A keyword that is known from a transcript only is credited wherever it comes, once a mention.
struct EventMatcher: Sendable {
  /// What an event is.
  enum Verdict: Equatable, Sendable {
    /// It finds this word of the truth.
    case hit(Int)
    /// It finds a keyword without a time.
    case mention
    /// It comes with this word of another label.
    case wrongWord(Int)
    /// It comes with no word that is left.
    case falseAlarm
  }

  private var reach: WordsInReach
  private var mentions: [String: Int]
  /// By word.
  private(set) var isFound: [Bool]

  init(_ truth: RecordingTruth, tolerance: Double) {
    mentions = truth.mentions
    reach = WordsInReach(truth.words, tolerance: tolerance)
    isFound = Array(repeating: false, count: truth.words.count)
  }

  /// Judges the next event; none is decided before the one before it.
  mutating func take(_ event: Event) -> Verdict {
    var other: Int?
    for index in reach.indices(at: event.decided) {
      if reach.words[index].label != event.label {
        other = other ?? index
      } else if !isFound[index] {
        isFound[index] = true
        return .hit(index)
      }
    }
    if let left = mentions[event.label], left > 0 {
      mentions[event.label] = left - 1
      return .mention
    }
    return other.map { .wrongWord($0) } ?? .falseAlarm
  }
}
