#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

/// Files embedded in a page as data URIs (RFC 2397), so that the page is one file.
package enum DataURI {
  /// Samples as a WAV file of 16-bit PCM, clipped at full scale.
  package static func wav(_ samples: some Collection<Float>, sampleRate: Int) -> String {
    "data:audio/wav;base64,"
      + Data(WaveFile.bytes(samples, sampleRate: sampleRate)).base64EncodedString()
  }

  /// A picture with 256 levels as PNG; see `PNG`.
  package static func png(width: Int, height: Int, levels: [UInt8]) -> String {
    "data:image/png;base64,"
      + Data(PNG.bytes(width: width, height: height, levels: levels)).base64EncodedString()
  }
}
