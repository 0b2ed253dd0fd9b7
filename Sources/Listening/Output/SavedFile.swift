import Basics
import SystemPackage

/// Names of files of sound in folders that are named by words.
enum SavedFile {
  /// A name that stays within its folder: no slash, and no dot first.
  static func name(_ bytes: [UInt8]) -> [UInt8] {
    var safe = bytes.map { [UInt8(ascii: "/"), 0].contains($0) ? UInt8(ascii: "_") : $0 }
    if safe.isEmpty || safe[0] == UInt8(ascii: ".") { safe.insert(UInt8(ascii: "_"), at: 0) }
    return safe
  }

  /// The path of a WAV file that is not there, or holds these bytes already.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - stem: The name without its ending; where it is taken by other bytes, `-2` follows, and so on.
  ///   - bytes: What the file is to hold.
  /// - Returns: The path.
  static func free(in folder: FilePath, _ stem: [UInt8], _ bytes: [UInt8]) -> FilePath {
    var number = 1
    while true {
      let ending = number == 1 ? ".wav" : "-\(number).wav"
      let path = folder.below(stem + Array(ending.utf8))
      if case .brokenLink = EntryKind(of: path) { return path }
      if let old = try? readFile(path, limit: bytes.count), old == bytes { return path }
      number += 1
    }
  }
}
