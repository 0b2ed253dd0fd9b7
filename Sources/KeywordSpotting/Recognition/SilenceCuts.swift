import Neural
import Sound

/// Clips of silence for measuring: the same cuts in training's validation and in every evaluation,
/// so that models are compared on equal clips.
enum SilenceCuts {
  /// How many: one for ten clips of words, as in the test set of Speech Commands (Warden 2018).
  static func count(keywordClips: Int) -> Int { max(1, keywordClips / 10) }

  /// Cuts of the longest clip's length from the noise that belongs to `split`.
  static func clips(
    _ count: Int, _ noise: NoiseLibrary, window: ClipWindow, sampleRate: Int, for split: Split
  ) -> [Clip] {
    let length = Int(window.maximumSeconds * Double(sampleRate))
    var generator = SeededGenerator(seed: UInt64(Split.allCases.firstIndex(of: split)!))
    return (0..<count).map { _ in
      Clip(
        samples: noise.silence(length, for: split, using: &generator), sampleRate: sampleRate,
        source: AudioFormat(
          container: "none", encoding: "none", sampleRate: sampleRate, channels: 1, frames: length))
    }
  }
}
