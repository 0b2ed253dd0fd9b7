import Basics
import Sound
import SystemPackage

extension NoiseRecording {
  /// The audio files in a folder and its subfolders as background noise, each to be cut in time.
  ///
  /// - Throws: `FileError` if the folder cannot be read, or holds no audio files.
  package static func below(_ folder: FilePath) throws(FileError) -> [NoiseRecording] {
    try AudioFiles.some(below: folder).map {
      NoiseRecording(path: $0, name: $0.displayName, split: nil)
    }
  }
}
