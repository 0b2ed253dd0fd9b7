import Testing

@testable import Basics
@testable import Evaluation
@testable import Recognition

/// When a keyword in a stream makes an event, and what is told of it.
@Suite struct EventDetectorTests {
  private let labels = ["a", "b", "_unknown_"]

  /// Windows of a second, a quarter of a second apart, with the posteriors of a and b.
  private func windows(_ posteriors: [(Float, Float)]) -> [Classification.Window] {
    posteriors.enumerated().map { index, pair in
      let start = Double(index) * 0.25
      return .init(
        start: start, end: start + 1, probabilities: [pair.0, pair.1, 1 - pair.0 - pair.1])
    }
  }

  private func findings(
    _ posteriors: [(Float, Float)], _ rule: ListeningRule, near: Float? = nil
  ) -> [Finding] {
    var detector = EventDetector(rule, Decision(), labels: labels, near: near)
    let found = windows(posteriors).flatMap { detector.push($0.probabilities, $0.start...$0.end) }
    return found + detector.finish()
  }

  private func events(_ posteriors: [(Float, Float)], _ rule: ListeningRule) -> [Event] {
    findings(posteriors, rule).compactMap(\.event)
  }

  /// Fires at 0.7, with a short refractory time, whatever other classes do.
  private var quick: ListeningRule {
    var rule = ListeningRule()
    rule.mustBeLikeliest = false
    rule.conditions.threshold = 0.7
    rule.conditions.refractorySeconds = 0.25
    return rule
  }

  @Test func anEventComesWithTheWindowThatFires() {
    var rule = quick
    let rise: [(Float, Float)] = [(0.1, 0), (0.72, 0), (0.9, 0), (0.8, 0), (0.1, 0), (0, 0)]
    #expect(
      events(rise, rule) == [
        Event(label: "a", probability: 0.72, seconds: 0.25...1.25, decided: 1.25, windowCount: 1)
      ])
    rule.conditions.leastWindows = 2
    #expect(
      events(rise, rule) == [
        Event(label: "a", probability: 0.9, seconds: 0.25...1.5, decided: 1.5, windowCount: 2)
      ])
    rule.conditions.leastWindows = 4
    #expect(events(rise, rule).isEmpty)
  }

  /// In a row: windows in between that stay below begin the count anew.
  @Test func theLeastCountIsOfWindowsInARow() {
    var rule = quick
    rule.conditions.leastWindows = 2
    #expect(events([(0.9, 0), (0.1, 0), (0.9, 0), (0.1, 0)], rule).isEmpty)
  }

  @Test func posteriorsAreAveraged() {
    var rule = quick
    rule.smoothing = 3
    // Means of what there is: 0.4, 0.6, 0.7, 0.9, 0.7.
    let found = events([(0.4, 0), (0.8, 0), (0.9, 0), (1, 0), (0.2, 0)], rule)
    #expect(found.map(\.decided) == [1.5])
    #expect(abs(found[0].probability - 0.7) < 1e-6)
    #expect(rule.averaged([0.4, 0.8]) == [0.4, (0.4 + 0.8) / 2])
  }

  /// The same word twice is two events, where it was released in between and the pause is longer than
  /// the refractory time.
  @Test func theSameWordTwiceFiresTwice() {
    let twice: [(Float, Float)] = [(0.9, 0), (0.9, 0), (0.3, 0), (0.3, 0), (0.9, 0), (0.1, 0)]
    #expect(events(twice, quick).map(\.decided) == [1, 2])
    var slow = quick
    slow.conditions.refractorySeconds = 0.75
    #expect(events(twice, slow).map(\.decided) == [1])
    // Above the threshold to release it is one word.
    var held = quick
    held.conditions.releaseShare = 0.4
    #expect(events(twice, held).map(\.decided) == [1])
    held.conditions.releaseShare = 0.5
    #expect(events(twice, held).map(\.decided) == [1, 2])
  }

  /// What comes within the refractory time prolongs it.
  @Test func theRefractoryTimeBeginsAnew() {
    var rule = quick
    rule.conditions.refractorySeconds = 0.5
    let often: [(Float, Float)] = [(0.9, 0), (0, 0), (0.9, 0), (0, 0), (0.9, 0), (0, 0), (0, 0)]
    #expect(events(often + [(0.9, 0)], rule).map(\.decided) == [1, 2.75])
  }

  /// Another keyword follows where its windows begin half a window after the last one of the first, not
  /// sooner; the first itself only after its refractory time.
  @Test func anotherKeywordFollowsSooner() {
    var rule = quick
    rule.conditions.refractorySeconds = 1.5
    let other: [(Float, Float)] = [(0.9, 0), (0, 0), (0, 0.9), (0, 0.9), (0, 0), (0.9, 0), (0, 0)]
    #expect(events(other, rule).map(\.label) == ["a", "b"])
    #expect(events(other, rule).map(\.decided) == [1, 1.5])
    #expect(events(other + [(0.9, 0)], rule).map(\.decided) == [1, 1.5, 2.75])
    // One sound that is taken for two words is one event.
    #expect(events([(0.9, 0), (0, 0.9), (0, 0.9), (0, 0.9), (0, 0)], rule).map(\.label) == ["a"])
    // Not while the first is held.
    rule.conditions.releaseShare = 0.5
    let held: [(Float, Float)] = [(0.9, 0), (0.4, 0), (0.4, 0.8), (0.4, 0.8), (0.4, 0), (0, 0)]
    #expect(events(held, rule).map(\.label) == ["a"])
    // Nor before it is decided.
    rule.settleSeconds = nil
    #expect(events(Array(other[..<5]), rule).map(\.label) == ["a"])
  }

  /// A keyword that was told of and rests neither ends the event of another nor takes it over.
  @Test func aKeywordThatRestsChangesNothing() {
    var rule = quick
    rule.conditions.refractorySeconds = 1
    rule.keywords["b"] = rule.conditions
    rule.keywords["b"]!.refractorySeconds = 5
    let flicker: [(Float, Float)] =
      [(0, 0.9), (0, 0), (0, 0), (0.9, 0), (0, 0), (0, 0.9)] + Array(repeating: (0.9, 0), count: 6)
    #expect(events(flicker, rule).map(\.label) == ["b", "a"])
    rule.settleSeconds = 0.5
    #expect(
      events([(0, 0.9), (0, 0), (0, 0), (0.8, 0), (0, 0.9), (0, 0)], rule).map(\.label) == [
        "b", "a",
      ])
  }

  /// A keyword whose event another one took over before it was decided was not told of: it may fire.
  @Test func onlyTheKeywordThatIsToldOfRests() {
    var rule = quick
    rule.keywords["a"] = rule.conditions
    rule.keywords["a"]!.refractorySeconds = 3
    rule.settleSeconds = 0.25
    let taken: [(Float, Float)] = [(0.75, 0), (0, 0.9), (0, 0), (0, 0), (0, 0), (0.9, 0), (0, 0)]
    #expect(events(taken, rule).map(\.label) == ["b", "a"])
  }

  /// Half a window is half a window hours later too, where differences of times round differently.
  @Test func anotherKeywordFollowsAtAnyHour() {
    var rule = quick
    rule.conditions.refractorySeconds = 1.05
    let two: [(Float, Float)] = [(0.9, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0.9), (0, 0)]
    for first in [0, 1, 2, 3, 7, 36_000, 864_000] {
      var detector = EventDetector(rule, Decision(), labels: labels)
      let found = two.enumerated().flatMap { index, pair in
        let start = Double(first + index) / 10
        return detector.push([pair.0, pair.1, 1 - pair.0 - pair.1], start...start + 1)
      }
      #expect(found.compactMap(\.event?.label) == ["a", "b"], "from \(first)")
    }
  }

  @Test func conditionsOfAKeywordStandFirst() {
    var rule = quick
    rule.keywords["b"] = rule.conditions
    rule.keywords["b"]!.threshold = 0.5
    #expect(events([(0.6, 0), (0, 0.6)], rule).map(\.label) == ["b"])
    rule.keywords["b"]!.threshold = nil
    var decision = Decision()
    decision.thresholds["b"] = 0.65
    #expect(rule.threshold(of: "b", decision) == 0.65)
    #expect(rule.threshold(of: "a", decision) == 0.7)
  }

  /// Of two that fire at once the likelier one; that a class is likelier than both matters only where
  /// the rule says so.
  @Test func theLikelierKeywordFires() {
    var rule = quick
    rule.conditions.threshold = 0.3
    #expect(events([(0.35, 0.45)], rule).map(\.label) == ["b"])
    #expect(events([(0.35, 0.1)], rule).map(\.label) == ["a"])
    rule.mustBeLikeliest = true
    #expect(events([(0.35, 0.1)], rule).isEmpty)
  }

  /// A decision that waits takes the likelier keyword, and comes as soon as its keyword is released.
  @Test func theDecisionMayWaitForALikelierKeyword() {
    var rule = quick
    rule.conditions.refractorySeconds = 1
    rule.settleSeconds = 0.5
    let waver: [(Float, Float)] = [(0.75, 0), (0, 0.95), (0, 0.9), (0, 0.9), (0, 0), (0, 0)]
    #expect(
      events(waver, rule) == [
        Event(label: "b", probability: 0.95, seconds: 0...1.5, decided: 1.5, windowCount: 3)
      ])
    #expect(events([(0.75, 0), (0, 0), (0, 0), (0, 0)], rule).map(\.decided) == [1.25])
    // The stream ends before.
    #expect(events([(0.75, 0)], rule).map(\.decided) == [1])
    rule.settleSeconds = 0
    #expect(events(waver, rule).map(\.label) == ["a"])
    rule.settleSeconds = nil
    // Over a second and a window after the last that belongs to it.
    let over = events(waver + [(0, 0), (0, 0), (0, 0)], rule)
    #expect(over.map(\.label) == ["b"] && over.map(\.decided) == [3])
    #expect(over[0].seconds == 0...1.75 && over[0].windowCount == 4)
  }

  @Test func nearMissesSayWhy() {
    var rule = quick
    rule.conditions.leastWindows = 2
    func misses(_ posteriors: [(Float, Float)]) -> [NearMiss] {
      findings(posteriors, rule, near: 0.4).compactMap {
        if case .nearMiss(let miss) = $0 { miss } else { nil }
      }
    }
    #expect(
      misses([(0.5, 0), (0.6, 0), (0, 0)]) == [
        NearMiss(
          label: "a", probability: 0.6, seconds: 0...1.25, decided: 1.5, windowCount: 0,
          reason: .belowThreshold, threshold: 0.7)
      ])
    #expect(misses([(0.9, 0), (0.5, 0), (0, 0)]).map(\.reason) == [.tooFewWindows])
    #expect(misses([(0.9, 0), (0.9, 0), (0.5, 0), (0, 0)]).isEmpty)
    rule.conditions.refractorySeconds = 1
    // The other keyword rises while the event of the first is fresh.
    let waver = misses([(0.9, 0), (0.9, 0), (0, 0.9), (0, 0.9), (0, 0)])
    #expect(waver.map(\.reason) == [.refractory] && waver.map(\.label) == ["b"])
    // The stream ends while it is near.
    #expect(misses([(0, 0.5)]).map(\.label) == ["b"])
    rule.mustBeLikeliest = true
    rule.conditions.threshold = 0.41
    #expect(misses([(0.42, 0.05), (0.42, 0.05)]).map(\.reason) == [.notLikeliest])
    #expect(misses([(0.3, 0.05), (0.3, 0.05)]).isEmpty)
  }

  /// The same word again within the refractory time is told, though it makes no event.
  @Test func aWordInTheRefractoryTimeIsANearMiss() {
    var rule = quick
    rule.conditions.refractorySeconds = 1
    let found = findings([(0.9, 0), (0, 0), (0.8, 0), (0, 0)], rule, near: 0.5)
    #expect(found.compactMap(\.event).count == 1 && found.count == 2)
    guard case .nearMiss(let miss) = found[1] else {
      Issue.record("\(found)")
      return
    }
    #expect(miss.reason == .refractory && miss.seconds == 0.5...1.5)
  }

  /// Near misses change no event.
  @Test func lookingForNearMissesChangesNothing() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let (posteriors, rule) = Self.draw(&generator)
      #expect(
        findings(posteriors, rule, near: 0.3).compactMap(\.event) == events(posteriors, rule))
    }
  }

  /// The count for one keyword alone is what the detector finds.
  @Test func aCountIsThatOfTheEvents() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<200 {
      var (posteriors, rule) = Self.draw(&generator)
      rule.mustBeLikeliest = false
      rule.keywords = [:]
      let alone = posteriors.map { ($0.0, Float(0)) }
      let starts = windows(alone).map(\.start)
      for threshold in [0.2, 0.5, 0.8] as [Float] {
        rule.conditions.threshold = threshold
        #expect(
          EventDetector.count(
            rule.averaged(alone.map(\.0)), starts: starts, threshold, rule.conditions)
            == events(alone, rule).count)
      }
    }
  }

  /// Posteriors that come and go, and a rule.
  static func draw(
    _ generator: inout SeededGenerator
  ) -> ([(Float, Float)], ListeningRule) {
    var rule = ListeningRule()
    rule.smoothing = Int.random(in: 1...4, using: &generator)
    rule.mustBeLikeliest = Bool.random(using: &generator)
    rule.settleSeconds = [0, 0.25, 0.6, nil].randomElement(using: &generator)!
    func conditions(_ generator: inout SeededGenerator) -> ListeningRule.Conditions {
      var conditions = ListeningRule.Conditions()
      conditions.threshold = Float.random(in: 0.2...0.9, using: &generator)
      conditions.releaseShare = Float.random(in: 0...1, using: &generator)
      conditions.leastWindows = Int.random(in: 1...3, using: &generator)
      conditions.refractorySeconds = Double.random(in: 0...1.5, using: &generator)
      return conditions
    }
    rule.conditions = conditions(&generator)
    rule.keywords["b"] = conditions(&generator)
    var level: (Float, Float) = (0, 0)
    let posteriors = (0..<80).map { _ -> (Float, Float) in
      if Double.random(in: 0..<1, using: &generator) < 0.4 {
        let sum = Float.random(in: 0...1, using: &generator)
        let share = Float.random(in: 0...1, using: &generator)
        level = (sum * share, sum * (1 - share))
      }
      return level
    }
    return (posteriors, rule)
  }
}
