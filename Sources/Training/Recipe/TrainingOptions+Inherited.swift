import Recognition

extension TrainingOptions {
  /// The clips that the models have met which the training starts from or learns from.
  var inherited: ClipHistory {
    var history = start?.model.history ?? ClipHistory()
    for teacher in teachers?.models ?? [] { history.inherit(teacher.history) }
    return history
  }
}
