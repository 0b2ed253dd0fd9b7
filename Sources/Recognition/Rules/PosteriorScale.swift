import Neural

/// From logits to posteriors: softmax(logits / temperature + offsets).
package struct PosteriorScale: Sendable {
  /// Logits are divided by this.
  package var temperature: Float
  /// (C): `ClassPrior.offsets`; nil adds nothing.
  package var offsets: [Float]?

  package init(temperature: Float = 1, offsets: [Float]? = nil) {
    (self.temperature, self.offsets) = (temperature, offsets)
  }

  /// The scale of a model's answers.
  package init(_ decision: Decision, labels: [String]) {
    self.init(temperature: decision.temperature, offsets: decision.prior.offsets(labels))
  }

  /// (C): the posteriors of one window.
  ///
  /// - Parameter logits: (C), of the network.
  /// - Returns: (C), the posteriors.
  package func posteriors(_ logits: [Float]) -> [Float] {
    let scaled = logits.map { $0 / temperature }
    return softmax(offsets.map { zip(scaled, $0).map(+) } ?? scaled)
  }
}
