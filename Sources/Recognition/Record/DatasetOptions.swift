import Basics

/// How a dataset is read.
///
/// Stored with the model, so that evaluation uses the same split as training.
public struct DatasetOptions: Codable, Equatable, Sendable {
  /// The purpose of the recordings, which decides what is an error.
  public enum Purpose: String, Codable, Sendable {
    /// Training: every word needs clips, and there must be at least two classes.
    case training
    /// Evaluation: a word without clips gives a warning, and one class is enough.
    case evaluation
  }

  /// Whether clips are held out for validation and testing if the dataset defines no parts.
  public enum HoldOut: String, Codable, Sendable {
    /// None of few speakers, or of few clips without known speakers; otherwise a share by a hash.
    case bySize
    /// A share by a hash.
    case always
    /// None: every clip is for training.
    case never
  }

  /// The purpose of the recordings.
  public var purpose = Purpose.training
  /// The keywords, in the order of the classes; every other word is unknown.
  ///
  /// Nil makes every label folder a class.
  public var words: [String]?
  /// Regular expression whose first group is the speaker; nil if names do not contain one.
  ///
  /// It is searched in the file's name, or, if it contains a `/`, in the path relative to the
  /// dataset's root. Names with `_nohash_` have the speaker before it and need no pattern.
  public var speakerPattern: String?
  /// Whether that pattern was guessed from the names of a training's clips; nil or false where a person
  /// gave it.
  package var patternIsGuessed: Bool?
  /// Share of the speakers (or file names) for validation if a hash splits, in percent.
  public var validationPercent = 10.0
  /// Share of the speakers (or file names) for testing if a hash splits, in percent.
  public var testingPercent = 10.0
  /// Whether a manifest may name files outside its own folder, also through links.
  public var allowOutside = false
  /// Whether clips are held out; a model stores what came of `bySize`.
  public var holdOut = HoldOut.bySize
  /// The fold to test on, in a cross-validation; it overrides every other split.
  public var fold: Fold?

  /// The defaults: every folder a class; of many speakers 80, 10 and 10 percent.
  public init() {}

  /// Stored options that say whether clips are held out; before there was a choice, all trainings did.
  package static func withHoldOut(_ options: JSONValue?) -> JSONValue? {
    guard var options, options["holdOut"] == nil else { return options }
    options["holdOut"] = .string(HoldOut.always.rawValue)
    return options
  }
}
