import Basics
import Statistics

extension PairedComparison {
  /// P-value of the difference in false alarms, two-sided; nil without audio.
  ///
  /// As if alarms were independent: by chance each of them could be of either model, since both got
  /// the same audio.
  package var alarmPValue: Double? {
    alarms.map { McNemar.pValue(onlyFirst: $0[0].alarms, onlySecond: $0[1].alarms) }
  }

  /// What the false alarms say: two sentences with both models' figures; nil without audio.
  package var alarmText: String? {
    guard let alarms, let p = alarmPValue else { return nil }
    let rates = alarms.map { "\(TextCell.fixed($0.perHour, 1)) (\($0.alarms))" }
    let verdict =
      p >= Gate.significance
      ? "no proof of a difference"
      : alarms[1].alarms < alarms[0].alarms ? "B fires less" : "B fires more"
    return "false alarms an hour in \(TextCell.fixed(alarms[0].hours, 2)) h without keywords: "
      + "A \(rates[0]), B \(rates[1]); \(verdict) (\(Self.p(p))). Keyword clips missed: "
      + "A \(TextCell.percent(alarms[0].missed.value)), B \(TextCell.percent(alarms[1].missed.value))"
  }

  /// "p = 0.0123"; a smaller value than can be written is told as such.
  static func p(_ value: Double) -> String {
    value < 0.000_1 ? "p < 0.0001" : "p = \(TextCell.fixed(value, 4))"
  }
}
