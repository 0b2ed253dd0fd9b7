import Basics
import SystemPackage

/// Recordings whose formats kws does not read, such as those of telephones and browsers.
enum UnreadSound {
  /// How many there are of each word, and the command that converts them; nil if there are none.
  ///
  /// - Parameters:
  ///   - entries: What a dataset left out.
  ///   - clips: The names of its clips. A recording beside which a clip has the same name but for
  ///     the ending is converted already, and is not counted.
  ///   - root: Its folder, as the person named it.
  /// - Returns: One sentence.
  static func warning(
    _ entries: [IgnoredEntries], beside clips: [String], below root: FilePath
  ) -> String? {
    let unread = entries.filter { $0.reason == .unreadSound }.flatMap(\.names)
    if unread.isEmpty { return nil }
    let converted = Set(clips.map(stem(of:)))
    let names = unread.filter { !converted.contains(stem(of: $0)) }
    if names.isEmpty { return nil }
    let found = Set(names.compactMap(ending)).sorted()
    var words: [String: Int] = [:]
    for name in names {
      let folder = name.split(separator: "/").dropLast().last.map(String.init)
      words[folder ?? "the folder itself", default: 0] += 1
    }
    let listed = words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10).map {
      "\($0.key) \($0.value)"
    }
    return
      "\(counted(names.count, "recording")) of formats that are not read "
      + "(\(found.map { "." + $0 }.joined(separator: ", "))) left out: "
      + listed.joined(separator: ", ") + (words.count > listed.count ? ", ..." : "")
      + "; to convert them: \(command(found, below: root))"
  }

  /// A command for a shell that writes a FLAC beside each of the files.
  private static func command(_ endings: [String], below root: FilePath) -> String {
    let quoted = "'" + root.displayName.replacing("'", with: #"'\''"#) + "'"
    let names = endings.map { "-iname '*.\($0)'" }.joined(separator: " -o ")
    return "find \(quoted) -type f \\( \(names) \\) -exec sh -c "
      + #"'ffmpeg -nostdin -v error -n -i "$1" "${1%.*}.flac"' sh {} \;"#
  }

  /// A name without its ending.
  private static func stem(of name: String) -> String {
    ending(of: name).map { String(name.dropLast($0.count + 1)) } ?? name
  }

  private static func ending(of name: String) -> String? {
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }
}
