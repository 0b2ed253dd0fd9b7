import Basics
import Recognition

/// The clips that one epoch trains on, in order.
///
/// It depends only on seed and epoch, so a resumed training continues with the same plan.
package struct EpochPlan: Sendable {
  /// One item of the plan.
  package enum Item: Equatable, Sendable {
    /// A clip, by index.
    case clip(Int)
    /// The beginning of one clip and the end of another, by index; at least one of them is unknown.
    case splice(Int, Int)
    /// The window at a place of a recording, of the recording's index.
    case window(Window)
    /// A keyword's clip within such a window, as the word stands in a sentence.
    case inSpeech(Int, Window)
    /// One half of a keyword's clip within such a window.
    case half(Int, isFirst: Bool, Window)
    /// A new clip of the silence class.
    case silence

    /// The class that it is taught as.
    ///
    /// - Parameter clip: Gives the label of a clip, by index.
    /// - Returns: Its label.
    func label(_ clip: (Int) -> String) -> String {
      switch self {
      case .clip(let index), .inSpeech(let index, _): clip(index)
      case .splice, .window, .half: ClassLabel.unknown
      case .silence: ClassLabel.silence
      }
    }
  }

  /// A window of running speech.
  package struct Window: Equatable, Sendable {
    /// Index of the recording.
    var index: Int
    /// Which of the recording's windows.
    var place: Int
  }

  package var items: [Item]

  /// The items of batch `index`; the last batch may be smaller.
  package func batch(_ index: Int, size: Int) -> ArraySlice<Item> {
    items[index * size..<min(items.count, (index + 1) * size)]
  }

  /// - Parameters:
  ///   - clips: The training clips that can be drawn.
  ///   - recipe: The shares of the classes.
  ///   - generator: Made from the seed and the epoch.
  package init(
    _ clips: TrainingClips, recipe: TrainingRecipe, using generator: inout SeededGenerator
  ) {
    // As many clips as there are, but rare words more often and frequent ones less often.
    let known = clips.draw(
      clips.keywordCount, from: clips.keywords, inTurns: false, using: &generator)
    items = known.map(Item.clip)
    let unknown = Int((Double(known.count) * recipe.unknownShare).rounded())
    let drawn = clips.draw(unknown, from: clips.unknown, inTurns: true, using: &generator)
    items +=
      recipe.spliceShare > 0
      ? drawn.map { index in
        guard generator.uniform() < recipe.spliceShare else { return .clip(index) }
        let other = clips.drawOther(than: index, using: &generator)
        // Words that only begin like a keyword, or only end like one, are unknown.
        return generator.uniform() < 0.5 ? .splice(index, other) : .splice(other, index)
      } : drawn.map(Item.clip)
    if let negatives = recipe.negatives, clips.windowCount > 0 {
      put(known, into: negatives, clips, using: &generator)
    }
    // Clips from a `_silence_` folder and noise are one class; with enough clips no noise is added.
    items += clips.silenceIndices.map(Item.clip)
    let silence = Int((Double(known.count) * recipe.silenceShare).rounded())
    items += Array(repeating: .silence, count: max(0, silence - clips.silenceIndices.count))
    generator.shuffle(&items)
  }

  /// Adds windows of running speech, and puts a share of the keywords `known`, the first items, into
  /// such windows.
  private mutating func put(
    _ known: [Int], into negatives: NegativeOptions, _ clips: TrainingClips,
    using generator: inout SeededGenerator
  ) {
    let count = Int((Double(known.count) * negatives.share).rounded())
    let short = min(count / 2, Self.shortTurns * clips.short.count)
    items += clips.drawShort(short, using: &generator).map(Item.window)
    for _ in 0..<count - short { items.append(.window(clips.drawWindow(using: &generator))) }
    guard negatives.wordShare > 0 else { return }
    for (place, index) in known.enumerated() where generator.uniform() < negatives.wordShare {
      items[place] = .inSpeech(index, clips.drawWindow(using: &generator))
    }
    for index in known where generator.uniform() < negatives.wordShare * Self.halves {
      items.append(
        .half(
          index, isFirst: generator.uniform() < 0.5, clips.drawWindow(using: &generator)))
    }
  }

  /// Halves of keywords in speech, as a share of the whole ones there.
  private static let halves = 0.5

  /// How often an epoch takes each short recording at most; together they are at most half of the windows.
  private static let shortTurns = 4
}

/// The training clips by class, for drawing epochs.
package struct TrainingClips: Sendable {
  /// Indices of the clips of each keyword, words in sorted order.
  let keywords: [[Int]]
  /// Indices of clips from a `_silence_` folder.
  private(set) var silenceIndices: [Int] = []
  /// Recordings that windows are drawn from: index, and how many windows begin in it and in those
  /// before it.
  private let streams: [(index: Int, end: Int)]
  /// Short ones among long recordings, as clips that were mined are: index, and how many windows begin in it.
  ///
  /// By their length they would hardly ever be met.
  let short: [(index: Int, count: Int)]
  /// Indices of unknown clips by the word spoken, words in sorted order.
  let unknown: [[Int]]
  /// The word spoken in each clip.
  private let words: [String]
  /// The speaker of each clip.
  private let speakers: [String]

  /// - Parameters:
  ///   - clips: label, spoken word and speaker of each clip.
  ///   - windows: By index of those that are recordings to draw windows from: how many begin in it.
  ///   - short: Indices of those of them that are short; see `NegativeWindows.isShort`.
  init(
    _ clips: [(label: String, word: String, speaker: String)], windows: [Int: Int] = [:],
    short: Set<Int> = []
  ) {
    // Where most talk comes in short pieces, these are drawn by their length, as any talk is.
    let total = windows.values.reduce(0, +)
    let areRare = short.reduce(0) { $0 + windows[$1]! } < total / 2
    let apart = areRare ? short : []
    self.short = apart.sorted().map { ($0, windows[$0]!) }.filter { $0.1 > 0 }
    var streams: [(index: Int, end: Int)] = []
    for (index, count) in windows.sorted(by: { $0.key < $1.key }) where !apart.contains(index) {
      streams.append((index, (streams.last?.end ?? 0) + count))
    }
    self.streams = streams
    windowCount = streams.last?.end ?? 0
    words = clips.map(\.word)
    speakers = clips.map(\.speaker)
    var known: [String: [Int]] = [:]
    var unknown: [String: [Int]] = [:]
    for (index, clip) in clips.enumerated() where windows[index] == nil {
      switch clip.label {
      case ClassLabel.unknown: unknown[clip.word, default: []].append(index)
      case ClassLabel.silence: silenceIndices.append(index)
      default: known[clip.label, default: []].append(index)
      }
    }
    keywords = known.sorted { $0.key < $1.key }.map(\.value)
    self.unknown = unknown.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Number of clips of keywords.
  var keywordCount: Int { keywords.reduce(0) { $0 + $1.count } }

  /// Number of windows that can be drawn.
  let windowCount: Int

  /// Windows of short recordings, which take turns in a random order.
  func drawShort(_ count: Int, using generator: inout SeededGenerator) -> [EpochPlan.Window] {
    var order = short
    return (0..<count).map { place in
      if place % order.count == 0 { generator.shuffle(&order) }
      let clip = order[place % order.count]
      return EpochPlan.Window(index: clip.index, place: generator.integer(below: clip.count))
    }
  }

  /// Draws a window, each as likely as any other of all recordings but the short ones; there
  /// must be one.
  func drawWindow(using generator: inout SeededGenerator) -> EpochPlan.Window {
    let place = generator.integer(below: windowCount)
    var (low, high) = (0, streams.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if streams[middle].end <= place { low = middle + 1 } else { high = middle }
    }
    let first = low == 0 ? 0 : streams[low - 1].end
    return EpochPlan.Window(index: streams[low].index, place: place - first)
  }

  /// Draws a clip of a word other than that of the unknown clip `index`.
  func drawOther(than index: Int, using generator: inout SeededGenerator) -> Int {
    let others = keywords + unknown.filter { words[$0[0]] != words[index] }
    let count = others.reduce(0) { $0 + $1.count }
    guard count > 0 else { return index }
    var place = generator.integer(below: count)
    for part in others {
      if place < part.count { return part[place] }
      place -= part.count
    }
    preconditionFailure("place \(place) beyond \(count) clips")
  }

  /// Draws clips so that words with many clips do not dominate.
  ///
  /// A word's share follows the square root of its number of clips.
  ///
  /// - Parameters:
  ///   - count: Number of clips to draw.
  ///   - words: The clips of each word, by index.
  ///   - takesTurns: Whether speakers take turns within a word, so that a speaker with many clips
  ///     does not dominate: the first clip of each speaker comes before the second of any.
  ///   - generator: The source of random numbers.
  /// - Returns: Indices, word by word. If all words have equally many clips and `count` is their
  ///   number, every clip is drawn once.
  func draw(
    _ count: Int, from words: [[Int]], inTurns takesTurns: Bool,
    using generator: inout SeededGenerator
  ) -> [Int] {
    guard !words.isEmpty else { return [] }
    let weights = words.map { Double($0.count).squareRoot() }
    let total = weights.reduce(0, +)
    var drawn: [Int] = []
    var owed = 0.0
    for (indices, weight) in zip(words, weights) {
      owed += Double(count) * weight / total
      let share = max(0, Int(owed.rounded()) - drawn.count)
      // Complete rounds over the word's clips, then a part of a round.
      var order = indices
      for place in 0..<share {
        if place % order.count == 0 {
          generator.shuffle(&order)
          if takesTurns { order = inTurns(order) }
        }
        drawn.append(order[place % order.count])
      }
    }
    return drawn
  }

  /// The indices of one word, reordered so that speakers take turns.
  private func inTurns(_ indices: [Int]) -> [Int] {
    var rounds: [[Int]] = []
    var spoken: [String: Int] = [:]
    for index in indices {
      let round = spoken[speakers[index], default: 0]
      if round == rounds.count { rounds.append([]) }
      rounds[round].append(index)
      spoken[speakers[index]] = round + 1
    }
    return rounds.flatMap { $0 }
  }
}
