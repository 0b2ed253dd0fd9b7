import CModel
import SystemPackage

/// A model that is part of the program; the raw value is its name for people.
///
/// Sources/CModel/MODEL_CARD.md says what each was trained on, and how good it is.
public enum BuiltInModel: String, CaseIterable, Sendable {
  /// Ten commands of Speech Commands, unknown and silence: to recognise and to listen with.
  case commands = "built-in"
  /// Thirty words of Speech Commands and unknown: to start a training of other words from.
  case words = "built-in-words"

  /// What it is, in a word or two.
  public var summary: String {
    switch self {
    case .commands: "built-in (Speech Commands)"
    case .words: "built-in-words (30 words of Speech Commands)"
    }
  }
}

extension KeywordModel {
  /// A model that is part of the program.
  ///
  /// - Throws: `ModelError`, only if the build is wrong.
  public static func builtIn(
    _ model: BuiltInModel = .commands
  ) throws(ModelError) -> KeywordModel {
    let bytes =
      switch model {
      case .commands: RawSpan(_unsafeStart: kws_model, byteCount: kws_model_size)
      case .words: RawSpan(_unsafeStart: kws_words_model, byteCount: kws_words_model_size)
      }
    return try KeywordModel(decoding: bytes, from: FilePath(model.rawValue))
  }
}
