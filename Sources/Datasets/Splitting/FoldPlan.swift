import Recognition

/// Assigns each clip to the fold that tests it, so that the training clips of every fold have every
/// class.
///
/// All clips of a speaker are in one fold. A class with only one speaker is divided by file,
/// because a model without these clips would not have the class.
package struct FoldPlan: Equatable, Sendable {
  /// A clip as the plan needs it.
  package struct Clip: Sendable {
    package var label: String
    /// The speaker; nil if not known.
    package var speaker: String?
    /// The file's name, used if the speaker is not known.
    package var file: String

    package init(label: String, speaker: String?, file: String) {
      (self.label, self.speaker, self.file) = (label, speaker, file)
    }

    fileprivate var key: String { speaker ?? file }
    fileprivate var isOfWord: Bool { ClassLabel.isKeyword(label) }
  }

  /// The fold that tests each clip, from 1; 0 for a clip that always trains, the only one of its
  /// class.
  package private(set) var folds: [Int]
  /// The number of folds.
  package let count: Int
  /// The classes that are divided by file, sorted.
  package let dividedByFile: [String]

  /// Deals the clips out, in `count` folds or in as many more as every class needs.
  ///
  /// The speaker with most clips of words goes first, always to the fold with fewest, so that folds
  /// are as even as speakers allow; equal counts go by name. Speakers without a word are dealt out
  /// after them, class by class. Nil where nothing can be tested without taking the last clip of a
  /// class.
  ///
  /// - Parameters:
  ///   - clips: In the order that `folds` keeps.
  ///   - count: Folds wanted, 2 or more; fewer where there are not so many speakers.
  package init?(_ clips: [Clip], count: Int) {
    let deal = Deal(clips)
    let most = deal.mostFolds
    guard most >= 2 else { return nil }
    for count in min(max(2, count), most)...most {
      guard let folds = deal.folds(count) else { continue }
      (self.folds, self.count, dividedByFile) = (folds, count, deal.dividedByFile)
      return
    }
    return nil
  }
}

extension Dataset {
  /// The clips dealt out to so many folds, in their order; nil where that cannot be.
  package func folds(_ count: Int) -> FoldPlan? {
    FoldPlan(
      recordings.map { clip in
        FoldPlan.Clip(label: clip.label, speaker: clip.speaker, file: clip.fileName)
      }, count: count)
  }
}

/// The clips by class and speaker, ready to be dealt out.
private struct Deal {
  let clips: [FoldPlan.Clip]
  let dividedByFile: [String]
  /// Places of the clips of each class that speakers divide, and of each other class.
  private var whole: [Int] = []
  private var single: [String: [Int]] = [:]

  init(_ clips: [FoldPlan.Clip]) {
    self.clips = clips
    let keys = clips.reduce(into: [String: Set<String>]()) { keys, clip in
      keys[clip.label, default: []].insert(clip.key)
    }
    for (index, clip) in clips.enumerated() {
      if keys[clip.label]!.count > 1 {
        whole.append(index)
      } else {
        single[clip.label, default: []].append(index)
      }
    }
    dividedByFile = single.keys.sorted()
  }

  /// As many folds as there are speakers of words; where one speaker has them all, as many as the
  /// class with most files has.
  var mostFolds: Int {
    let keys = Set(whole.lazy.filter { clips[$0].isOfWord }.map { clips[$0].key })
    return keys.isEmpty ? single.values.map(\.count).max() ?? 0 : keys.count
  }

  /// The fold of each clip; nil where a class would have nothing to train on in one of them.
  func folds(_ count: Int) -> [Int]? {
    var folds = [Int](repeating: 0, count: clips.count)
    var known = deal(whole.filter { clips[$0].isOfWord }, among: [Int](repeating: 0, count: count))
    for label in Set(whole.map { clips[$0].label }).sorted() {
      let places = whole.filter { clips[$0].label == label }
      var filled = [Int](repeating: 0, count: count)
      for index in places { if let fold = known[clips[index].key] { filled[fold - 1] += 1 } }
      known.merge(deal(places.filter { known[clips[$0].key] == nil }, among: filled)) { old, _ in
        old
      }
    }
    for index in whole { folds[index] = known[clips[index].key]! }
    for places in single.values where places.count > 1 {
      let order = places.sorted { clips[$0].file < clips[$1].file }
      for (place, index) in order.enumerated() { folds[index] = place % count + 1 }
    }
    var found: [String: Set<Int>] = [:]
    for index in whole { found[clips[index].label, default: []].insert(folds[index]) }
    return found.values.allSatisfy { $0.count > 1 } ? folds : nil
  }

  /// The fold of each speaker of these clips, where folds have some clips already.
  private func deal(_ places: [Int], among filled: [Int]) -> [String: Int] {
    let sizes = places.reduce(into: [String: Int]()) { $0[clips[$1].key, default: 0] += 1 }
    let order = sizes.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    var filled = filled
    return order.reduce(into: [:]) { folds, entry in
      let smallest = filled.indices.min { filled[$0] < filled[$1] }!
      filled[smallest] += entry.value
      folds[entry.key] = smallest + 1
    }
  }
}
