import CModel
import SystemPackage

extension KeywordModel {
  /// The model that is part of the program: ten words of Speech Commands, unknown and silence.
  ///
  /// Its model card is Sources/CModel/MODEL_CARD.md.
  ///
  /// - Throws: `ModelError`, only if the build is wrong.
  public static func builtIn() throws(ModelError) -> KeywordModel {
    let bytes = RawSpan(_unsafeStart: kws_model, byteCount: kws_model_size)
    return try KeywordModel(decoding: bytes, from: "built-in model")
  }
}
