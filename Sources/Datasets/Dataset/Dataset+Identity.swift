import Basics

extension Dataset {
  /// The folder's own name, for people.
  public var name: String {
    root.lexicallyNormalized().lastComponent.map { Array($0.string.utf8).displayName } ?? "dataset"
  }

  /// Names the list of files and their sizes: the same folder, also elsewhere, has the same one.
  public var fingerprint: String {
    var text: [UInt8] = []
    for recording in recordings {
      text += Array("\(recording.name)\n\(recording.byteCount)\n".utf8)
    }
    return SHA1.text(of: text)
  }
}
