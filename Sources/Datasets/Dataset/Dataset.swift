import Recognition
import SystemPackage

/// Labelled recordings, each in one of three parts, in an order that depends on nothing but names.
public struct Dataset: Sendable {
  /// The folder of background noise, which is never a word.
  public static let noiseFolder = "_background_noise_"
  /// Names that cannot be words.
  static let reservedLabels = [ClassLabel.unknown, ClassLabel.silence, noiseFolder]

  /// The dataset's folder; of a manifest, the folder that it stands in.
  public let root: FilePath
  /// All clips, in the byte order of their paths relative to the root.
  public let recordings: [Recording]
  /// The classes: the words in the order given, or sorted; then unknown, if there are clips of
  /// it; then silence.
  public let labels: [String]
  /// Recordings of background noise, in byte order.
  public let noise: [NoiseRecording]
  /// How the clips came into their parts.
  public let splitRule: SplitRule
  /// What was left out, by reason.
  public let ignored: [IgnoredEntries]
  /// What a person should know before trusting the data, a sentence with numbers each.
  public let warnings: [String]

  package init(
    root: FilePath, recordings: [Recording], labels: [String], noise: [NoiseRecording],
    splitRule: SplitRule, ignored: [IgnoredEntries], warnings: [String]
  ) {
    (self.root, self.recordings, self.labels, self.noise) = (root, recordings, labels, noise)
    (self.splitRule, self.ignored, self.warnings) = (splitRule, ignored, warnings)
  }

  /// Whether the data itself says which clip belongs to which part.
  public var carriesOwnSplit: Bool { splitRule.isOwn }

  /// The clips of one part, in order.
  public func recordings(in split: Split) -> [Recording] {
    recordings.filter { $0.split == split }
  }
}
