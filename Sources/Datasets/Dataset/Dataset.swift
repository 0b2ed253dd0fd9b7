import Recognition
import SystemPackage

/// Labelled recordings, each in one of three parts; their order depends only on names.
public struct Dataset: Sendable {
  /// The folder of background noise, which is never a word.
  public static let noiseFolder = "_background_noise_"
  /// Reserved names, which cannot be words.
  static let reservedLabels = [ClassLabel.unknown, ClassLabel.silence, noiseFolder]

  /// The dataset's folder, or the folder that contains the manifest.
  public let root: FilePath
  /// All clips, sorted by the bytes of their paths relative to the root.
  public let recordings: [Recording]
  /// The labels of the classes: the words in the given order, or sorted; then unknown, if it has
  /// clips; then silence.
  public let labels: [String]
  /// Recordings of background noise, in byte order.
  public let noise: [NoiseRecording]
  /// The rule by which the clips were divided into parts.
  public let splitRule: SplitRule
  /// How the speakers are known.
  public let speakerSource: SpeakerSource
  /// Entries that were left out, by reason.
  public let ignored: [IgnoredEntries]
  /// Warnings about the data, each one sentence with numbers.
  public let warnings: [String]

  package init(
    root: FilePath, recordings: [Recording], labels: [String], noise: [NoiseRecording],
    splitRule: SplitRule, speakerSource: SpeakerSource = .unknown, ignored: [IgnoredEntries],
    warnings: [String]
  ) {
    (self.root, self.recordings, self.labels, self.noise) = (root, recordings, labels, noise)
    (self.splitRule, self.speakerSource) = (splitRule, speakerSource)
    (self.ignored, self.warnings) = (ignored, warnings)
  }

  /// Whether the dataset itself defines the parts.
  public var carriesOwnSplit: Bool { splitRule.isOwn }

  /// The clips of one part, in order.
  public func recordings(in split: Split) -> [Recording] {
    recordings.filter { $0.split == split }
  }
}

extension Collection<Recording> {
  /// Speakers of words; nil where the speaker of one of their clips is not known.
  package var wordSpeakers: Int? {
    let speakers = filter { ClassLabel.isKeyword($0.label) }.map(\.speaker)
    return speakers.contains(nil) ? nil : Set(speakers).count
  }
}
