import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Exporting
@testable import Recognition

/// The exported rule finds the events that `EventDetector` finds.
@Suite struct CEventTests {
  private let folder = TemporaryFolder()

  /// Feeds posteriors to the rule and prints an event a line.
  private static let main = """
    #include "kws_model.c"
    #include <stdio.h>
    static kws_model model;
    static void show(void) {
      kws_model_event e;
      while (kws_model_next_event(&model, &e))
        fprintf(stderr, "%d %.9g %.9g %.9g %.9g %d\\n", e.label, (double)e.probability, e.start,
                e.end, e.decided, e.windows);
    }
    int main(int argc, char **argv) {
      FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
      double start = 0.0;
      if (!file) return 1;
      /* What was there before, such as another recording, must not matter. */
      memset(&model, 0x7F, sizeof model);
      kws_model_reset(&model);
      while (fread(model.posteriors, sizeof model.posteriors, 1, file) == 1) {
        model.event_count = 0;
        detect_in(&model, start, KWS_MODEL_WINDOW);
        start += KWS_MODEL_HOP;
        show();
      }
      model.event_count = 0;
      decide(&model, model.end);
      show();
      return 0;
    }
    """

  /// Posteriors that rise and fall, with keywords that compete.
  private func posteriors(_ seed: UInt64, classes: Int) -> [[Float]] {
    var generator = SeededGenerator(seed: seed)
    var leader = 0
    return (0..<400).map { _ in
      if Int.random(in: 0..<4, using: &generator) == 0 {
        leader = Int.random(in: 0..<classes, using: &generator)
      }
      var row = (0..<classes).map { _ in Float.random(in: 0..<0.4, using: &generator) }
      row[leader] += Float.random(in: 0..<1, using: &generator)
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
  }

  private func compile(_ model: KeywordModel) throws {
    try CExport(model).write(to: folder.path)
    folder.write("main.c", text: Self.main)
    let compiled = ExternalProgram.run(
      ["cc", "-std=c99", "-o", folder["run"], folder["main.c"], "-lm"], scratch: folder.path)
    try #require(compiled.code == 0, "\(compiled.errors)")
  }

  /// What the detector finds.
  private func events(_ model: KeywordModel, _ rows: [[Float]]) -> [Event] {
    var detector = EventDetector(model)
    var found = rows.indices.flatMap { index in
      detector.push(
        rows[index], Double(index * 2_000) / 8_000...Double(index * 2_000 + 8_000) / 8_000)
    }
    found += detector.finish()
    return found.compactMap(\.event)
  }

  /// What the compiled rule finds.
  private func eventsOfC(_ model: KeywordModel, _ rows: [[Float]]) throws -> [Event] {
    folder.write("rows", rows.joined().flatMap { withUnsafeBytes(of: $0) { Array($0) } })
    let run = ExternalProgram.run([folder["run"], folder["rows"]], scratch: folder.path)
    try #require(run.code == 0)
    return run.errors.split(separator: "\n").map { line in
      let numbers = line.split(separator: " ").map { Double($0)! }
      return Event(
        label: model.labels[Int(numbers[0])], probability: Float(numbers[1]),
        seconds: numbers[2]...numbers[3], decided: numbers[4], windowCount: Int(numbers[5]))
    }
  }

  @Test func everyRuleFindsTheSame() throws {
    var conditions = ListeningRule.Conditions()
    (conditions.threshold, conditions.releaseShare) = (0.45, 0.6)
    var slow = conditions
    (slow.leastWindows, slow.refractorySeconds) = (2, 0.5)
    var rules = [ListeningRule(), .runsOfAnswers]
    for settle in [0, 0.5, nil] as [Double?] {
      for smoothing in [1, 3] {
        var rule = ListeningRule()
        (rule.settleSeconds, rule.smoothing, rule.conditions) = (settle, smoothing, conditions)
        rule.mustBeLikeliest = smoothing == 1
        rule.prior = settle == 0 ? nil : .trained
        rule.keywords = ["yes": slow]
        rules.append(rule)
      }
    }
    var total = 0
    for (seed, rule) in rules.enumerated() {
      var model = ExportFixture.model()
      model.rule = rule
      model.decision.threshold = 0.4
      try compile(model)
      for round in 0..<8 {
        let rows = posteriors(UInt64(100 * round + seed), classes: model.labels.count)
        let expected = events(model, rows)
        total += expected.count
        #expect(try eventsOfC(model, rows) == expected, "\(rule), round \(round)")
      }
    }
    #expect(total > 100)
  }

  /// A keyword that an undecided event took in has a refractory time of its own.
  @Test func aKeywordThatTookOverRests() throws {
    var model = ExportFixture.model()
    #expect(model.labels.prefix(2) == ["no", "yes"])
    var rule = ListeningRule()
    (rule.settleSeconds, rule.mustBeLikeliest) = (0.5, false)
    (rule.conditions.threshold, rule.conditions.refractorySeconds) = (0.45, 0.25)
    rule.keywords["yes"] = rule.conditions
    rule.keywords["yes"]!.refractorySeconds = 2
    model.rule = rule
    try compile(model)
    let (no, yes, other): ([Float], [Float], [Float]) = (
      [0.6, 0.1, 0.2, 0.1], [0.1, 0.8, 0.05, 0.05], [0.1, 0.1, 0.7, 0.1]
    )
    let rows = [no, yes, other, no, other, yes, other, other]
    let expected = events(model, rows)
    #expect(expected.map(\.label) == ["yes", "no"])
    #expect(try eventsOfC(model, rows) == expected)
  }
}
