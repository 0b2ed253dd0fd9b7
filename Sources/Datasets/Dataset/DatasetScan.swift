import Basics
import Recognition
import SystemPackage

/// The entries that were found, before classes and missing parts are assigned.
struct DatasetScan {
  struct Clip {
    /// The path relative to the root, by which clips are sorted.
    var relative: PathBytes
    var path: FilePath
    var word: String
    var split: Split?
    var speaker: String?
    /// The folder within the label's folder, if the file lies in one.
    var folder: String?
    var byteCount: Int

    /// The file's own name, for people.
    var fileName: String { Array(relative.fileName).displayName }
  }

  let root: FilePath
  var clips: [Clip] = []
  var noise: [Clip] = []
  var ignored = IgnoredCollector()
  var warnings: [String] = []
  /// The rule by which the dataset itself defines the parts; nil if it does not.
  var ownRule: SplitRule?

  init(root: FilePath) {
    self.root = root
  }

  /// Adds one entry of a label folder or manifest as clip or noise, or as left out with a reason.
  mutating func add(
    _ relative: PathBytes, at path: FilePath, word: String, split: Split?, speaker: String? = nil,
    folder: String? = nil, kind: EntryKind, whenMissing: IgnoredReason = .brokenLink
  ) {
    if let reason = Self.reason(relative, kind, whenMissing: whenMissing) {
      ignored.add(reason, relative)
      return
    }
    guard case .file(let byteCount) = kind else { preconditionFailure("\(kind) is not a file") }
    let clip = Clip(
      relative: relative, path: path, word: word, split: split, speaker: speaker,
      folder: folder, byteCount: byteCount)
    if word == Dataset.noiseFolder {
      noise.append(clip)
    } else {
      clips.append(clip)
    }
  }

  /// Why an entry is not a clip; nil if it is one.
  private static func reason(
    _ relative: PathBytes, _ kind: EntryKind, whenMissing: IgnoredReason
  ) -> IgnoredReason? {
    if relative.fileName.first == UInt8(ascii: ".") { return .hidden }
    switch kind {
    case .folder: return .nestedFolder
    case .file where !relative.hasAudioEnding:
      return relative.hasUnreadEnding ? .unreadSound : .notAudio
    case .file(byteCount: 0): return .emptyFile
    case .file: return nil
    case .brokenLink: return whenMissing
    case .unreadable: return .unreadableFile
    case .other: return .notRegularFile
    }
  }
}
