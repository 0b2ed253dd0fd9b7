extension EventDetector {
  /// Makes a detector with a model's rule, at the start of a stream.
  ///
  /// - Parameters:
  ///   - model: The model, with its rule, thresholds and labels.
  ///   - near: The averaged posterior from which a keyword without an event is a near miss; nil
  ///     finds no near misses.
  public init(_ model: KeywordModel, near: Float? = nil) {
    self.init(model.rule, model.decision, labels: model.labels, near: near)
  }

  /// The events of a whole recording, in order.
  package static func events(
    in windows: [Classification.Window], _ rule: ListeningRule, _ decision: Decision,
    labels: [String]
  ) -> [Event] {
    var detector = EventDetector(rule, decision, labels: labels)
    let found = windows.flatMap { detector.push($0.probabilities, $0.start...$0.end) }
    return (found + detector.finish()).compactMap(\.event)
  }
}
