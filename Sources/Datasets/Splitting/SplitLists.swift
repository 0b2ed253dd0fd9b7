import Basics
import Recognition
import SystemPackage

/// The lists of Speech Commands: the clips of the testing and validation parts, one relative path
/// per line; all other clips are for training.
struct SplitLists {
  static let fileNames = ["testing_list.txt", "validation_list.txt"]

  /// The lists that exist in the folder.
  static func names(in listing: FolderListing) -> [String] {
    let names = Set(listing.entries.map(\.name.displayName))
    return fileNames.filter(names.contains)
  }

  /// Sets the part of every clip if the folder has one of the lists.
  ///
  /// Extensions are not compared, so that lists still match after clips were converted. A clip in
  /// both lists is for testing, so that no test clip was used before.
  static func apply(
    to scan: inout DatasetScan, _ listing: FolderListing
  ) throws(DatasetError) {
    let files = names(in: listing)
    if files.isEmpty { return }
    var parts: [ArraySlice<UInt8>: Split] = [:]
    var order: [(stem: ArraySlice<UInt8>, file: String)] = []
    var inBoth = 0
    for file in files {
      let split = file == fileNames[0] ? Split.testing : .validation
      for line in TextFile.lines(of: try TextFile.bytes(of: scan.root.appending(file))) {
        let entry = Array(line.starts(with: Array("./".utf8)) ? line.dropFirst(2) : line)
        if entry.isEmpty { continue }
        order.append((entry.withoutEnding, file))
        if let first = parts[entry.withoutEnding] {
          if first != split { inBoth += 1 }
        } else {
          parts[entry.withoutEnding] = split
        }
      }
    }
    var found: Set<ArraySlice<UInt8>> = []
    for index in scan.clips.indices {
      let stem = scan.clips[index].relative.withoutEnding
      scan.clips[index].split = parts[stem] ?? .training
      if parts[stem] != nil { found.insert(stem) }
    }
    scan.ownRule = .officialLists
    let missing = order.filter { !found.contains($0.stem) }
    if let first = missing.first {
      scan.warnings.append(
        "\(missing.count) of \(order.count) clips in \(files.joined(separator: " and ")) are not "
          + "in the folder, such as \(Array(first.stem).displayName) in \(first.file)")
    }
    if inBoth > 0 {
      scan.warnings.append("clips in both lists: \(inBoth), taken for testing")
    }
  }
}
