import Neural

extension Checkpoint {
  /// Why these weights do not fit the network of the data and recipe, or nil.
  func problem(for shape: NetworkShape, validationClips: Int) -> String? {
    let layout = ParameterLayout(shape)
    if parameters.count != layout.count {
      return "\(parameters.count) weights for a network of \(layout.count)"
    }
    for (name, values) in [("parameters", parameters), ("average", average), ("best", best)] {
      if let value = values.first(where: { abs($0) > ParameterLayout.largest }) {
        return "\(name) hold \(value), more than \(ParameterLayout.largest)"
      }
    }
    let slots = recipe.optimizer.optimizer(for: layout, of: Float.self).state.slots.count
    if moments.count != slots {
      return "\(moments.count) moments for an optimizer of \(slots)"
    }
    if best.isEmpty && (progress.best != nil || progress.epoch > 1) {
      return "the best epoch's weights are missing"
    }
    if let best = progress.best, best.correct > validationClips {
      return "\(best.correct) right answers on \(validationClips) validation clips"
    }
    return nil
  }
}

extension Checkpoint.Progress {
  /// What is wrong with the numbers, or nil.
  var problem: String? {
    let counts = [
      epoch, step, updates, epochsWithoutGain, sums.steps, sums.examples, sums.correct,
      sums.clippedSteps, sums.frameSteps, best?.correct ?? 0, best?.epoch ?? 1,
    ]
    guard epoch > 0, counts.allSatisfy({ (0...1 << 50).contains($0) }) else {
      return "invalid progress: epoch \(epoch), step \(step), \(updates) updates"
    }
    return rows.isEmpty && epoch > 1 ? "the rows of the epochs done are missing" : plateau.problem
  }
}
