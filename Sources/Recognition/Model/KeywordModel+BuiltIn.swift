import CModel
import SystemPackage

extension KeywordModel {
  /// The model that ships with the program: the ten words of Speech Commands' usual task, unknown
  /// and silence.
  ///
  /// Its card (Sources/CModel/MODEL_CARD.md) says what it was trained on and how good it is.
  ///
  /// - Throws: `ModelError`, which would be a mistake in the build.
  public static func builtIn() throws(ModelError) -> KeywordModel {
    let bytes = RawSpan(_unsafeStart: kws_model, byteCount: kws_model_size)
    return try KeywordModel(decoding: bytes, from: "built-in model")
  }
}
