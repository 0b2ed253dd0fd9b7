import Basics
import Glibc
import Recognition
import Sound
import SystemPackage

/// Gives the words, the speech and the noise of a `StreamMix`, each in its own drawn order.
struct MixSource {
  private let mix: StreamMix
  private let reader: ClipReader
  private let noise: NoiseLibrary
  /// For lengths.
  var generator: SeededGenerator
  /// For noise, so that its draws do not change the others.
  private var noiseGenerator: SeededGenerator
  /// Places among the words, in the order of the stream.
  let order: [Int]
  /// Recordings of speech that are still to come, the last one first.
  private var waiting: [FilePath] = []
  /// The rest of the current recording, scaled to one level.
  private var rest: ArraySlice<Float> = []
  /// Whether any recording of the speech could be read.
  private var hasSpeech = true
  private var noiseRest: ArraySlice<Float> = []
  /// How often the speech was started again from the beginning.
  private(set) var rounds = -1
  private(set) var skipped: [SkippedClip] = []

  /// Seconds of noise that are cut at once.
  private static let noiseSeconds = 30

  init(_ mix: StreamMix, reader: ClipReader) {
    self.mix = mix
    self.reader = reader
    let root = SeededGenerator(seed: mix.seed)
    var orders = root.child(0)
    var order = Array(mix.words.indices)
    orders.shuffle(&order)
    self.order = order
    (generator, noiseGenerator) = (root.child(1), root.child(2))
    var problems: [String] = []
    noise = NoiseLibrary(mix.noise, reader: reader) { problems.append($0) }
    skipped = noise.skipped
    if mix.speech.isEmpty { (hasSpeech, rounds) = (false, 0) }
  }

  /// The samples of a word; nil where they cannot be read.
  mutating func word(_ index: Int) -> [Float]? {
    do throws(AudioError) { return try reader.read(.file(mix.words[index].path)).samples } catch {
      skipped.append(SkippedClip(path: mix.words[index].name, reason: error.description))
      return nil
    }
  }

  /// The next samples of speech; silence where there is none.
  mutating func speech(_ count: Int) -> [Float] {
    var samples: [Float] = []
    samples.reserveCapacity(count)
    while samples.count < count {
      if rest.isEmpty, !nextRecording() {
        return samples + [Float](repeating: 0, count: count - samples.count)
      }
      let part = rest.prefix(count - samples.count)
      samples += part
      rest = rest.dropFirst(part.count)
    }
    return samples
  }

  /// Reads the next recording of speech that can be read; false where there is none.
  private mutating func nextRecording() -> Bool {
    var failures = 0
    while hasSpeech {
      if waiting.isEmpty {
        rounds += 1
        waiting = mix.speech
        var orders = SeededGenerator(seed: mix.seed).child(3).child(UInt64(rounds))
        orders.shuffle(&waiting)
      }
      let path = waiting.removeLast()
      do throws(AudioError) {
        let samples = try reader.read(path).samples
        let level = SpokenPart(samples, sampleRate: mix.sampleRate).level
        let factor = level > 0 ? StreamMix.level / level : 1
        rest = samples.map { $0 * factor }[...]
        if !rest.isEmpty { return true }
      } catch {
        if rounds == 0 {
          skipped.append(SkippedClip(path: path.displayName, reason: error.description))
        }
        failures += 1
        if failures >= mix.speech.count { hasSpeech = false }
      }
    }
    return false
  }

  /// Samples with noise under them.
  mutating func noisy(_ samples: [Float]) -> [Float] {
    samples.map { sample in
      if noiseRest.isEmpty { cutNoise() }
      return sample + noiseRest.removeFirst()
    }
  }

  private mutating func cutNoise() {
    let cut = noise.cut(
      Self.noiseSeconds * mix.sampleRate, for: .testing, using: &noiseGenerator)
    let power = cut.reduce(0) { $0 + Double($1) * Double($1) } / Double(cut.count)
    guard power > 0 else { return noiseRest = cut[...] }
    let wanted = Double(StreamMix.level) * pow(10, -mix.signalToNoise / 20)
    let factor = Float(wanted / power.squareRoot())
    noiseRest = cut.map { $0 * factor }[...]
  }
}
