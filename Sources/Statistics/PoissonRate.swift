/// The rate of rare events, such as false alarms, estimated from their number.
public enum PoissonRate {
  /// The one-sided upper bound of a rate (Garwood 1936).
  ///
  /// - Parameters:
  ///   - events: Number of observed events.
  ///   - exposure: The amount of observation, in hours for instance; the rate is per this unit.
  ///   - confidence: The confidence level, such as 0.95.
  /// - Returns: The upper bound per unit of exposure: with a higher rate, so few events would have
  ///   a chance of less than 1 - `confidence`.
  public static func upperBound(
    events: Int, exposure: Double, confidence: Double = 0.95
  ) -> Double {
    check(events, exposure, confidence)
    let count = Double(events)
    let farAbove = count + 20 * (count + 1).squareRoot() + 800
    let mean = SpecialFunctions.invert(confidence, from: 0, to: farAbove) { mean in
      1 - SpecialFunctions.poisson(atMost: events, mean: mean)
    }
    return mean / exposure
  }

  /// The one-sided lower bound of a rate (Garwood 1936), 0 without events.
  ///
  /// - Parameters:
  ///   - events: Number of observed events.
  ///   - exposure: The amount of observation; the rate is per this unit.
  ///   - confidence: The confidence level, such as 0.95.
  /// - Returns: The lower bound per unit of exposure: with a lower rate, so many events would have
  ///   a chance of less than 1 - `confidence`.
  public static func lowerBound(
    events: Int, exposure: Double, confidence: Double = 0.95
  ) -> Double {
    check(events, exposure, confidence)
    // So many events or more have the chance 1 - confidence where one event fewer, or less, has the chance
    // confidence.
    return events == 0
      ? 0 : upperBound(events: events - 1, exposure: exposure, confidence: 1 - confidence)
  }

  private static func check(_ events: Int, _ exposure: Double, _ confidence: Double) {
    precondition(events >= 0, "\(events) events, expected 0 or more")
    precondition(exposure > 0, "exposure \(exposure), expected above 0")
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence), expected in 0..<1")
  }
}
