import CSndfile
import Foundation
import SystemPackage
import Testing

/// Makes small audio files through libsndfile, for the decoder to read back.
enum SoundFileWriter {
  /// The bytes of a file of interleaved samples.
  static func bytes(
    _ samples: [Float], container: Int, encoding: Int, sampleRate: Int, channels: Int
  ) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "kws-\(UUID()).audio").path
    defer { unlink(path) }
    var info = SF_INFO()
    info.format = CInt(container | encoding)
    info.samplerate = CInt(sampleRate)
    info.channels = CInt(channels)
    let file = try #require(
      sf_open(path, CInt(SFM_WRITE), &info), "\(String(cString: sf_strerror(nil)))")
    let written = sf_writef_float(file, samples, sf_count_t(samples.count / channels))
    sf_close(file)
    try #require(Int(written) == samples.count / channels)
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  /// `frames` frames of a sine at half of full scale, the same in each channel but for its sign.
  static func sine(frames: Int, channels: Int, sampleRate: Int, frequency: Double = 440) -> [Float]
  {
    (0..<frames).flatMap { n in
      let value = Float(0.5 * sin(2 * Double.pi * frequency * Double(n) / Double(sampleRate)))
      return (0..<channels).map { $0 % 2 == 0 ? value : -value }
    }
  }
}
