import Basics
import Sound
import SystemPackage

extension NoiseRecording {
  /// The audio files in a folder and below it as background noise, each to be cut in time.
  ///
  /// - Throws: `FileError` if the folder cannot be read.
  package static func below(_ folder: FilePath) throws(FileError) -> [NoiseRecording] {
    try AudioFiles.below(folder).map { NoiseRecording(path: $0, name: "\($0)", split: nil) }
  }
}
