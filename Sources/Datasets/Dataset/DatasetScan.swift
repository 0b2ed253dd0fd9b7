import Basics
import Recognition
import SystemPackage

/// What was found, before words become classes and a hash fills in the parts.
struct DatasetScan {
  struct Clip {
    /// Relative to the root: the key that everything is sorted by.
    var relative: PathBytes
    var path: FilePath
    var word: String
    var split: Split?
    var speaker: String?
    var byteCount: Int
  }

  let root: FilePath
  var clips: [Clip] = []
  var noise: [Clip] = []
  var ignored = IgnoredCollector()
  var warnings: [String] = []
  /// The rule by which the data splits itself; nil if it does not.
  var ownRule: SplitRule?

  init(root: FilePath) {
    self.root = root
  }

  /// Takes one entry of a label folder or manifest as clip or noise, or says why not.
  mutating func add(
    _ relative: PathBytes, at path: FilePath, word: String, split: Split?, speaker: String? = nil,
    kind: EntryKind, whenMissing: IgnoredReason = .brokenLink
  ) {
    if let reason = Self.reason(relative, kind, whenMissing: whenMissing) {
      ignored.add(reason, relative)
      return
    }
    guard case .file(let byteCount) = kind else { preconditionFailure("\(kind) is not a file") }
    let clip = Clip(
      relative: relative, path: path, word: word, split: split, speaker: speaker,
      byteCount: byteCount)
    if word == Dataset.noiseFolder {
      noise.append(clip)
    } else {
      clips.append(clip)
    }
  }

  /// Why an entry is no clip, or nil if it is one.
  private static func reason(
    _ relative: PathBytes, _ kind: EntryKind, whenMissing: IgnoredReason
  ) -> IgnoredReason? {
    if relative.fileName.first == UInt8(ascii: ".") { return .hidden }
    switch kind {
    case .folder: return .nestedFolder
    case .file where !relative.hasAudioEnding: return .notAudio
    case .file(byteCount: 0): return .emptyFile
    case .file: return nil
    case .brokenLink: return whenMissing
    case .unreadable: return .unreadableFile
    case .other: return .notRegularFile
    }
  }
}
