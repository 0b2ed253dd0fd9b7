import Testing

@testable import Basics
@testable import Recognition
@testable import Training

@Suite struct EpochPlanTests {
  /// 100 keyword clips, four words of unknown with 1, 4, 25 and 100 clips, 3 clips of silence.
  private let clips: TrainingClips = {
    var clips = Array(repeating: (label: "yes", word: "yes", speaker: "s"), count: 100)
    for (word, count) in [("a", 1), ("b", 4), ("c", 25), ("d", 100)] {
      clips += Array(repeating: (ClassLabel.unknown, word, "s"), count: count)
    }
    clips += Array(repeating: (ClassLabel.silence, "_silence_", "s"), count: 3)
    return TrainingClips(clips)
  }()

  private func plan(seed: UInt64, unknown: Double = 0.5, silence: Double = 0.1) -> [EpochPlan.Item]
  {
    var options = TrainingOptions(threads: 1)
    (options.unknownShare, options.silenceShare) = (unknown, silence)
    options.spliceShare = 0
    let recipe = TrainingRecipe(
      options,
      for: TrainingDataSize(
        keywordClips: 100, hasUnknown: true, usualSeconds: 1, sampleRate: 8_000))
    var generator = SeededGenerator(seed: seed)
    return EpochPlan(clips, recipe: recipe, using: &generator).items
  }

  private func clipIndices(_ items: [EpochPlan.Item]) -> [Int] {
    items.compactMap { if case .clip(let index) = $0 { index } else { nil } }
  }

  @Test func everyKeywordClipIsUsedOnce() {
    #expect(clipIndices(plan(seed: 1)).filter { $0 < 100 }.sorted() == Array(0..<100))
  }

  /// Shares follow the square roots 1, 2, 5 and 10: of 54 draws 3, 6, 15 and 30.
  @Test func manyClipsOfOneWordDoNotCrowdOutTheOthers() {
    var generator = SeededGenerator(seed: 3)
    let drawn = clips.draw(54, from: clips.unknown, inTurns: false, using: &generator)
    let counts = [100..<101, 101..<105, 105..<130, 130..<230].map { range in
      drawn.count(where: range.contains)
    }
    #expect(counts == [3, 6, 15, 30])
    // Six draws from four clips: each at least once, none more than twice.
    let b = drawn.filter { (101..<105).contains($0) }
    #expect(Set(b).count == 4 && (101..<105).allSatisfy { i in b.count { $0 == i } <= 2 })
    #expect(Set(drawn.filter { $0 >= 130 }).count == 30)
  }

  @Test func sharesOfUnknownAndSilenceAreKept() {
    let items = plan(seed: 1)
    #expect(clipIndices(items).count { (100..<230).contains($0) } == 50)
    #expect(items.count { $0 == .silence } == 7 && clipIndices(items).count { $0 >= 230 } == 3)
    #expect(plan(seed: 1, unknown: 0, silence: 0).count == 103)
    #expect(plan(seed: 1, unknown: 3, silence: 0).count == 403)
  }

  /// Of 100 keyword clips some 50 stand in running speech, with a deviation of 5; for each two of these
  /// there is one half.
  @Test func wordsStandInRunningSpeech() {
    func items(_ wordShare: Double, windows: [Int: Int] = [100: 1_000]) -> [EpochPlan.Item] {
      var options = TrainingOptions(threads: 1)
      (options.unknownShare, options.silenceShare) = (0, 0)
      options.negatives = NegativeOptions(["talk"], share: 0.3, wordShare: wordShare)
      let recipe = TrainingRecipe(
        options,
        for: TrainingDataSize(
          keywordClips: 100, hasUnknown: true, usualSeconds: 1, sampleRate: 8_000))
      var words = Array(repeating: (label: "yes", word: "yes", speaker: "s"), count: 100)
      if !windows.isEmpty { words.append((ClassLabel.unknown, ClassLabel.unknown, "t")) }
      var generator = SeededGenerator(seed: 5)
      return EpochPlan(
        TrainingClips(words, windows: windows),
        recipe: recipe, using: &generator
      ).items
    }
    var (alone, inSpeech, halves, firsts, windows) = (Set<Int>(), Set<Int>(), 0, 0, 0)
    for item in items(0.5) {
      switch item {
      case .clip(let index): alone.insert(index)
      case .inSpeech(let index, let window):
        inSpeech.insert(index)
        #expect(window.index == 100 && (0..<1_000).contains(window.place))
        #expect(item.label { _ in "yes" } == "yes")
      case .half(_, let isFirst, _):
        halves += 1
        if isFirst { firsts += 1 }
        #expect(item.label { _ in "yes" } == ClassLabel.unknown)
      case .window: windows += 1
      case .splice, .silence: Issue.record("\(item)")
      }
    }
    #expect(alone.isDisjoint(with: inSpeech) && alone.union(inSpeech) == Set(0..<100))
    #expect((30...70).contains(inSpeech.count) && (10...40).contains(halves) && windows == 30)
    #expect((1..<halves).contains(firsts))
    #expect(items(0).count == 130)
    // Without recordings there is nothing to put them into.
    #expect(
      items(0.5, windows: [:]).count(where: { if case .clip = $0 { false } else { true } }) == 0)
  }

  /// Half of 200 unknown clips, with a deviation of 7; each begins or ends as a clip of another word.
  @Test func splicesJoinTwoWords() {
    var options = TrainingOptions(threads: 1)
    (options.unknownShare, options.spliceShare) = (2, 0.5)
    let recipe = TrainingRecipe(
      options,
      for: TrainingDataSize(
        keywordClips: 100, hasUnknown: true, usualSeconds: 1, sampleRate: 8_000))
    var generator = SeededGenerator(seed: 5)
    let items = EpochPlan(clips, recipe: recipe, using: &generator).items
    let words: [Range<Int>] = [0..<100, 100..<101, 101..<105, 105..<130, 130..<230]
    let pairs = items.compactMap { item -> (Int, Int)? in
      guard case .splice(let first, let second) = item else { return nil }
      return (
        words.firstIndex { $0.contains(first) } ?? 9, words.firstIndex { $0.contains(second) } ?? 9
      )
    }
    #expect((70...130).contains(pairs.count))
    // Never a word with itself, and so never two keywords; never silence.
    #expect(pairs.allSatisfy { $0.0 != $0.1 && max($0.0, $0.1) < 5 })
    #expect(pairs.contains { $0.0 == 0 } && pairs.contains { $0.1 == 0 })
  }

  /// Shares follow the square roots 10 and 20 of 100 and 400 clips: of 500 draws 167 and 333.
  @Test func rareKeywordsComeMoreOften() {
    let clips = TrainingClips(
      Array(repeating: (label: "no", word: "no", speaker: "s"), count: 100)
        + Array(repeating: (label: "yes", word: "yes", speaker: "s"), count: 400))
    var options = TrainingOptions(threads: 1)
    options.silenceShare = 0
    let recipe = TrainingRecipe(
      options,
      for: TrainingDataSize(
        keywordClips: 500, hasUnknown: false, usualSeconds: 1, sampleRate: 8_000))
    var generator = SeededGenerator(seed: 2)
    let indices = clipIndices(EpochPlan(clips, recipe: recipe, using: &generator).items)
    #expect(indices.count == 500 && indices.count { $0 < 100 } == 167)
    #expect(Set(indices.filter { $0 < 100 }).count == 100, "each at least once")
  }

  /// Clips 0..<30 of one speaker, 30, 31 and 32 of three others: four draws hear all four.
  @Test func speakersTakeTurns() {
    let clips = TrainingClips(
      Array(repeating: (label: "yes", word: "yes", speaker: "loud"), count: 30)
        + ["a", "b", "c"].map { (label: "yes", word: "yes", speaker: $0) })
    for seed in 0..<20 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let drawn = clips.draw(4, from: clips.keywords, inTurns: true, using: &generator)
      #expect(Set(drawn).isSuperset(of: 30..<33) && drawn.count { $0 < 30 } == 1)
      let all = clips.draw(33, from: clips.keywords, inTurns: true, using: &generator)
      #expect(all.sorted() == Array(0..<33))
    }
  }

  /// Of 160 items 100 are of words: were they drawn class by class, they would be the first 100.
  @Test func theClassesAreMixed() {
    let words = plan(seed: 1).prefix(100).count { item in
      if case .clip(let index) = item { index < 100 } else { false }
    }
    // Hypergeometric: 62.5 with a deviation of 3.0.
    #expect((48...77).contains(words))
  }

  @Test func theSeedDecidesTheOrder() {
    #expect(plan(seed: 1) == plan(seed: 1))
    #expect(plan(seed: 1) != plan(seed: 2))
  }

  @Test func batchesCoverThePlan() {
    var options = TrainingOptions(threads: 1)
    options.silenceShare = 0
    let recipe = TrainingRecipe(
      options,
      for: TrainingDataSize(keywordClips: 10, hasUnknown: false, usualSeconds: 1, sampleRate: 8_000)
    )
    var generator = SeededGenerator(seed: 0)
    let plan = EpochPlan(
      TrainingClips((0..<10).map { _ in ("yes", "yes", "s") }), recipe: recipe, using: &generator)
    #expect((0..<4).map { plan.batch($0, size: 3).count } == [3, 3, 3, 1])
    #expect((0..<4).flatMap { plan.batch($0, size: 3) } == plan.items)
  }
}
