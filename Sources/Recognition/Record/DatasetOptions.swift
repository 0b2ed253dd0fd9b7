/// How a dataset is read; stored with the model, so that evaluation splits as training did.
public struct DatasetOptions: Codable, Equatable, Sendable {
  /// What the recordings are for, which decides what is an error.
  public enum Purpose: String, Codable, Sendable {
    /// Every word needs clips, and there must be two classes to tell apart.
    case training
    /// A word without clips is a warning, and one class is enough.
    case evaluation
  }

  /// What the recordings are for.
  public var purpose = Purpose.training
  /// The words to tell apart, in the order of the classes; every other word is unknown.
  ///
  /// Nil makes every label folder a class.
  public var words: [String]?
  /// Regular expression whose first group is the speaker; nil if names do not tell.
  ///
  /// It is searched in the file's name, or, if it contains a `/`, in the path relative to the
  /// dataset's root. Names with `_nohash_` carry their speaker before it and do not need it.
  public var speakerPattern: String?
  /// Share of the speakers (or file names) for validation where a hash splits, in percent.
  public var validationPercent = 10.0
  /// Share of the speakers (or file names) for testing where a hash splits, in percent.
  public var testingPercent = 10.0
  /// Whether a manifest may name files outside its own folder, also through links.
  public var allowOutside = false
  /// The fold that tests, in a cross-validation; it stands before every other way to split.
  public var fold: Fold?

  /// The defaults: every folder a class, 80, 10 and 10 percent.
  public init() {}

  /// Reads options; those that are not there keep their defaults.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    purpose = try values.decodeIfPresent(Purpose.self, forKey: .purpose) ?? purpose
    words = try values.decodeIfPresent([String].self, forKey: .words)
    speakerPattern = try values.decodeIfPresent(String.self, forKey: .speakerPattern)
    validationPercent =
      try values.decodeIfPresent(Double.self, forKey: .validationPercent) ?? validationPercent
    testingPercent =
      try values.decodeIfPresent(Double.self, forKey: .testingPercent) ?? testingPercent
    allowOutside = try values.decodeIfPresent(Bool.self, forKey: .allowOutside) ?? allowOutside
    fold = try values.decodeIfPresent(Fold.self, forKey: .fold)
  }
}
