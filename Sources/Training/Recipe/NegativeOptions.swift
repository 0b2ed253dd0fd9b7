import Basics
import SystemPackage

/// Recordings of speech without keywords, of which windows are drawn at random as unknown.
///
/// What a person named; `config.json` and checkpoints keep it.
public struct NegativeOptions: Codable, Equatable, Sendable {
  /// Recordings, or folders of them, as bytes: a path need not be UTF-8.
  package var paths: [[UInt8]]
  /// Files of labels and transcripts, as bytes.
  package var labels: [[UInt8]]
  /// Windows an epoch, as a share of the keyword clips.
  public var share: Double
  /// Share of the keyword clips that are put into such windows.
  public var wordShare: Double

  /// Share of the keyword clips that are put into running speech, where there is some.
  public static let standardWordShare = 0.5

  /// Windows of recordings that `labels` say the words of.
  public init(
    _ paths: [FilePath], labels: [FilePath] = [], share: Double = 1,
    wordShare: Double = standardWordShare
  ) {
    self.paths = paths.map(\.bytes)
    self.labels = labels.map(\.bytes)
    (self.share, self.wordShare) = (share, wordShare)
  }
}

extension NegativeOptions {
  /// The options as `config.json` has them.
  var config: [(name: String, json: String)] {
    func list(_ paths: [[UInt8]]) -> String {
      // UTF-8 as it is, so that it can be given back.
      let texts = paths.map { String(validating: $0, as: UTF8.self) ?? $0.displayName }
      return "[" + texts.map(JSONText.string).joined(separator: ", ") + "]"
    }
    var config = [(name: "negatives", json: list(paths))]
    if !labels.isEmpty { config.append((name: "negative-labels", json: list(labels))) }
    return config + [
      (name: "negative-share", json: "\(share)"), (name: "word-share", json: "\(wordShare)"),
    ]
  }
}
