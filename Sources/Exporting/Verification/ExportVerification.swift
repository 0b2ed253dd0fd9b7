import Basics
import Datasets
import Evaluation
import Neural
import Recognition
import Sound
import SystemPackage

/// An exported file on a dataset beside the recogniser: the same clips, the same windows.
public struct ExportVerification: Sendable {
  /// What was exported.
  public enum Target: Sendable {
    /// An ONNX file and what it reads.
    case onnx(FilePath, ONNXExport.Input)
    /// A folder with C source.
    case c(FilePath)
  }

  /// Clips that were read.
  public private(set) var clips = 0
  /// Their windows.
  public private(set) var windows = 0
  /// The largest difference of a posterior.
  public private(set) var largestDifference: Float = 0
  /// Clips whose answer is another one.
  public private(set) var changedAnswers = 0
  /// Clips that could not be read.
  public private(set) var skipped: [SkippedClip] = []
  /// The recogniser's answers (A) and the file's (B).
  public private(set) var comparison: PairedComparison

  /// Clips that are recognised together; their samples are all in memory.
  private static let partSize = 512

  /// Recognises the clips of a plan with both.
  ///
  /// - Parameters:
  ///   - target: What was exported from the classifier's model.
  ///   - classifier: The recogniser.
  ///   - plan: The clips.
  ///   - progress: Called with the number of clips that are done.
  /// - Throws: `RunnerError`, `FileError`.
  public init(
    of target: Target, _ classifier: Classifier, _ plan: EvaluationPlan,
    progress: (Int) -> Void = { _ in }
  ) throws {
    let model = classifier.model
    let runner: any ExportRunner =
      switch target {
      case .onnx(let file, let input):
        try ONNXRunner(file, input: input, classes: model.labels.count)
      case .c(let folder): try CRunner(folder: folder, classes: model.labels.count)
      }
    let reference = Reference(classifier)
    var answers = PairedAnswers()
    var items = EvaluationItems(plan, 0..<plan.itemCount, classifier) { _ in }
    comparison = try Self.compared(answers)
    while true {
      let part = items.nextPart(Self.partSize)
      if part.isEmpty { break }
      let results = reference.recognise(part)
      var read: [(item: EvaluationItem, clip: WindowedClip, posteriors: [[Float]])] = []
      for (item, result) in zip(part, results) {
        switch result {
        case .success(let clip): read.append((item, clip.clip, clip.posteriors))
        case .failure(let error):
          skipped.append(SkippedClip(path: item.name, reason: error.description))
        }
      }
      let exported = try runner.posteriors(of: read.map(\.clip))
      for (clip, posteriors) in zip(read, exported) {
        add(clip.item, clip.posteriors, posteriors, model, &answers)
      }
      progress(clips + skipped.count)
    }
    comparison = try Self.compared(answers)
  }

  private static func compared(_ answers: PairedAnswers) throws -> PairedComparison {
    var generator = SeededGenerator(seed: 0)
    return try answers.comparison(using: &generator)
  }

  private mutating func add(
    _ item: EvaluationItem, _ own: [[Float]], _ exported: [[Float]], _ model: KeywordModel,
    _ answers: inout PairedAnswers
  ) {
    clips += 1
    windows += own.count
    for (a, b) in zip(own.joined(), exported.joined()) {
      // No number is further away than any.
      largestDifference = (a - b).isNaN ? .infinity : max(largestDifference, abs(a - b))
    }
    let isKeyword = model.labels.map(ClassLabel.isKeyword)
    let predictions = [own, exported].map { rows in
      let row = rows[BestWindow.index(rows, isKeyword: isKeyword)]
      return Prediction(
        path: item.name, label: item.label ?? ClassLabel.unknown,
        predicted: model.decision.answer(row, labels: model.labels), probabilities: row,
        speaker: item.speaker, split: item.split)
    }
    if predictions[0].predicted != predictions[1].predicted { changedAnswers += 1 }
    answers.addFirst(predictions[0])
    answers.addSecond(predictions[1])
  }

  /// What came out, for people.
  package var text: String {
    func points(_ share: Double) -> String { TextCell.fixed(share * 100, 2) }
    let difference = comparison.difference
    var line = "accuracy: \(comparison.right[0]) and \(comparison.right[1]) of \(clips) right, "
    line += "difference \(points(difference.value ?? 0)) points"
    if let low = difference.low, let high = difference.high {
      line += ", 95% interval \(points(low)) to \(points(high)) "
      line += "(bootstrap over \(comparison.speakers) speakers)"
    } else {
      line += " (speakers unknown or few: no interval)"
    }
    return """
      clips: \(clips), in \(windows) windows
      largest difference of a posterior: \(Self.short(largestDifference))
      answers changed: \(changedAnswers)
      \(line)

      """
  }

  /// Two digits are enough for a rounding error.
  static func short(_ value: Float) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "not a number" }
    var (number, exponent) = (Double(value), 0)
    while number < 1 { (number, exponent) = (number * 10, exponent - 1) }
    let digits = TextCell.fixed(number, 1)
    return exponent == 0 ? digits : "\(digits)e\(exponent)"
  }
}

/// Recognises clips as kws does, and keeps what an exported file has to read.
private struct Reference {
  private let classifier: Classifier
  /// Gives features before normalisation, as files that read features take them.
  private let plain: Recogniser

  init(_ classifier: Classifier) {
    self.classifier = classifier
    var model = classifier.model
    let count = model.normalization.mean.count
    model.normalization = FeatureNormalization(
      mean: [Float](repeating: 0, count: count), deviation: [Float](repeating: 1, count: count))
    plain = Recogniser(model)
  }

  func recognise(
    _ items: [EvaluationItem]
  ) -> [Result<(clip: WindowedClip, posteriors: [[Float]]), AudioError>] {
    Parallel.map(items.count, threads: classifier.threads) { index, _ in
      Result { () throws(AudioError) in
        let clip = try classifier.reader.read(items[index].source)
        do throws(FrontEndError) {
          let windows = try classifier.recogniser.windows(of: clip.samples)
          return (
            WindowedClip(samples: clip.samples, windows: try plain.windows(of: clip.samples)),
            classifier.recogniser.posteriors(of: windows.map(\.features))
          )
        } catch { throw .broken(name: items[index].name, reason: "\(error)") }
      }
    }
  }
}
