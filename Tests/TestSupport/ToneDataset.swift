import Glibc
import SystemPackage

/// Small datasets of tones, which a tiny network learns in seconds.
///
/// Word n is a tone of its own pitch with a random level, phase and some hiss; four speakers differ
/// a little in pitch. Equal arguments give equal bytes.
public enum ToneDataset {
  /// Pitch of each word, in Hz.
  public static let words: [(name: String, pitch: Double)] = [
    ("low", 350), ("mid", 900), ("top", 2200), ("up", 3100),
  ]
  /// Rate of the clips, in Hz.
  public static let sampleRate = 8_000

  /// Writes a folder per word: `<speaker>_nohash_<n>.wav`.
  ///
  /// - Parameters:
  ///   - folder: Where to.
  ///   - words: How many of `words`.
  ///   - clips: Clips of each word.
  ///   - seconds: Length of each.
  ///   - reversed: Whether the files are made in the opposite order, which changes the order in
  ///     which the folder is read and nothing else.
  ///   - seed: Another seed makes other sounds.
  public static func write(
    to folder: FilePath, words: Int = 2, clips: Int = 16, seconds: Double = 0.25,
    reversed: Bool = false, seed: Int = 0
  ) {
    var jobs: [(word: Int, clip: Int)] = []
    for word in 0..<words { for clip in 0..<clips { jobs.append((word, clip)) } }
    if reversed { jobs.reverse() }
    for (word, clip) in jobs {
      let speaker = clip % 4
      let name = "speaker\(speaker)_nohash_\(clip / 4).wav"
      let pitch = Self.words[word].pitch * (1 + 0.02 * Double(speaker))
      let samples = tone(pitch, seconds: seconds, seed: UInt64(seed + word * 1_000 + clip))
      TemporaryFolder.write(
        wav(samples, sampleRate: sampleRate),
        to: folder.appending(Self.words[word].name).appending(name))
    }
  }

  /// Lists that put speaker 2 into validation and speaker 3 into testing.
  public static func writeLists(to folder: FilePath, words: Int = 2, clips: Int = 16) {
    for (file, speaker) in [("validation_list.txt", 2), ("testing_list.txt", 3)] {
      let lines = (0..<words).flatMap { word in
        (0..<clips).filter { $0 % 4 == speaker }.map {
          "\(Self.words[word].name)/speaker\(speaker)_nohash_\($0 / 4).wav"
        }
      }
      TemporaryFolder.write(
        Array((lines.joined(separator: "\n") + "\n").utf8), to: folder.appending(file))
    }
  }

  /// A tone with hiss, +-1.
  public static func tone(_ pitch: Double, seconds: Double, seed: UInt64) -> [Float] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func uniform() -> Double {
      // A linear congruential generator is random enough for hiss (Knuth's MMIX constants).
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let level = 0.2 + 0.5 * uniform()
    let phase = 2 * Double.pi * uniform()
    return (0..<Int(seconds * Double(sampleRate))).map { index in
      let time = Double(index) / Double(sampleRate)
      return Float(level * sin(2 * Double.pi * pitch * time + phase) + 0.02 * (uniform() - 0.5))
    }
  }

  /// A 16-bit PCM WAV file of interleaved samples.
  public static func wav(_ samples: [Float], sampleRate: Int, channels: Int = 1) -> [UInt8] {
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    let data = samples.flatMap { bytes(Int16(max(-1, min(1, $0)) * 32_767)) }
    return Array("RIFF".utf8) + bytes(UInt32(36 + data.count)) + Array("WAVEfmt ".utf8)
      + bytes(UInt32(16)) + bytes(UInt16(1)) + bytes(UInt16(channels)) + bytes(UInt32(sampleRate))
      + bytes(UInt32(sampleRate * 2 * channels)) + bytes(UInt16(2 * channels)) + bytes(UInt16(16))
      + Array("data".utf8) + bytes(UInt32(data.count)) + data
  }
}
