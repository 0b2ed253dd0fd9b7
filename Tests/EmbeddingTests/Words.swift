import Sound
import SystemPackage
import TestSupport

/// The recorded words of the repository.
enum Words {
  /// A clip of a word.
  static func clip(_ word: String, _ name: String = "espeak-m1_nohash_0") -> FilePath {
    Repository.fixtures.appending("words/\(word)/\(name).flac")
  }

  /// Three words at a rate, in Hz, with a second of hiss before and after each.
  ///
  /// The rule of the built-in model hears all of them at each of the common rates.
  static func stream(at rate: Int) throws -> [Float] {
    var state: UInt64 = 1
    func hiss() -> [Float] {
      (0..<rate).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Float(state >> 40) / Float(1 << 23) - 1) * 0.002
      }
    }
    let words = try ["yes", "no", "right"].map {
      try AudioDecoder(sampleRate: rate).decode(clip($0)).samples
    }
    return hiss() + words.flatMap { $0 + hiss() }
  }
}
