/// WAV files of 16-bit PCM with one channel, which every player and browser can read.
package enum WaveFile {
  /// The most samples that a file of this format can have.
  package static let mostSamples = (Int(UInt32.max) - 36) / 2

  /// The file's bytes.
  ///
  /// - Parameters:
  ///   - samples: Clipped at full scale (+-1).
  ///   - sampleRate: In Hz.
  /// - Returns: A header of 44 bytes, then two bytes a sample.
  package static func bytes(_ samples: some Collection<Float>, sampleRate: Int) -> [UInt8] {
    header(sampleCount: samples.count, sampleRate: sampleRate) + data(samples)
  }

  /// The 44 bytes before the samples.
  package static func header(sampleCount: Int, sampleRate: Int) -> [UInt8] {
    let size = 2 * sampleCount
    var bytes = Array("RIFF".utf8) + little(36 + size, 4) + Array("WAVEfmt ".utf8)
    bytes += little(16, 4) + little(1, 2) + little(1, 2)
    bytes += little(sampleRate, 4) + little(2 * sampleRate, 4) + little(2, 2) + little(16, 2)
    return bytes + Array("data".utf8) + little(size, 4)
  }

  /// Two bytes a sample, clipped at full scale.
  package static func data(_ samples: some Collection<Float>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * samples.count)
    for sample in samples {
      let value = Int((max(-1, min(1, sample)) * 32_767).rounded())
      bytes += little(value, 2)
    }
    return bytes
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
