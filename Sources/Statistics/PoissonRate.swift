/// What a number of rare events, such as false alarms, says about their rate.
public enum PoissonRate {
  /// The one-sided upper bound of a rate (Garwood 1936).
  ///
  /// - Parameters:
  ///   - events: How many were seen.
  ///   - exposure: Over how much, in hours for instance; the rate is per this unit.
  ///   - confidence: How often the bound is to hold.
  /// - Returns: The rate per unit of exposure above which so few events would be seen with a
  ///   chance of less than 1 - `confidence`.
  public static func upperBound(
    events: Int, exposure: Double, confidence: Double = 0.95
  ) -> Double {
    precondition(events >= 0, "\(events) events, expected 0 or more")
    precondition(exposure > 0, "exposure \(exposure), expected above 0")
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence), expected in 0..<1")
    let count = Double(events)
    let farAbove = count + 20 * (count + 1).squareRoot() + 800
    let mean = SpecialFunctions.invert(confidence, from: 0, to: farAbove) { mean in
      1 - SpecialFunctions.poisson(atMost: events, mean: mean)
    }
    return mean / exposure
  }
}
