import Basics
import Recognition
import SystemPackage

/// Finds the clips of a folder that has a folder per label, either directly or below `train/`,
/// `validation/` and `test/`.
struct FolderReader {
  private var scan: DatasetScan
  /// Folders beside a word's clips that hold recordings, and how many.
  private var beside: [(folder: String, recordings: Int)] = []

  /// Reads the folder.
  ///
  /// The layout has split folders if one of them contains folders and no clips, and the folder has
  /// no split lists.
  static func scan(_ root: FilePath, _ listing: FolderListing) -> DatasetScan {
    var reader = FolderReader(scan: DatasetScan(root: root))
    let folders = listing.entries.filter { $0.kind == .folder }
    let parts = folders.filter { Split(name: $0.name.displayName) != nil }
    let hasLists = !SplitLists.names(in: listing).isEmpty
    if !hasLists, parts.contains(where: { reader.holdsOnlyFolders($0.name) }) {
      reader.scan.ownRule = .splitFolders
      for entry in listing.entries { reader.takeSplitFolder(entry) }
      reader.warnOfFoldersBeside()
    } else {
      reader.takeLabelFolders(listing, prefix: [], split: nil)
    }
    reader.warnOfRecordingsBeside()
    return reader.scan
  }

  private func path(_ relative: PathBytes) -> FilePath { scan.root.below(relative) }

  /// Whether a folder with the name of a part contains only folders; `test/` with clips in it is a
  /// word.
  private func holdsOnlyFolders(_ name: PathBytes) -> Bool {
    guard let listing = try? FolderListing(path(name), sizesOf: \.hasAudioEnding) else {
      return false
    }
    let visible = listing.entries.filter { $0.name.first != UInt8(ascii: ".") }
    return visible.contains { $0.kind == .folder }
      && !visible.contains { $0.kind != .folder && $0.name.hasAudioEnding }
  }

  private mutating func takeSplitFolder(_ entry: FolderListing.Entry) {
    let name = entry.name.displayName
    if entry.kind == .folder, name == Dataset.noiseFolder {
      takeLabelFolder(entry.name, word: name, split: nil)
    } else if entry.kind == .folder, let split = Split(name: name) {
      guard let listing = open(entry.name) else { return }
      takeLabelFolders(listing, prefix: entry.name + [UInt8(ascii: "/")], split: split)
    } else if entry.kind == .folder, entry.name.first != UInt8(ascii: ".") {
      scan.ignored.add(.outsideSplitFolders, entry.name)
    } else {
      takeStray(entry, entry.name)
    }
  }

  private mutating func takeLabelFolders(
    _ listing: FolderListing, prefix: PathBytes, split: Split?
  ) {
    for entry in listing.entries {
      if entry.kind == .folder, entry.name.first != UInt8(ascii: ".") {
        takeLabelFolder(prefix + entry.name, word: entry.name.displayName, split: split)
      } else {
        takeStray(entry, prefix + entry.name)
      }
    }
  }

  private mutating func takeLabelFolder(_ relative: PathBytes, word: String, split: Split?) {
    guard let listing = open(relative) else { return }
    let before = scan.clips.count + scan.noise.count
    let prefix = relative + [UInt8(ascii: "/")]
    // Beside clips a folder may hold anything, such as takes that were set aside.
    let mayHoldSpeakers = word != Dataset.noiseFolder && !Self.holdsClips(listing)
    if mayHoldSpeakers, listing.entries.contains(where: Self.isNoSpeaker) {
      warnOfDataset(relative)
    }
    for entry in listing.entries {
      let name = prefix + entry.name
      if mayHoldSpeakers, entry.kind == .folder, entry.name.first != UInt8(ascii: ".") {
        takeSpeakerFolder(name, word: word, split: split)
      } else {
        if entry.kind == .folder { countBeside(name) }
        scan.add(name, at: path(name), word: word, split: split, kind: entry.kind)
      }
    }
    if scan.clips.count + scan.noise.count == before {
      scan.ignored.add(.folderWithoutClips, relative)
    }
  }

  /// Takes the clips of a folder within a label's folder, which is named as the speaker; a folder
  /// without clips, and those within it, are left out.
  private mutating func takeSpeakerFolder(_ relative: PathBytes, word: String, split: Split?) {
    guard let listing = open(relative) else { return }
    let prefix = relative + [UInt8(ascii: "/")]
    guard Self.holdsClips(listing) || listing.entries.contains(where: Self.isUnreadSound) else {
      return scan.ignored.add(.nestedFolder, relative)
    }
    let speaker = Array(relative.fileName).displayName
    for entry in listing.entries {
      let name = prefix + entry.name
      scan.add(
        name, at: path(name), word: word, split: split, folder: speaker, kind: entry.kind)
    }
  }

  private static func holdsClips(_ listing: FolderListing) -> Bool {
    listing.entries.contains { entry in
      if case .file = entry.kind { return entry.name.hasAudioEnding }
      return false
    }
  }

  private static func isUnreadSound(_ entry: FolderListing.Entry) -> Bool {
    if case .file = entry.kind { return entry.name.hasUnreadEnding }
    return false
  }

  /// Counts the recordings in a folder beside clips, of formats that are read and others.
  private mutating func countBeside(_ relative: PathBytes) {
    guard let listing = try? FolderListing(path(relative), sizesOf: \.hasAudioEnding) else {
      return
    }
    let count = listing.entries.count { entry in
      if case .file = entry.kind { return entry.name.hasAudioEnding || Self.isUnreadSound(entry) }
      return false
    }
    if count > 0 { beside.append((relative.displayName, count)) }
  }

  /// Counts entries beside the label folders, except split lists and manifests.
  private mutating func takeStray(_ entry: FolderListing.Entry, _ relative: PathBytes) {
    if entry.name.first == UInt8(ascii: ".") {
      scan.ignored.add(.hidden, relative)
    } else if case .file = entry.kind {
      if SplitLists.fileNames.contains(entry.name.displayName) { return }
      scan.ignored.add(
        entry.name.hasAudioEnding
          ? .notInLabelFolder : relative.hasUnreadEnding ? .unreadSound : .notAudio, relative)
    } else {
      let reason: IgnoredReason =
        switch entry.kind {
        case .brokenLink: .brokenLink
        case .unreadable: .unreadableFile
        default: .notRegularFile
        }
      scan.ignored.add(reason, relative)
    }
  }

  private mutating func open(_ relative: PathBytes) -> FolderListing? {
    do {
      return try FolderListing(path(relative), sizesOf: \.hasAudioEnding)
    } catch {
      scan.ignored.add(.unreadableFolder, relative)
      return nil
    }
  }

  /// Whether an entry is a folder that only a dataset has.
  private static func isNoSpeaker(_ entry: FolderListing.Entry) -> Bool {
    let name = entry.name.displayName
    return entry.kind == .folder
      && (!ClassLabel.isKeyword(name) || name == Dataset.noiseFolder)
  }

  /// A folder of a word has no class for itself, so it is a dataset, and its folders are words.
  private mutating func warnOfDataset(_ relative: PathBytes) {
    let name = relative.displayName
    scan.warnings.append(
      "the folder '\(name)' is taken for a word and its folders for speakers, but it looks like a dataset: "
        + "to take its folders for words, name \(path(relative).displayName)")
  }

  private mutating func warnOfRecordingsBeside() {
    if beside.isEmpty { return }
    let names = beside.map(\.folder).sorted()
    let count = beside.reduce(0) { $0 + $1.recordings }
    scan.warnings.append(
      "\(counted(count, "recording")) in \(counted(names.count, "folder")) beside a word's clips "
        + "not read (\(names.prefix(3).joined(separator: ", "))\(names.count > 3 ? ", ..." : "")); "
        + "move them up beside the clips, or the word's "
        + "clips into such folders too, one for each person")
  }

  private mutating func warnOfFoldersBeside() {
    guard let beside = scan.ignored.entries.first(where: { $0.reason == .outsideSplitFolders })
    else { return }
    scan.warnings.append(
      "the folders \(DatasetError.list(beside.names)) are beside the split folders and are not "
        + "read; move them into train, validation or test")
  }
}
