import SystemPackage

/// Where a clip comes from.
public enum ClipSource: Sendable {
  /// A file of any format that `AudioDecoder` reads.
  case file(FilePath)
  /// A file's content, such as standard input; the name is for messages.
  case bytes([UInt8], name: String)
  /// Samples at the model's rate.
  case clip(Clip)

  /// Name of the clip in messages.
  package var name: String {
    switch self {
    case .file(let path): path.string
    case .bytes(_, let name): name
    case .clip: "samples"
    }
  }
}
