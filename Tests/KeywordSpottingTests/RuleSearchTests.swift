import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Sound

/// The search for a rule finds what listening finds.
@Suite struct RuleSearchTests {
  /// A threshold that was chosen at other shares would fire at another level than was measured.
  @Test func recordingsAreScoredAtTheSharesOfTheRule() throws {
    var model = ModelFixture.model()
    model.decision.prior = ClassPrior(
      trained: ["no": 0.1, "yes": 0.15, "_unknown_": 0.55, "_silence_": 0.2], target: .equal)
    model.rule.prior = .trained
    let folder = TemporaryFolder()
    let samples = ToneDataset.tone(700, seconds: 3, seed: 3)
    TemporaryFolder.write(
      ToneDataset.wav(samples, sampleRate: 8_000), to: folder["talk.wav"])
    folder.write("labels.csv", text: "path,start,end,label\ntalk.wav,0.5,1.0,no\n")
    let plan = try EventPlan([], EventLabels([folder["labels.csv"]]), keywords: ["no", "yes"])
    let classifier = Classifier(model, threads: 1)
    let found = EventEvaluation(classifier, plan).scored(step: 0.25) { _ in }
    let scores = try #require(found.first).get().scores
    let read = try AudioDecoder().decode(
      bytes: ToneDataset.wav(samples, sampleRate: 8_000), name: "talk")
    let session = Recogniser(model).session(stepSeconds: 0.25)
    let windows = try session.push(read.samples) + session.finish()
    #expect(windows.count == scores.count && scores.count > 5)
    var detector = EventDetector(model.rule, model.decision, labels: model.labels)
    for (index, window) in windows.enumerated() {
      _ = detector.push(window.posteriors, Double(index)...Double(index + 1))
      #expect(scores[index] == Array(detector.averaged[..<2]))
      #expect(scores[index] != Array(window.posteriors[..<2]))
    }
  }

  private static let keywords = ["a", "b"]

  /// Scores that rise and fall, in windows of a second every tenth of one.
  private func recording(_ seed: UInt64, half: Int = 0) -> ScoredRecording {
    var generator = SeededGenerator(seed: seed)
    var labels = RecordingLabels()
    var scores: [[Float]] = []
    var level: [Float] = [0, 0]
    for window in 0..<200 {
      if generator.uniform() < 0.15 {
        level = [Float(generator.uniform()), Float(generator.uniform())]
        if generator.uniform() < 0.3 {
          let start = Double(window) / 10 + 0.5
          labels.words.append(
            LabelledWord(
              label: Self.keywords[generator.integer(below: 2)], seconds: start...start + 0.4))
        }
      }
      scores.append(level)
    }
    // The last window ends with the recording, off the grid.
    let ranges = (0..<199).map { $0 * 10..<$0 * 10 + 100 } + [1_985..<2_085]
    return ScoredRecording(
      half: half, hours: 2_085 / 100 / 3_600,
      truth: RecordingTruth(labels, keywords: Self.keywords), ranges: ranges, scores: scores,
      contentHash: seed)
  }

  private func search(
    _ recordings: [ScoredRecording], _ target: ThresholdChoice.Target = .falseRejects(0.1)
  ) -> RuleSearch {
    RuleSearch(
      recordings: recordings, keywords: Self.keywords, prior: nil, target: target, tolerance: 0.5,
      hop: 10,
      rate: 100, longestStep: 100, threads: 1)
  }

  /// Windows that are left out change nothing: every one of them goes through the detector here.
  @Test func aRuleFindsWhatTheDetectorFinds() {
    var generator = SeededGenerator(seed: 1)
    for seed in 0..<40 as Range<UInt64> {
      let recording = recording(seed)
      let search = search([recording])
      var shape = search.firstShapes[generator.integer(below: search.firstShapes.count)]
      let second = search.secondShapes(shape)
      shape = second[generator.integer(below: second.count)]
      let rule = shape.rule.sweeping(Float(generator.uniform(0.1, 0.95)))
      var detector = EventDetector(rule, Decision(), labels: Self.keywords)
      var matcher = EventMatcher(recording.truth, tolerance: 0.5)
      var expected = RuleCounts(keywords: 2)
      var events: [Event] = []
      for place in recording.places(every: shape.multiple, hop: 10) {
        let range = recording.ranges[place]
        events += detector.push(
          recording.scores[place], Double(range.lowerBound) / 100...Double(range.upperBound) / 100
        ).compactMap(\.event)
      }
      events += detector.finish().compactMap(\.event)
      for event in events {
        let index = Self.keywords.firstIndex(of: event.label)!
        switch matcher.take(event) {
        case .hit, .mention: expected.found[0][index] += 1
        case .falseAlarm: expected.falseAlarms[0][index] += 1
        case .wrongWord: break
        }
      }
      #expect(search.counts(shape, rule) == expected, "\(seed): \(shape)")
    }
  }

  /// The windows at a multiple of a step are those of a session at that step.
  @Test func windowsAtAMultipleAreThoseOfASession() throws {
    let model = ModelFixture.model()
    let recogniser = Recogniser(model)
    let samples = (0..<27_437).map { Float($0 % 17) / 17 }
    func windows(_ step: Double) throws -> [Session.Window] {
      let session = recogniser.session(stepSeconds: step)
      return try session.push(samples) + session.finish()
    }
    let fine = try windows(0.05)
    let hop = model.window.hop(sampleRate: 8_000, frameHop: model.frontEnd.hopLength)
    #expect(hop == 2_000)
    for multiple in [1, 2, 3] {
      let recording = ScoredRecording(
        half: 0, hours: 1, truth: RecordingTruth(), ranges: fine.map(\.range),
        scores: fine.map(\.posteriors), contentHash: 0)
      let places = recording.places(every: multiple, hop: 400)
      #expect(try places.map { fine[$0] } == windows(0.05 * Double(multiple)), "\(multiple)")
    }
  }

  @Test func thresholdsLieInTheMiddleOfWhatGivesTheSame() {
    // By level: found of 10, and alarms in an hour.
    let found = [10, 10, 9, 9, 9, 9, 4, 0]
    let alarms = [9, 5, 2, 1, 0, 0, 0, 0]
    func level(_ target: ThresholdChoice.Target) -> Int? {
      RuleSearch.level(found, alarms, said: 10, hours: 1, target)
    }
    #expect(level(.falseAlarmsPerHour(0.5)) == 5)
    #expect(level(.falseAlarmsPerHour(2)) == 4)
    #expect(level(.falseRejects(0.1)) == 4)
    #expect(level(.falseRejects(0)) == 1)
    #expect(RuleSearch.level([5], [1], said: 5, hours: 1, .falseAlarmsPerHour(0.5)) == nil)
    #expect(RuleSearch.level([5], [1], said: 6, hours: 1, .falseRejects(0.1)) == nil)
  }

  /// A few alarms or misses beyond the target are chance: they do not make up for many more of the other.
  @Test func onlyWhatMissesTheTargetForCertainComesLast() {
    func isBetter(
      _ left: (found: Int, alarms: Int), _ right: (found: Int, alarms: Int),
      _ target: ThresholdChoice.Target
    ) -> Bool {
      let results = [left, right].map {
        RuleChoice.Result(found: $0.found, falseAlarms: $0.alarms, said: 600, hours: 1)
      }
      return RuleChoice.isBetter(results[0], than: results[1], target, hours: 1)
    }
    for (target, near, met, far) in [
      (ThresholdChoice.Target.falseAlarmsPerHour(10), (540, 13), (400, 9), (590, 40)),
      (.falseRejects(0.1), (530, 5), (545, 50), (400, 0)),
    ] {
      #expect(isBetter(near, met, target) && !isBetter(met, near, target))
      #expect(isBetter(met, far, target) && !isBetter(far, met, target))
      #expect(isBetter(near, far, target) && !isBetter(far, near, target))
    }
    #expect(isBetter((540, 9), (530, 9), .falseAlarmsPerHour(10)))
    #expect(isBetter((590, 40), (590, 41), .falseAlarmsPerHour(10)))
  }

  /// One half chooses, the other judges: what only one half would choose does not flatter.
  @Test func theOtherHalfJudges() throws {
    let recordings = (0..<12 as Range<UInt64>).map { recording($0 + 100, half: Int($0 % 2)) }
    let search = search(recordings, .falseAlarmsPerHour(60))
    let choice = RuleChoice(search, for: ModelFixture.model(labels: Self.keywords))
    let said = search.said(.all).reduce(0, +)
    #expect(choice.crossed.missed.n == said && choice.chosen.missed.n == said)
    #expect(choice.keywords.map(\.said) == search.said(.all))
    #expect(
      choice.keywords.reduce(0) { $0 + $1.falseAlarms } == choice.crossed.falseAlarms
        && Double(choice.keywords.reduce(0) { $0 + $1.missed }) / Double(said)
          == choice.crossed.missed.value
    )
    let rule = try #require(choice.rule.listening)
    #expect(rule.problem(Decision(), labels: Self.keywords) == nil)
    #expect([0.1, 0.2, 0.3].contains { abs($0 - choice.rule.hopSeconds) < 1e-9 })
    // Random scores: the way of choosing is worse on others than on those that it chose by.
    #expect(
      choice.crossed.falseAlarms + Int(choice.crossed.missed.value! * Double(said))
        >= choice.chosen.falseAlarms)
    #expect(choice.unproven != nil)
    // Everything again gives the same.
    #expect(RuleChoice(search, for: ModelFixture.model(labels: Self.keywords)) == choice)
  }
}
