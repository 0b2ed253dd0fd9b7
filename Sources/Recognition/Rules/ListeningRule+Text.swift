import Basics

extension ListeningRule {
  /// The rule for all keywords, as text for people.
  package var text: String {
    let posterior = smoothing == 1 ? "the posterior" : "the mean posterior of \(smoothing) windows"
    let likeliest = mustBeLikeliest ? " and is the likeliest class" : ""
    let decided =
      switch settleSeconds {
      case nil: "once the event is over"
      case 0: "at once"
      case let seconds?: "\(seconds) s later"
      }
    return "\(posterior) reaches the threshold\(likeliest), decided \(decided)"
  }
}

extension ListeningRule.Conditions {
  /// The conditions without the threshold, as text for people.
  package var text: String {
    let windows = leastWindows == 1 ? "1 window" : "\(leastWindows) windows in a row"
    let release = TextCell.fixed(Double(releaseShare) * 100, 0)
    return "from \(windows) on, released below \(release)% of the threshold, "
      + "refractory time \(refractorySeconds) s"
  }
}
