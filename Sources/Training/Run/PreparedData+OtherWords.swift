import Basics
import Recognition
import Sound

extension PreparedData {
  /// Measures what a model that was trained without other words answers to English ones, and notes it in
  /// the model's record; nothing where there are some.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - refused: Share of the right answers that the threshold refuses, if folds chose it.
  ///   - threads: Threads.
  func measureOtherWords(of model: inout KeywordModel, refused: Double? = nil, threads: Int) {
    guard !labels.contains(ClassLabel.unknown) else { return }
    let clips = EnglishWords.clips(
      without: model.keywords, sampleRate: model.frontEnd.sampleRate)
    guard !clips.isEmpty else { return }
    let answers = Classifier(model, threads: threads).classify(clips.map(ClipSource.clip))
    model.record.otherWords = OtherWords(
      threshold: model.decision.threshold, refused: refused, measured: clips.count,
      accepted: answers.count { (try? $0.get()).map { ClassLabel.isKeyword($0.label) } ?? false })
  }
}
