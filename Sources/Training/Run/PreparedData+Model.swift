import Basics
import Neural
import Recognition

extension PreparedData {
  /// Makes the model from the weights of a training, with the temperature fitted to them.
  package func model(
    _ result: TrainingLoop.Result, threads: Int
  ) throws(FileError) -> KeywordModel {
    let network = Network(shape: shape, parameters: result.best)
    let prior = prior
    let logits = try validation.logits(network, prior: prior, threads: threads)
    let calibration = logits.flatMap(TemperatureFit.init)
    var decision = Decision()
    decision.temperature = calibration?.temperature ?? 1
    decision.prior = prior
    var rule = ListeningRule()
    // Without an unknown class, only a threshold can give the answer "unknown".
    if labels.contains(ClassLabel.unknown) {
      rule.prior = .trained
    } else {
      decision.threshold = Decision.usualThreshold
    }
    let speakers = Set(clips.compactMap(\.recording.speaker))
    return KeywordModel(
      labels: labels, frontEnd: recipe.frontEnd, channel: recipe.channel,
      normalization: normalization, window: recipe.window, decision: decision,
      rule: rule,
      record: TrainingRecord(
        program: Version.current, dataset: dataset.name, options: recipe.dataset,
        clips: dataset.clipCounts,
        speakers: speakers.isEmpty ? nil : speakers.count, seed: recipe.seed,
        epochs: result.epochs, bestEpoch: result.bestEpoch, validation: result.validation,
        calibration: calibration, test: nil),
      history: history, network: network)
  }
}
