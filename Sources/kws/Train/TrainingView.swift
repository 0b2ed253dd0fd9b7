import Glibc
import KeywordSpotting

/// Shows a training: a progress bar on a terminal, one line per epoch elsewhere.
struct TrainingView: Sendable {
  let quiet: Bool
  /// Whether the epochs of folds have lines.
  let verbose: Bool

  @Sendable func show(_ event: TrainingEvent) {
    guard !quiet else { return }
    switch event {
    case .scanned(let dataset): describe(dataset)
    case .decoding(let done, let total):
      ProgressBar.show("decoding", done: done, total: total)
    case .caching(let file, let budget):
      ProgressBar.clear()
      StandardError.line(
        "decoded clips: more than \(ByteCount(bytes: budget)) (--memory), so they go to \(file)")
    case .started(let folder, let recipe, let shape):
      ProgressBar.clear()
      StandardError.line(
        "network: \(shape.features) features, \(recipe.layers) x \(recipe.hidden) hidden units "
          + "\(shape.directions), \(recipe.pooling.rawValue) pooling, \(shape.classes) classes")
      let frontEnd = recipe.frontEnd
      let vocalTract = recipe.augmentation.vocalTract ?? 0
      StandardError.line(
        "features: \(frontEnd.featureCount) a frame of "
          + "\(TextCell.fixed(frontEnd.windowMilliseconds, 0)) ms every "
          + "\(TextCell.fixed(frontEnd.hopMilliseconds, 0)) ms, "
          + "clips up to \(TextCell.fixed(recipe.window.maximumSeconds, 1)) s at "
          + "\(frontEnd.sampleRate) Hz"
          + (frontEnd.subtractsClipMean ? ", the clip's mean subtracted" : "")
          + (vocalTract > 0
            ? ", vocal tracts changed by up to \(TextCell.fixed(100 * Double(vocalTract), 0))%"
            : ""))
      StandardError.line(
        "training: up to \(counted(recipe.epochs, "epoch")), batches of \(recipe.batch), "
          + "learning rate \(recipe.learningRate), dropout \(recipe.dropout), seed \(recipe.seed)")
      StandardError.line("run folder: \(folder.path)")
    case .step(let epoch, let step, let steps, let loss):
      ProgressBar.show(
        "epoch \(epoch)", done: step, total: steps, note: "loss \(TextCell.fixed(loss, 3))")
    case .epoch(let row, let isBest, let epochs): describe(row, isBest: isBest, epochs: epochs)
    case .folding(let count):
      StandardError.line(
        "folds: the same training \(count) times, each without the clips that measure it; the model is "
          + "there already")
    case .inFold(let fold, let count, let event): show(event, inFold: fold, of: count)
    case .fold(let row, let count):
      ProgressBar.clear()
      StandardError.line(Self.line(row, of: count))
    case .remark(let text):
      ProgressBar.clear()
      StandardError.line(text)
    case .warning(let text): warn(text)
    }
  }

  /// Of a fold's training only how far it is, unless its epochs were asked for.
  private func show(_ event: TrainingEvent, inFold fold: Int, of count: Int) {
    switch event {
    case .warning(let text): warn("fold \(fold) of \(count): \(text)")
    case .epoch(let row, let isBest, let epochs) where verbose:
      describe(row, isBest: isBest, epochs: epochs, before: "fold \(fold)/\(count)  ")
    case .epoch(let row, _, let epochs):
      ProgressBar.show(
        "fold \(fold) of \(count)", done: Int(row["epoch"] ?? 0), total: epochs,
        note: "epochs")
    default: break
    }
  }

  /// "fold 1/3  anna  words right 93.1% (...)".
  private static func line(_ row: FoldRow, of count: Int) -> String {
    let who = row.speakers.prefix(3).joined(separator: ", ")
    let more = row.speakers.count > 3 ? " and \(row.speakers.count - 3) more" : ""
    var line = "fold \(row.fold)/\(count)  " + (who.isEmpty ? "" : "\(who)\(more)  ")
    line += "words right \(row.words.text)"
    if let others = row.others { line += "; other words rejected \(others.text)" }
    return line
  }

  /// Prints the path of the model and its accuracy.
  func finish(_ outcome: Training.Outcome) throws {
    for clip in outcome.skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    if outcome.skipped.count > 10 {
      StandardError.line(
        "kws: and \(counted(outcome.skipped.count - 10, "more clip")), in \(outcome.folder.skipped)"
      )
    }
    guard !quiet else { return }
    let record = outcome.model.record
    if let folds = record.folds { StandardError.line(folds.text) }
    if let others = record.otherWords { StandardError.line(others.text) }
    if let validation = record.validation {
      StandardError.line(
        "validation (selected on, epoch \(record.bestEpoch)): \(validation.text)")
    } else if record.folds == nil {
      StandardError.line("kws: no validation clips: the last epoch was kept, unmeasured")
    }
    if let calibration = record.calibration {
      StandardError.line(
        "temperature \(TextCell.fixed(Double(calibration.temperature), 2)), \(calibration.text)")
    }
    if let test = record.test {
      StandardError.line("test (measured once): \(test.text)")
    } else if record.testMet != nil {
      StandardError.line("test: the model has met every clip of the test part")
    } else if record.folds == nil {
      StandardError.line("test: there are no test clips that can be read")
    }
    for met in record.testMet ?? [] { StandardError.line("test clips left out, \(met.text)") }
    if record.folds != nil {
      StandardError.line(
        "the clips that fail, each recognised by a model that never met it: "
          + "\(outcome.folder.foldReport.appending("report.html"))")
    }
    try StandardOutput.line("\(outcome.folder.model)")
  }

  private func describe(_ dataset: Dataset) {
    StandardError.line("clips: " + Self.parts(dataset))
    StandardError.line("classes: " + dataset.labels.joined(separator: ", "))
    StandardError.line(SpeakerText.line(dataset))
    if !dataset.labels.contains(ClassLabel.unknown) {
      StandardError.line(
        "unknown: no such clips; answers below the threshold will be \(ClassLabel.unknown)")
    }
    for entry in dataset.ignored { StandardError.line("ignored: \(entry.summary())") }
    dataset.warnings.forEach(warn)
  }

  /// How many clips each part has, and where there is but one, why.
  private static func parts(_ dataset: Dataset) -> String {
    guard dataset.splitRule == .whole else {
      return Split.allCases.map { split in
        "\(dataset.recordings(in: split).count) \(split.rawValue)"
      }.joined(separator: ", ")
    }
    let who = dataset.recordings.wordSpeakers.map { counted($0, "speaker") }
    return "all \(dataset.recordings.count) train; no part is held out of "
      + (who ?? "so few clips whose speakers are not known") + ", folds measure instead"
  }

  private func describe(
    _ row: EpochMetrics, isBest: Bool, epochs: Int, before prefix: String = ""
  ) {
    ProgressBar.clear()
    func figure(_ name: String, _ digits: Int) -> String {
      row[name].map { TextCell.fixed($0, digits) } ?? "-"
    }
    var line = prefix + "epoch \(figure("epoch", 0))/\(epochs)  loss \(figure("training_loss", 4))"
    if let accuracy = row["validation_accuracy"] {
      line +=
        "  validation loss \(row["validation_loss"].map(Self.loss) ?? "-")"
        + "  accuracy \(TextCell.fixed(accuracy * 100, 2))%"
    }
    line += "  gradient \(figure("gradient_norm", 2))  \(figure("seconds", 1)) s"
    // Without a validation part the last epoch counts, whatever its loss.
    StandardError.line(line + (isBest && row["validation_accuracy"] != nil ? "  best" : ""))
  }

  /// A loss, with more digits where all clips are right and it is near 0.
  private static func loss(_ value: Double) -> String {
    let zeros = value > 0 && value < 0.001 ? Int(-log10(value)) : 2
    return TextCell.fixed(value, min(12, zeros + 2))
  }

  private func warn(_ text: String) { StandardError.line("kws: warning: \(text)") }
}
