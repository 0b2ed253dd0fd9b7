import Basics
import Recognition
import SystemPackage

extension Dataset {
  /// Reads a folder or a manifest; does not open any clip.
  ///
  /// A folder is split by the first of: the lists `testing_list.txt` and `validation_list.txt`;
  /// split folders; a manifest in it named `metadata` or `manifest` with the ending `.csv`, `.tsv`
  /// or `.jsonl`; the hash of Speech Commands over the speaker, or over the file's name if the
  /// speaker is not known.
  ///
  /// - Parameters:
  ///   - root: The folder or manifest.
  ///   - options: How it is read.
  ///   - hasNegatives: Whether recordings beside the dataset are taught as unknown, so that there is
  ///     such a class and one keyword is enough.
  /// - Returns: The clips with their classes and parts.
  /// - Throws: `DatasetError`.
  public static func scan(
    _ root: FilePath, options: DatasetOptions = DatasetOptions(), hasNegatives: Bool = false
  ) throws(DatasetError) -> Dataset {
    try options.check()
    var scan = try find(root, options)
    let unread = UnreadSound.warning(
      scan.ignored.entries, beside: (scan.clips + scan.noise).map(\.relative.displayName),
      below: root)
    if scan.clips.isEmpty, let unread { throw .onlyUnreadSound(unread) }
    if scan.clips.isEmpty {
      throw .noClips(root.bytes.displayName, ignored: scan.ignored.entries)
    }
    scan.clips.sort { PathBytes.precedes($0.relative, $1.relative) }
    scan.noise.sort { PathBytes.precedes($0.relative, $1.relative) }
    let classes = try Classes(
      scan.clips.map(\.word), ignored: scan.ignored.entries, options, hasNegatives: hasNegatives,
      &scan.warnings)
    let speakers = try SpeakerNames.fill(&scan.clips, classes, options, &scan.warnings)
    let rule = SplitAssignment.assign(&scan, classes, options)
    let recordings = scan.clips.map { clip in
      Recording(
        path: clip.path, name: clip.relative.displayName, word: clip.word,
        label: classes.label(of: clip.word), split: clip.split ?? .training,
        speaker: clip.speaker, byteCount: clip.byteCount)
    }
    return Dataset(
      root: scan.root, recordings: recordings, labels: classes.labels,
      noise: scan.noise.map {
        NoiseRecording(path: $0.path, name: $0.relative.displayName, split: $0.split)
      },
      splitRule: rule, speakerSource: speakers, ignored: scan.ignored.entries,
      warnings: scan.warnings + (unread.map { [$0] } ?? [])
        + SplitWarnings.all(recordings, labels: classes.labels, rule: rule, options))
  }

  /// The clips of a folder or manifest, in any of the layouts.
  private static func find(
    _ root: FilePath, _ options: DatasetOptions
  ) throws(DatasetError) -> DatasetScan {
    switch EntryKind(of: root) {
    case .file:
      var reader = ManifestReader(file: root, allowOutside: options.allowOutside)
      return try reader.scan()
    case .folder: break
    case .brokenLink: throw .missing(root.bytes.displayName)
    case .unreadable:
      throw .unreadable(root.bytes.displayName, reason: "permission denied on the way to it")
    case .other: throw .notADataset(root.bytes.displayName)
    }
    let listing: FolderListing
    do {
      listing = try FolderListing(root, sizesOf: \.hasAudioEnding)
    } catch {
      throw .unreadable(root.bytes.displayName, reason: error.description)
    }
    var scan = FolderReader.scan(root, listing)
    if scan.ownRule == nil { try SplitLists.apply(to: &scan, listing) }
    if scan.ownRule == nil, let manifest = try manifest(in: root, listing) {
      var reader = ManifestReader(file: manifest, allowOutside: options.allowOutside)
      do {
        return try reader.scan()
      } catch .manifest(_, _, .missingColumns) where !scan.clips.isEmpty {
        // A table beside label folders that is not a manifest.
        scan.ignored.add(.notAManifest, manifest.lastComponent.map { Array($0.string.utf8) } ?? [])
      }
    }
    return scan
  }

  /// The manifest in a folder, if it has one.
  private static func manifest(
    in root: FilePath, _ listing: FolderListing
  ) throws(DatasetError) -> FilePath? {
    let known = ["metadata", "manifest"].flatMap { name in
      ManifestFormat.allCases.map { "\(name).\($0.rawValue)" }
    }
    let names = listing.entries.map(\.name.displayName).filter(known.contains)
    if names.count > 1 { throw .severalManifests(root.bytes.displayName, names) }
    return names.first.map { root.appending($0) }
  }
}
