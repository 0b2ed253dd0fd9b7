import Basics

/// Why an entry of a dataset's folder or manifest is not a clip.
public enum IgnoredReason: String, Codable, CaseIterable, Sendable {
  case hidden, notAudio, unreadSound, emptyFile, notInLabelFolder, nestedFolder, folderWithoutClips
  case outsideSplitFolders, unreadableFolder, unreadableFile, brokenLink, notRegularFile
  case missingFile, repeatedRow, notAManifest

  /// The reason as text, for a line such as "empty files: 3 (yes/a.wav, ...)".
  public var description: String {
    switch self {
    case .hidden: "hidden (name begins with a dot)"
    case .notAudio: "not audio by their ending"
    case .unreadSound: "of a format that is not read"
    case .emptyFile: "empty files"
    case .notInLabelFolder: "clips outside a label folder"
    case .nestedFolder: "folders beside a label's clips, or two deep"
    case .folderWithoutClips: "folders without clips"
    case .outsideSplitFolders: "folders beside train, validation and test"
    case .unreadableFolder: "folders that cannot be read"
    case .unreadableFile: "files that cannot be read"
    case .brokenLink: "links that lead nowhere or in a circle"
    case .notRegularFile: "neither files nor folders"
    case .missingFile: "named by the manifest but missing"
    case .repeatedRow: "named twice by the manifest"
    case .notAManifest: "tables without path and label columns"
    }
  }
}

/// The entries that were left out for one reason.
public struct IgnoredEntries: Equatable, Sendable {
  /// Why they were left out.
  public let reason: IgnoredReason
  /// All of them, relative to the dataset's root, in byte order.
  public let names: [String]

  /// One line for people: the reason, the number and the first names.
  public func summary(naming limit: Int = 3) -> String {
    Self.summary(reason, names.count, names, naming: limit)
  }

  package static func summary(
    _ reason: IgnoredReason, _ count: Int, _ names: [String], naming limit: Int = 3
  ) -> String {
    let first = names.prefix(limit).joined(separator: ", ")
    return "\(reason.description): \(count) (\(first)\(count > limit ? ", ..." : ""))"
  }
}

/// Collects entries by reason while a dataset is read.
struct IgnoredCollector {
  private var paths: [IgnoredReason: [PathBytes]] = [:]

  mutating func add(_ reason: IgnoredReason, _ path: PathBytes) {
    paths[reason, default: []].append(path)
  }

  /// The entries, sorted, so that the result does not depend on the order of the folder or of the
  /// dictionary.
  package var entries: [IgnoredEntries] {
    IgnoredReason.allCases.compactMap { reason in
      paths[reason].map { found in
        IgnoredEntries(
          reason: reason, names: found.sorted(by: PathBytes.precedes).map(\.displayName))
      }
    }
  }
}
