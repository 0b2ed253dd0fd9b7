import Basics
import Statistics

/// How a model was trained, as stored in its file.
public struct TrainingRecord: Codable, Equatable, Sendable {
  /// Version of kws that trained the model.
  public var program: String
  /// The name of the dataset's folder.
  public var dataset: String
  /// The options with which the dataset was read.
  public var options: DatasetOptions
  /// Number of clips by split and label.
  public var clips: [String: [String: Int]]
  /// Number of speakers in the training part; nil if not known.
  public var speakers: Int?
  /// The seed of all random numbers.
  public var seed: UInt64
  /// Number of epochs trained.
  public var epochs: Int
  /// The epoch whose weights these are, from 1.
  public var bestEpoch: Int
  /// Accuracy on the validation part at that epoch.
  ///
  /// This part chose the epoch, so the figure is optimistic.
  public var validation: Estimate?
  /// How the temperature was fitted; nil if the validation part is too small.
  public var calibration: TemperatureFit?
  /// Accuracy on the clips of the test part that the model never met, measured once after training.
  public var test: Estimate?
  /// Accuracy on the other clips of the test part, by their role; nil if there are none.
  public var testMet: [MetClips]?
  /// What trainings without each of the speakers in turn gave; nil without folds.
  public var folds: FoldRecord?

  /// How it answers to other words; nil where the dataset has clips of some.
  public var otherWords: OtherWords?

  package init(
    program: String, dataset: String, options: DatasetOptions, clips: [String: [String: Int]],
    speakers: Int? = nil, seed: UInt64, epochs: Int, bestEpoch: Int, validation: Estimate? = nil,
    calibration: TemperatureFit? = nil, test: Estimate? = nil
  ) {
    (self.program, self.dataset, self.options) = (program, dataset, options)
    (self.clips, self.speakers, self.seed) = (clips, speakers, seed)
    (self.epochs, self.bestEpoch, self.validation) = (epochs, bestEpoch, validation)
    (self.calibration, self.test) = (calibration, test)
  }
}

extension TrainingRecord {
  /// Whether the weights were trained elsewhere and imported; `dataset` names their file.
  package var isImported: Bool { epochs == 0 }

  /// The training data for people: "words, 24 clips of 3 speakers".
  package var dataText: String {
    let count = (clips[Split.training.rawValue] ?? [:]).reduce(0) { $0 + $1.value }
    return "\(dataset), \(counted(count, "clip"))"
      + (speakers.map { " of \(counted($0, "speaker"))" } ?? "")
  }

  /// What is wrong with the numbers, or nil; they come from a file that is not trusted.
  var problem: String? {
    let limit = 0...1 << 40
    let counts = clips.values.flatMap(\.values) + [epochs, bestEpoch, speakers ?? 0]
    if let count = counts.first(where: { !limit.contains($0) }) {
      return "an invalid count in the training record: \(count)"
    }
    for estimate in [validation, test].compactMap(\.self) + (testMet ?? []).map(\.accuracy) {
      let shares = [estimate.value, estimate.low, estimate.high].compactMap(\.self)
      if !limit.contains(estimate.n) || !shares.allSatisfy((0.0...1.0).contains) {
        return "an invalid accuracy in the training record"
      }
    }
    if let others = otherWords,
      !limit.contains(others.measured) || !(0...others.measured).contains(others.accepted)
        || !(0...1).contains(others.refused ?? 0)
    {
      return "an invalid count of other words in the training record"
    }
    return calibration?.problem ?? folds?.problem
  }
}
