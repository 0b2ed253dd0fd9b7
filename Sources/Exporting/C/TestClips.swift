import Basics
import Glibc
import Recognition
import Sound

/// Clips that were made to test code with: three lengths, each with voiced sound, hiss and silence.
enum TestClips {
  /// One of several windows, one of a single window, and one that is padded, at the model's rate.
  static func samples(for model: KeywordModel) -> [[Int16]] {
    let rate = model.frontEnd.sampleRate
    let length = model.window.length(sampleRate: rate)
    let hop = model.window.hop(sampleRate: rate, frameHop: model.frontEnd.hopLength)
    let minimum = model.window.minimumLength(sampleRate: rate)
    return [length + 2 * hop + hop / 3, length, max(1, minimum / 2)].enumerated().map {
      samples($0.element, rate: rate, seed: UInt64($0.offset))
    }
  }

  /// Six seconds of harmonics whose pitch and strength move, with hiss, as often as are needed.
  private static func samples(_ count: Int, rate: Int, seed: UInt64) -> [Int16] {
    var generator = SeededGenerator(seed: seed)
    let start = Double.random(in: 0..<1, using: &generator)
    return (0..<count).map { index in
      let time = Double(index) / Double(rate)
      let pitch = 2 * .pi * (120 * time + 4 * sin(5 * time + start))
      let voice = (1...12).reduce(0.0) { $0 + sin(Double($1) * pitch) / Double($1) }
      let strength = max(0, sin(7 * time + 6 * start))
      let hiss = Double.random(in: -0.05...0.05, using: &generator)
      return Int16(8_000 * (strength * voice + hiss))
    }
  }
}
