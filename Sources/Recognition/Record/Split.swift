/// The three parts of a dataset: training fits the weights, validation chooses the epoch and the
/// thresholds, testing is measured once at the end.
public enum Split: String, Codable, CaseIterable, Sendable {
  case training, validation, testing

  /// The part that a folder or a manifest cell names: `train`, `training`, `validation`, `valid`,
  /// `val`, `dev`, `test` or `testing`, in any case; nil for every other name.
  public init?(name: String) {
    switch name.lowercased() {
    case "train", "training": self = .training
    case "validation", "valid", "val", "dev": self = .validation
    case "test", "testing": self = .testing
    default: return nil
    }
  }
}

/// How a dataset's recordings were divided into parts.
public enum SplitRule: String, Codable, Sendable {
  /// `testing_list.txt` and `validation_list.txt` in the dataset's folder name the clips of those
  /// parts; the rest is for training.
  case officialLists
  /// Folders such as `train/`, `validation/` and `test/` hold the label folders.
  case splitFolders
  /// The manifest has a split column.
  case manifest
  /// The speakers of one fold are tested on, all others trained on.
  case fold
  /// Every clip trains: of few speakers, or few clips, none can be spared, and folds measure.
  case whole
  /// SHA-1 of the speaker, so that all clips of one speaker are in one part.
  case speakerHash
  /// SHA-1 of the file's name, because the speaker of at least one clip is not known.
  case fileNameHash

  /// Whether the dataset itself defines the parts.
  public var isOwn: Bool {
    switch self {
    case .officialLists, .splitFolders, .manifest: true
    case .fold, .whole, .speakerHash, .fileNameHash: false
    }
  }
}
