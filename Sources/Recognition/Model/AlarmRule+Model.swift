extension AlarmRule {
  /// What counts as one false alarm of a model.
  public init(_ model: KeywordModel) { self.init(model.window, model.rule) }
}
