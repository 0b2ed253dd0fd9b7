import Basics
import Recognition

/// Which clips one epoch trains on, in which order.
///
/// A function of seed and epoch alone, so a resumed training goes on with the same plan.
package struct EpochPlan: Sendable {
  /// One place in the plan.
  package enum Item: Equatable, Sendable {
    /// A clip of the store, by index.
    case clip(Int)
    /// The beginning of a clip and the end of another, at least one of them unknown, by index.
    case splice(Int, Int)
    /// A new clip of the silence class.
    case silence
  }

  package var items: [Item]

  package init(items: [Item]) {
    self.items = items
  }

  /// Items in batches, the last one perhaps smaller.
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
    // As many as there are, but rare words more often and frequent ones less.
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
        // Words that begin as a keyword does, and words that end so, are both unknown.
        return generator.uniform() < 0.5 ? .splice(index, other) : .splice(other, index)
      } : drawn.map(Item.clip)
    // Folders named `_silence_` and drawn noise are one class; folders alone are enough.
    items += clips.silenceIndices.map(Item.clip)
    let silence = Int((Double(known.count) * recipe.silenceShare).rounded())
    items += Array(repeating: .silence, count: max(0, silence - clips.silenceIndices.count))
    generator.shuffle(&items)
  }
}

/// The training clips by class, as an epoch draws them.
package struct TrainingClips: Sendable {
  /// Indices of the clips of each keyword, words in sorted order.
  let keywords: [[Int]]
  /// Indices of clips from a `_silence_` folder.
  private(set) var silenceIndices: [Int] = []
  /// Indices of unknown clips by the word spoken, words in sorted order.
  let unknown: [[Int]]
  /// The word spoken in each clip.
  private let words: [String]
  /// Who speaks in each clip.
  private let speakers: [String]

  /// - Parameter clips: label, spoken word and speaker of each clip.
  init(_ clips: [(label: String, word: String, speaker: String)]) {
    words = clips.map(\.word)
    speakers = clips.map(\.speaker)
    var known: [String: [Int]] = [:]
    var unknown: [String: [Int]] = [:]
    for (index, clip) in clips.enumerated() {
      switch clip.label {
      case ClassLabel.unknown: unknown[clip.word, default: []].append(index)
      case ClassLabel.silence: silenceIndices.append(index)
      default: known[clip.label, default: []].append(index)
      }
    }
    keywords = known.sorted { $0.key < $1.key }.map(\.value)
    self.unknown = unknown.sorted { $0.key < $1.key }.map(\.value)
  }

  /// How many clips of keywords there are.
  var keywordCount: Int { keywords.reduce(0) { $0 + $1.count } }

  /// Draws a clip of another word than that of the unknown clip `index`.
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

  /// Draws clips so that a word with many clips does not crowd out the others.
  ///
  /// A word's share follows the square root of its number of clips.
  ///
  /// - Parameters:
  ///   - count: How many to draw.
  ///   - words: The clips of each word, by index.
  ///   - takesTurns: Whether a speaker with many clips of a word does not crowd out the others
  ///     either: everybody's first clip then comes before anybody's second.
  ///   - generator: Decides the order.
  /// - Returns: Indices, word by word; with equally many clips of each word, as many as there are
  ///   draw every clip once.
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
      // Whole rounds of the word's clips, then a part of one more round.
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

  /// `indices` of one word so that speakers take turns, each in the order given.
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
