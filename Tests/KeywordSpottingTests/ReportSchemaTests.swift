import SystemPackage
import TestSupport
import Testing

@testable import Auditing
@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Sound
@testable import Statistics

/// The documentation names every key that reports have.
@Suite struct ReportSchemaTests {
  private func page() throws -> String {
    let path = Repository.root
      .appending("Sources/KeywordSpotting/KeywordSpotting.docc/Reports.md")
    return String(decoding: try TextFile.bytes(of: path), as: UTF8.self)
  }

  private func keys(_ value: JSONValue) -> Set<String> {
    switch value {
    case .object(let members):
      members.reduce(into: []) { $0.formUnion(keys($1.value).union([$1.key])) }
    case .array(let values): values.reduce(into: []) { $0.formUnion(keys($1)) }
    default: []
    }
  }

  private func check(_ json: [UInt8], schema: String) throws {
    let value = try JSONValue(parsing: json[...])
    #expect(value["schema"] == .string(schema) && value["version"]?.count == 1)
    let page = try page()
    for key in keys(value).sorted() { #expect(page.contains("`\(key)`"), "\(schema): \(key)") }
    #expect(page.contains("Schema `\(schema)`, version 1"))
  }

  private var predictions: [Prediction] {
    (0..<40).map { index in
      Prediction(
        path: "\(index)", label: index % 2 == 0 ? "a" : "_unknown_",
        predicted: index % 5 == 0 ? "a" : "_unknown_", probabilities: [0.7, 0.3],
        speaker: "s\(index % 12)", split: .testing,
        facts: ClipFacts(seconds: 1, level: -20, signalToNoise: 9))
    }
  }

  @Test func evaluation() throws {
    var counts = EvaluationCounts(labels: ["a", "_unknown_"])
    predictions.forEach { counts.add($0) }
    counts.addAudioWithoutKeywords(
      [.init(start: 0, end: 1, probabilities: [0.7, 0.3])], seconds: 9, decision: Decision(),
      rule: ListeningRule())
    var robustness = RobustnessCounts([.telephone])
    predictions.forEach { robustness.add($0, answers: ["a", "a"]) }
    var generator = TestGenerator(state: 1)
    var report = EvaluationReport.make(
      counts, skipped: [SkippedClip(path: "x", reason: "y")],
      alarmRule: AlarmRule(ModelFixture.model()),
      subject: .init(model: "m", dataset: "d", split: "s", coverage: "c"),
      met: [MetClips(role: .trained, accuracy: Estimate(1, n: 1))], using: &generator)
    report.robustness = ConditionFigures.all(
      robustness, isBySpeaker: true, EvaluationOptions(), using: &generator)
    report.measurement = Measurement(date: "", seconds: 1, machine: "", seed: 0, model: [""])
    #expect(report.measurement?.libraries.count == 3)
    try check(EvaluationJSON.render(report), schema: "kws-evaluation")
  }

  @Test func comparison() throws {
    var answers = PairedAnswers()
    predictions.forEach { answers.addFirst($0) }
    answers.addFirst(Prediction(path: "t", label: "a", predicted: "a", probabilities: [1, 0]))
    var met = Prediction(path: "t", label: "a", predicted: "a", probabilities: [1, 0])
    met.role = .trained
    answers.addSecond(met)
    for var prediction in predictions {
      prediction.predicted = "a"
      answers.addSecond(prediction)
    }
    var generator = TestGenerator(state: 1)
    var comparison = try answers.comparison(using: &generator)
    (comparison.dataset, comparison.split) = ("d", "s")
    try check(Array(comparison.json.utf8), schema: "kws-comparison")
  }

  @Test func thresholds() throws {
    var counts = EvaluationCounts(labels: ["a", "_unknown_"])
    counts.addAudioWithoutKeywords(
      [.init(start: 0, end: 1, probabilities: [0.7, 0.3])], seconds: 9, decision: Decision(),
      rule: ListeningRule())
    var choice = ThresholdChoice(
      halves: (counts, counts), quiet: ([], []), target: .falseAlarmsPerHour(1),
      rule: AlarmRule(ModelFixture.model()))
    (choice.split, choice.clips, choice.trainedOn) = ("validation", 3, 1)
    #expect(choice.unproven?.contains("too short to prove 1.0 alarms per hour") == true)
    try check(Array(choice.json.utf8), schema: "kws-thresholds")
  }

  @Test func rule() throws {
    let result = RuleChoice.Result(found: 3, falseAlarms: 1, said: 4, hours: 2)
    let choice = RuleChoice(
      target: .falseRejects(0.1), rule: AlarmRule(ModelFixture.model()), recordings: 2,
      trainedOn: 0, hours: 2, tolerance: 0.5, tried: 3, crossed: result, chosen: result,
      keywords: [.init(label: "a", threshold: 0.5, said: 4, missed: 1, falseAlarms: 1)],
      unproven: "u")
    try check(Array(choice.json.utf8), schema: "kws-rule")
  }

  @Test func events() throws {
    let estimate = Estimate(0.5, n: 2, 0.1...0.9)
    let figures = EventReport.Figures(
      label: "a", said: 2, mentions: 1, found: 1, missed: estimate, wrongWords: 0, falseAlarms: 1,
      falseAlarmsPerHour: 1, falseAlarmBound: 5,
      latency: .init(n: 1, median: 1, p90: 1, p99: 1, largest: 1),
      curve: [.init(threshold: 0.5, found: 1, falseAlarms: 1)],
      atRates: [.init(perHour: 1, threshold: 0.5, falseAlarms: 1, missed: estimate)])
    var report = EventReport(
      model: "m", labels: ["l"], recordings: 1, hours: 1, tolerance: 0.5,
      rule: AlarmRule(ModelFixture.model()), all: figures, keywords: [figures],
      interval: .init(name: "wilson", clusters: 1, resamples: 0),
      wrongEvents: [
        WrongEvent(
          path: "p", label: "a", probability: 1, start: 0, end: 1, decided: 1, kind: .wrongWord,
          said: "b")
      ], wrongEventCount: 1,
      missedWords: [MissedWord(path: "p", label: "a", start: 0, end: 1, probability: 0.5)],
      skipped: [SkippedClip(path: "x", reason: "y")], warnings: ["w"])
    report.gate = EventReport.Gate(
      decibels: -50, windows: 2, skippedWindows: 1, skippedShare: 0.5, lostHits: 0, hitsWithout: 1,
      falseAlarmsWithout: 1)
    report.measurement = Measurement(date: "", seconds: 1, machine: "", seed: 0, model: [""])
    try check(Array(report.json.utf8), schema: "kws-events")
  }

  @Test func audit() throws {
    let report = AuditReport(
      dataset: "d", splitRule: .fileNameHash, clips: 1, speakers: 1, clipsWithoutSpeaker: 0,
      labels: [.init(label: "a", clips: [1, 0, 0], speakers: 1, seconds: 1)],
      formats: [.init(name: "f", clips: 1)], seconds: [1, 1, 1, 1, 1],
      findings: AuditReport.Kind.allCases.map {
        .init(kind: $0, subject: "s", detail: "d", related: ["r"])
      },
      judge: .init(
        folds: 2, agreement: Estimate(1, n: 1), trainedOn: 0,
        met: [MetClips(role: .selected, accuracy: Estimate(1, n: 1))]), warnings: ["w"])
    try check(Array(report.json.utf8), schema: "kws-audit")
    let page = try page()
    for kind in AuditReport.Kind.allCases { #expect(page.contains("`\(kind.rawValue)`")) }
  }
}
