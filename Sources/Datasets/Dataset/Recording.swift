import Recognition
import SystemPackage

/// One clip of a dataset: its file, its label and its part.
public struct Recording: Equatable, Sendable {
  /// The path of the file; its name may have any bytes.
  public let path: FilePath
  /// The path relative to the dataset's root, for people; bytes that are not UTF-8 as `%FF`.
  public let name: String
  /// The word spoken: the name of the label folder, or the manifest's label.
  public let word: String
  /// The class: the word, or `ClassLabel.unknown` for a word that is not a keyword.
  public let label: String
  /// The part that the clip belongs to.
  public let split: Split
  /// The speaker, if the name, a pattern or the manifest gives one.
  public let speaker: String?
  /// Size of the file, in bytes.
  public let byteCount: Int
  /// Whether windows of it are drawn at random, and it is no clip.
  package let isStream: Bool

  /// Makes a clip.
  public init(
    path: FilePath, name: String, word: String, label: String, split: Split, speaker: String?,
    byteCount: Int
  ) {
    self.path = path
    self.name = name
    self.word = word
    self.label = label
    self.split = split
    self.speaker = speaker
    self.byteCount = byteCount
    isStream = false
  }

  /// Describes a recording that windows are drawn from.
  package init(
    path: FilePath, name: String, word: String, label: String, split: Split, speaker: String?,
    byteCount: Int, isStream: Bool
  ) {
    (self.path, self.name, self.word, self.label) = (path, name, word, label)
    (self.split, self.speaker, self.byteCount, self.isStream) = (
      split, speaker, byteCount, isStream
    )
  }

  /// The key by which clips are split: the speaker, or the file's name.
  package var splitKey: String { speaker ?? fileName }

  /// The file's own name, for people.
  var fileName: String { String(name.split(separator: "/").last ?? "") }
}

/// One recording of background noise.
public struct NoiseRecording: Equatable, Sendable {
  /// The path of the file; its name may have any bytes.
  public let path: FilePath
  /// The path relative to the dataset's root, for people.
  public let name: String
  /// The part of the whole recording, if the dataset defines one; nil if it is cut in time.
  public let split: Split?

  /// Makes a noise recording.
  public init(path: FilePath, name: String, split: Split?) {
    self.path = path
    self.name = name
    self.split = split
  }

  /// The samples of each part, if the decoded recording has `sampleCount` samples.
  public func segments(sampleCount: Int) -> NoiseSegments {
    guard let split else { return NoiseSegments(sampleCount: sampleCount) }
    return NoiseSegments(sampleCount: sampleCount, whole: split)
  }
}
