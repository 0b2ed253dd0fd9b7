import Basics
import Recognition
import Sound

/// Clips of silence for measuring: the same cuts in training's validation and in every evaluation,
/// so that models are compared on equal clips.
package struct SilenceCuts {
  /// Number of cuts: one per ten clips of words, as in the test set of Speech Commands (Warden
  /// 2018).
  package static func count(keywordClips: Int) -> Int { max(1, keywordClips / 10) }

  private let noise: NoiseLibrary
  private let split: Split
  private let format: AudioFormat
  private var generator: SeededGenerator

  /// An endless sequence of cuts from the noise of `split`, each as long as the longest clip.
  package init(_ noise: NoiseLibrary, window: ClipWindow, sampleRate: Int, for split: Split) {
    self.noise = noise
    self.split = split
    format = AudioFormat(
      container: "none", encoding: "none", sampleRate: sampleRate, channels: 1,
      frames: Int(window.maximumSeconds * Double(sampleRate)))
    generator = SeededGenerator(seed: UInt64(Split.allCases.firstIndex(of: split)!))
  }

  /// The next cut.
  @discardableResult package mutating func next() -> Clip {
    Clip(
      samples: noise.silence(format.frames, for: split, using: &generator),
      sampleRate: format.sampleRate, source: format)
  }

  /// The first `count` cuts.
  package static func clips(
    _ count: Int, _ noise: NoiseLibrary, window: ClipWindow, sampleRate: Int, for split: Split
  ) -> [Clip] {
    var cuts = SilenceCuts(noise, window: window, sampleRate: sampleRate, for: split)
    return (0..<count).map { _ in cuts.next() }
  }
}
