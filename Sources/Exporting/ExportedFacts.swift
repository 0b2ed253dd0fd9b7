import Basics
import Recognition
import Sound

/// The metadata of an exported file.
struct ExportedFacts {
  /// Keys and values, of which all but the first are JSON.
  let pairs: [(String, String)]

  init(_ model: KeywordModel) {
    func json(_ value: some Encodable) -> String {
      // Every number was checked when the model was made or read.
      String(decoding: try! jsonEncoder().encode(value), as: UTF8.self)
    }
    pairs = [
      ("kws.program", Version.current),
      ("kws.labels", json(model.labels)),
      ("kws.sample_rate", json(model.frontEnd.sampleRate)),
      ("kws.front_end", json(model.frontEnd)),
      ("kws.normalization", json(model.normalization)),
      ("kws.window", json(model.window)),
      ("kws.decision", json(model.decision)),
      ("kws.rule", json(model.rule)),
    ]
  }
}
