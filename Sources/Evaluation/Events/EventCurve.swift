import Recognition
import Statistics

/// What is found and what fires wrongly, of some keywords at every threshold of `EventSweep`.
struct EventCurve {
  var said: Int
  var hours: Double
  /// By threshold.
  var found: [Int]
  var falseAlarms: [Int]

  /// The curve of keywords of a cluster, or of a sum of clusters.
  init(_ cluster: EventCluster, _ keywords: [Int]) {
    let count = cluster.said.count
    said = keywords.reduce(0) { $0 + cluster.said[$1] }
    hours = cluster.hours.value
    func sums(_ counts: [Int32]) -> [Int] {
      EventSweep.thresholds.indices.map { level in
        keywords.reduce(0) { $0 + Int(counts[level * count + $1]) }
      }
    }
    (found, falseAlarms) = (sums(cluster.foundAt), sums(cluster.falseAlarmsAt))
  }

  /// The lowest threshold from which on there are no more false alarms an hour; nil where none is.
  func level(allowing rate: Double) -> Int? {
    Self.level(falseAlarms, allowing: rate * hours)
  }

  /// Events can merge at a lower threshold, so alarms need not fall: all above must do, too.
  static func level(_ falseAlarms: [Int], allowing allowed: Double) -> Int? {
    let first = (falseAlarms.lastIndex { Double($0) > allowed } ?? -1) + 1
    return first < falseAlarms.count ? first : nil
  }

  /// The points, the highest threshold of equal ones.
  var points: [EventReport.CurvePoint] {
    found.indices.filter { level in
      level == found.count - 1 || found[level] != found[level + 1]
        || falseAlarms[level] != falseAlarms[level + 1]
    }.map {
      EventReport.CurvePoint(
        threshold: EventSweep.thresholds[$0], found: found[$0], falseAlarms: falseAlarms[$0])
    }
  }
}

/// Speakers or recordings drawn again and again, and the share of misses in every draw.
struct EventDraws {
  private let keywords: [Int]
  private let rates: [Double]
  /// By the model's own rule.
  private(set) var own: [Double] = []
  /// By rate: at the threshold that the draw itself asks for.
  private(set) var atRates: [[Double]]

  init(_ keywords: [Int], rates: [Double]) {
    (self.keywords, self.rates) = (keywords, rates)
    atRates = rates.map { _ in [] }
  }

  mutating func draw(
    from clusters: [EventCluster], resamples: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    let levels = EventSweep.thresholds.count
    let columns = 3 + 2 * levels
    // Hours in microseconds: whole numbers, so that sums depend on no order.
    let rows = clusters.flatMap { cluster in
      let curve = EventCurve(cluster, keywords)
      let found = keywords.reduce(0) { $0 + cluster.found[$1] }
      return [curve.said, found, Int((curve.hours * 3_600e6).rounded())] + curve.found
        + curve.falseAlarms
    }
    var (own, atRates) = (self.own, self.atRates)
    ClusterBootstrap.resample(rows, columns: columns, resamples: resamples, using: &generator) {
      sums in
      guard sums[0] > 0 else { return }
      let said = Double(sums[0])
      own.append((said - Double(sums[1])) / said)
      let hours = Double(sums[2]) / 3_600e6
      let alarms = Array(sums[(3 + levels)...])
      for (place, rate) in rates.enumerated() {
        let level = EventCurve.level(alarms, allowing: rate * hours)
        let found = level.map { sums[3 + $0] } ?? 0
        atRates[place].append((said - Double(found)) / said)
      }
    }
    (self.own, self.atRates) = (own, atRates)
  }

  /// A share of misses, with the interval of the draws, which is never narrower than Wilson's.
  func estimate(missed: Int, of said: Int, _ draws: [Double], _ clusters: Int) -> Estimate {
    guard said > 0 else { return Estimate(nil, n: 0, note: "the keyword is not said") }
    var interval = Proportion.wilson(missed, of: said)
    if let drawn = draws.isEmpty ? nil : ClusterBootstrap.interval(of: draws, clusters: clusters) {
      interval =
        min(interval.lowerBound, drawn.lowerBound)...max(interval.upperBound, drawn.upperBound)
    }
    return Estimate(Double(missed) / Double(said), n: said, interval)
  }
}
