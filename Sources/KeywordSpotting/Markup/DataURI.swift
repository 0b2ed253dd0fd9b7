#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files inside a page (RFC 2397), so that it needs no other file.
enum DataURI {
  /// Samples as a WAV file of 16-bit PCM, clipped at full scale.
  static func wav(_ samples: some Collection<Float>, sampleRate: Int) -> String {
    let size = 2 * samples.count
    var bytes = Array("RIFF".utf8) + little(36 + size, 4) + Array("WAVEfmt ".utf8)
    bytes += little(16, 4) + little(1, 2) + little(1, 2)
    bytes += little(sampleRate, 4) + little(2 * sampleRate, 4) + little(2, 2) + little(16, 2)
    bytes += Array("data".utf8) + little(size, 4)
    for sample in samples {
      let value = Int((max(-1, min(1, sample)) * 32_767).rounded())
      bytes += little(value, 2)
    }
    return "data:audio/wav;base64," + Data(bytes).base64EncodedString()
  }

  /// A picture with 256 levels as PNG; see `PNG`.
  static func png(width: Int, height: Int, levels: [UInt8]) -> String {
    "data:image/png;base64,"
      + Data(PNG.bytes(width: width, height: height, levels: levels)).base64EncodedString()
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
