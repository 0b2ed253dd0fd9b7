import Basics
import Recognition
import Statistics

extension EventReport {
  /// Usual target rates of false alarms per hour.
  static let rates = [0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]
  /// Fewer speakers or recordings than this give no bootstrap.
  static let fewestClusters = 10
  private static let resamples = 1_000

  /// The figures of an evaluation.
  ///
  /// - Parameters:
  ///   - tally: What was found.
  ///   - evaluation: What was measured.
  ///   - model: The model's file, for people.
  ///   - labels: The files of labels, for people.
  ///   - generator: Where the bootstrap's chance comes from.
  public init(
    _ tally: EventTally, _ evaluation: EventEvaluation, model: String?, labels: [String],
    using generator: inout some RandomNumberGenerator
  ) {
    let plan = evaluation.plan
    let total = tally.total
    let clusters = tally.clusters.sorted { $0.key < $1.key }.map(\.value)
    let draws = clusters.count >= Self.fewestClusters ? Self.resamples : 0
    let names = plan.keywords
    // Every figure from the same draws, so that no order of figures changes them.
    let seed = generator.next()
    func figures(_ label: String?, _ indices: [Int]) -> Figures {
      var generator = SeededGenerator(seed: seed)
      return Figures(
        label: label, total, clusters, indices, resamples: draws,
        latencies: indices.flatMap { tally.latencies[$0] }, using: &generator)
    }
    self.init(
      model: model, labels: labels, recordings: tally.done - tally.skipped.count,
      hours: total.hours.value, tolerance: plan.tolerance,
      rule: AlarmRule(evaluation.classifier.model),
      gate: evaluation.gate.flatMap { gate in tally.gate.map { Gate(gate.decibels, $0) } },
      all: figures(nil, Array(names.indices)),
      keywords: names.indices.map { figures(names[$0], [$0]) },
      interval: Interval(
        name: draws == 0
          ? "wilson"
          : tally.speakers.count == clusters.count ? "bootstrapBySpeaker" : "bootstrapByRecording",
        clusters: clusters.count, resamples: draws),
      wrongEvents: tally.wrong.sorted, wrongEventCount: tally.wrong.count,
      missedWords: tally.missed.sorted, skipped: tally.skipped,
      warnings: plan.warnings + tally.metWarnings
        + (tally.lateWarning(evaluation).map { [$0] } ?? []))
  }
}

extension EventReport.Gate {
  fileprivate init(_ decibels: Double, _ counts: GateCounts) {
    self.decibels = decibels
    (windows, skippedWindows) = (counts.windows, counts.quietWindows)
    skippedShare = windows > 0 ? Double(skippedWindows) / Double(windows) : 0
    (lostHits, hitsWithout) = (counts.lostHits, counts.hits)
    falseAlarmsWithout = counts.falseAlarms
  }
}

extension EventTally {
  /// Warnings if the model has met some of the recordings.
  fileprivate var metWarnings: [String] {
    ClipRole.allCases.compactMap { role in
      met[role].map { "\($0) of \(done) recordings \(role.verb): the figures are too optimistic" }
    }
  }

  /// Fewer late decisions than this share of the false alarms are no finding.
  private static let lateShare = 0.1

  /// Says how many false alarms are words that were said, decided too late; nil if they are few.
  fileprivate func lateWarning(_ evaluation: EventEvaluation) -> String? {
    let falseAlarms = total.falseAlarms.reduce(0, +)
    guard !late.isEmpty, Double(late.count) >= Self.lateShare * Double(falseAlarms) else {
      return nil
    }
    let sorted = late.sorted()
    let model = evaluation.classifier.model
    let enough = (ClusterBootstrap.quantile(sorted, 0.9) * 10).rounded(.up) / 10
    return
      "\(late.count) of \(counted(falseAlarms, "false alarm")) name a word that was said, but are "
      + "decided later than \(TextCell.fixed(evaluation.plan.tolerance, 2)) s after its end (median "
      + "\(TextCell.fixed(ClusterBootstrap.quantile(sorted, 0.5), 2)) s), so each counts as a miss too; "
      + "a model with a shorter window than \(TextCell.fixed(model.window.maximumSeconds, 1)) s decides "
      + "sooner (kws train --max-clip-seconds), and --tolerance \(TextCell.fixed(enough, 1)) counts nine "
      + "in ten of them as hits"
  }
}

extension EventReport.Figures {
  fileprivate init(
    label: String?, _ total: EventCluster, _ clusters: [EventCluster], _ indices: [Int],
    resamples: Int, latencies: [Float], using generator: inout some RandomNumberGenerator
  ) {
    func sum(_ counts: [Int]) -> Int { indices.reduce(0) { $0 + counts[$1] } }
    let hours = total.hours.value
    self.label = label
    let (said, found) = (sum(total.said), sum(total.found))
    (self.said, self.found, mentions) = (said, found, sum(total.mentions))
    (wrongWords, falseAlarms) = (sum(total.wrongWords), sum(total.falseAlarms))
    falseAlarmsPerHour = hours > 0 ? Double(falseAlarms) / hours : 0
    falseAlarmBound =
      hours > 0 ? PoissonRate.upperBound(events: falseAlarms, exposure: hours) : 0
    latency = EventReport.Latency(latencies)
    let curve = EventCurve(total, indices)
    var draws = EventDraws(indices, rates: EventReport.rates)
    if resamples > 0 {
      draws.draw(from: clusters, resamples: resamples, using: &generator)
    }
    missed = draws.estimate(missed: said - found, of: said, draws.own, clusters.count)
    self.curve = curve.points
    atRates = EventReport.rates.indices.map { place in
      let rate = EventReport.rates[place]
      let level = curve.level(allowing: rate)
      let found = level.map { curve.found[$0] } ?? 0
      return EventReport.AtRate(
        perHour: rate, threshold: level.map { EventSweep.thresholds[$0] },
        falseAlarms: level.map { curve.falseAlarms[$0] } ?? 0,
        missed: draws.estimate(
          missed: said - found, of: said, draws.atRates[place], clusters.count))
    }
  }
}

extension EventReport.Latency {
  fileprivate init?(_ seconds: [Float]) {
    guard let last = seconds.max() else { return nil }
    let sorted = seconds.map { Double($0) * 1_000 }.sorted()
    func quantile(_ share: Double) -> Double { ClusterBootstrap.quantile(sorted, share).rounded() }
    (n, largest) = (sorted.count, (Double(last) * 1_000).rounded())
    (median, p90, p99) = (quantile(0.5), quantile(0.9), quantile(0.99))
  }
}
