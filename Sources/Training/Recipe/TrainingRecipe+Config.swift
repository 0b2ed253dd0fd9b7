import Basics

extension TrainingRecipe {
  /// The recipe as `config.json`: the names and values of the options, so that a training with this
  /// file makes the same model again.
  var configText: String {
    var lines = TrainingOption.all.compactMap { option in
      // A model that was started from brings its part along.
      start != nil && option.isOfModel
        ? nil : option.json(of: self).map { "  \(JSONText.string(option.name)): \($0)" }
    }
    lines += (negatives?.config ?? []).map { "  \(JSONText.string($0.name)): \($0.json)" }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }
}
