import Basics
import Datasets
import Recognition
import SystemPackage

/// The part of a dataset that is measured.
public enum EvaluationPart: String, Codable, CaseIterable, Sendable {
  /// One of the three parts, by training's rule.
  case training, validation, testing
  /// All clips.
  case all

  /// The part by name: `all`, or any name of a `Split`, such as `test`, `val` or `dev`.
  public init?(name: String) {
    if name.lowercased() == "all" {
      self = .all
    } else if let split = Split(name: name) {
      self.init(rawValue: split.rawValue)
    } else {
      return nil
    }
  }

  /// The part's split; nil for all.
  var split: Split? { Split(rawValue: rawValue) }
}

/// Why there is nothing to measure, in one sentence.
public enum EvaluationError: Error, Equatable, Sendable, NamesOptions {
  /// The part has no clips; how many there are in each.
  case emptyPart(EvaluationPart, dataset: String, clips: [Split: Int])
  /// The folder holds the work of an evaluation by a newer version of the program.
  case newerState(FilePath, found: Int, supported: Int)
  /// No clip could be read; `first` is the first error.
  case nothingReadable(clips: Int, first: String)
  /// No word of the dataset is a keyword of the model.
  case foreignWords(dataset: String, words: [String], keywords: [String])

  /// One sentence: what is wrong and what to do.
  public func text(_ spell: (String) -> String) -> String {
    switch self {
    case .emptyPart(let part, let dataset, let clips):
      "\(dataset): no \(part.rawValue) clips; there are "
        + Split.allCases.map { "\(clips[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
        + ": choose with \(spell("split"))"
    case .newerState(let path, let found, let supported):
      "\(path): \(StoredFault.newer(part: nil, found: found, supported: supported)), or write elsewhere"
    case .nothingReadable(let clips, let first):
      "none of \(clips) clips can be read (first: \(first))"
    case .foreignWords(let dataset, let words, let keywords):
      "\(dataset): none of its words (\(DatasetError.list(words))) is a word of the model "
        + "(\(DatasetError.list(keywords))): choose another with \(spell("model")), or move what is "
        + "not to be recognised into \(ClassLabel.unknown)/"
    }
  }
}

/// The clips that an evaluation measures.
public struct EvaluationPlan: Sendable {
  /// The part, as requested or chosen.
  public let part: EvaluationPart
  /// Its clips, in order.
  public let recordings: [Recording]
  /// Number of cuts of silence from the dataset's noise, if the part has no silence clips.
  let silenceCount: Int
  /// Alarm recordings: recordings without keywords, in which only alarms are counted.
  let alarmAudio: [FilePath]
  private let ownWarnings: [String]
  /// Number of clips in the dataset.
  public let total: Int
  let dataset: Dataset
  /// The roles of the clips for the model.
  let roles: ClipRoles

  /// Number of clips, cuts of silence and alarm recordings.
  public var itemCount: Int { recordings.count + silenceCount + alarmAudio.count }

  /// The plan in numbers.
  public var summary: PlanSummary {
    PlanSummary(
      part: part, clips: recordings.count, total: total, silenceCuts: silenceCount,
      alarmRecordings: alarmAudio.count, warnings: dataset.warnings + ownWarnings,
      leftOut: dataset.ignored.map(LeftOut.init))
  }

  /// Chooses the clips to measure.
  ///
  /// - Parameters:
  ///   - dataset: The dataset, scanned with the model's words and by the rule of its training.
  ///   - classifier: The model to be measured.
  ///   - wanted: The part; nil takes the test part, or all clips if the dataset defines no parts
  ///     and has no clip that the model was trained on, or if its training held no part out.
  ///   - alarmAudio: Alarm recordings: recordings without keywords, in which only alarms are counted.
  /// - Throws: `EvaluationError.emptyPart` and `.foreignWords`.
  public init(
    _ dataset: Dataset, for classifier: Classifier, part wanted: EvaluationPart?,
    alarmAudio: [FilePath] = []
  ) throws(EvaluationError) {
    let needsToKnow =
      wanted == nil && !dataset.carriesOwnSplit || !classifier.model.history.selected.isComplete
    let isTrainedOn = needsToKnow && classifier.wasTrained(on: dataset)
    let isDivided = dataset.carriesOwnSplit || isTrainedOn && dataset.splitRule != .whole
    let usual: EvaluationPart = isDivided ? .testing : .all
    try self.init(
      dataset, for: classifier.model, part: wanted ?? usual, alarmAudio: alarmAudio,
      isTrainedOn: isTrainedOn)
  }

  /// Plans to measure a part.
  ///
  /// - Parameters:
  ///   - dataset: The dataset, scanned with the model's words.
  ///   - model: The model to be measured.
  ///   - part: The part.
  ///   - alarmAudio: Alarm recordings: recordings without keywords, in which only alarms are counted.
  ///   - isTrainedOn: Whether the model was trained on clips of the dataset; needed only for models
  ///     of format 1.
  ///   - cutsSilence: Whether clips of silence are cut from noise if the part has none.
  /// - Throws: `EvaluationError.emptyPart` and `.foreignWords`.
  package init(
    _ dataset: Dataset, for model: KeywordModel, part: EvaluationPart, alarmAudio: [FilePath] = [],
    isTrainedOn: Bool = false, cutsSilence: Bool = true
  ) throws(EvaluationError) {
    self.part = part
    roles = ClipRoles(model, isTrainedOn: isTrainedOn)
    let split = part.split
    recordings = dataset.recordings.filter { split == nil || $0.split == split }
    total = dataset.recordings.count
    self.dataset = dataset
    self.alarmAudio = DistinctFiles.of(alarmAudio)
    let repeated = alarmAudio.count - self.alarmAudio.count
    let alarmWarnings =
      repeated == 0
      ? []
      : ["\(repeated) of \(alarmAudio.count) alarm recordings are repeated; each is counted once"]
    let hasOthers = recordings.contains { !model.keywords.contains($0.label) }
    let unmeasured = hasOthers ? nil : model.otherWordsText
    ownWarnings =
      try dataset.wordWarnings(for: model) + alarmWarnings + (unmeasured.map { [$0] } ?? [])
    guard !recordings.isEmpty else {
      let clips = dataset.recordings.reduce(into: [:]) { $0[$1.split, default: 0] += 1 }
      throw .emptyPart(part, dataset: dataset.name, clips: clips)
    }
    let needsSilence =
      cutsSilence && model.labels.contains(ClassLabel.silence) && !dataset.noise.isEmpty
      && !recordings.contains { $0.label == ClassLabel.silence }
    silenceCount =
      needsSilence
      ? SilenceCuts.count(keywordClips: recordings.count { ClassLabel.isKeyword($0.label) }) : 0
  }

  /// The file of an item; nil for silence that is cut.
  func file(at index: Int) -> FilePath? {
    if index < recordings.count { return recordings[index].path }
    let alarm = index - recordings.count - silenceCount
    return alarm < 0 ? nil : alarmAudio[alarm]
  }
}
