import Datasets
import Evaluation
import Recognition

extension Training {
  /// Settles the model that a training of few clips begins from, if the options leave that to the data.
  ///
  /// Measured in Benchmarks/RECOGNITION.md: with few speakers it knows new ones better than a training
  /// from nothing does, on words that it never met too. It is not taken where there are many clips or
  /// speakers, nor where it was trained on clips of the dataset, which could then not be measured.
  mutating func chooseStart(
    for dataset: Dataset, _ report: (TrainingEvent) -> Void
  ) throws(TrainingError) {
    guard options.startsByData, options.start == nil, options.teachers == nil else { return }
    let words = dataset.recordings(in: .training).count { ClassLabel.isKeyword($0.label) }
    let speakers = dataset.recordings.wordSpeakers
    guard TrainingDataSize.areFew(speakers: speakers, keywordClips: words), words < Self.fewClips
    else { return }
    let model: KeywordModel
    do { model = try KeywordModel.builtIn(.words) } catch { throw .model(error) }
    let classifier = Classifier(model, threads: options.threads, workers: options.workers)
    if classifier.wasTrained(on: dataset) { return }
    options.start = StartingModel(model, name: BuiltInModel.words.rawValue)
    report(
      .remark(
        "few clips: training starts from \(BuiltInModel.words.rawValue), which knows 30 English words; "
          + "with --from none from nothing"))
  }

  /// So many clips of words are no longer few.
  private static let fewClips = 4_000
}
