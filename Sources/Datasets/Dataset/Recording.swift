import Recognition
import SystemPackage

/// One clip of a dataset: where it is, what is said in it, and which part it belongs to.
public struct Recording: Equatable, Sendable {
  /// A path that can be opened, whatever bytes its name has.
  public let path: FilePath
  /// The path relative to the dataset's root, for people; bytes that are not UTF-8 as `%FF`.
  public let name: String
  /// The word spoken: the name of the label folder, or the manifest's label.
  public let word: String
  /// The class to learn or to test: the word, or `ClassLabel.unknown` for a word not asked for.
  public let label: String
  /// The part that the clip belongs to.
  public let split: Split
  /// Who speaks, where the name, a pattern or the manifest says so.
  public let speaker: String?
  /// Size of the file, in bytes.
  public let byteCount: Int

  /// Describes one clip.
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
  }

  /// What keeps clips together where a rule splits them: the speaker, or the file's own name.
  package var splitKey: String { speaker ?? String(name.split(separator: "/").last ?? "") }
}

/// One recording of background noise.
public struct NoiseRecording: Equatable, Sendable {
  /// A path that can be opened, whatever bytes its name has.
  public let path: FilePath
  /// The path relative to the dataset's root, for people.
  public let name: String
  /// The part that the data gives the whole recording to; nil if it is to be cut in time.
  public let split: Split?

  /// Describes one noise recording.
  public init(path: FilePath, name: String, split: Split?) {
    self.path = path
    self.name = name
    self.split = split
  }

  /// Which samples belong to which part when the decoded recording has `sampleCount` samples.
  public func segments(sampleCount: Int) -> NoiseSegments {
    guard let split else { return NoiseSegments(sampleCount: sampleCount) }
    return NoiseSegments(sampleCount: sampleCount, whole: split)
  }
}
