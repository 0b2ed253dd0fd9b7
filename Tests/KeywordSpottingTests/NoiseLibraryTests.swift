import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Recognition
@testable import Sound

@Suite struct NoiseLibraryTests {
  /// A library whose sample n of the recording has the value n / 32767, so that a cut tells where
  /// it was made.
  private func library(count: Int = 1_000, split: Split? = nil) throws -> NoiseLibrary {
    let folder = TemporaryFolder()
    let ramp = (0..<count).map { Float($0) / 32_767 }
    let path = folder.write("ramp.wav", ToneDataset.wav(ramp, sampleRate: 8_000))
    var warnings: [String] = []
    let noise = NoiseLibrary(
      [NoiseRecording(path: path, name: "ramp.wav", split: split)],
      reader: ClipReader(AudioDecoder(sampleRate: 8_000))
    ) { warnings.append($0) }
    #expect(warnings.isEmpty && noise.contentHashes.count == 1)
    return noise
  }

  private func places(_ samples: [Float]) -> [Int] { samples.map { Int(($0 * 32_768).rounded()) } }

  /// The first 80% of a recording train, then 10% validate and 10% test.
  @Test func splitsNeverShareASample() throws {
    let noise = try library()
    var generator = SeededGenerator(seed: 1)
    for (split, range) in [
      (Split.training, 0..<800), (.validation, 800..<900), (.testing, 900..<1_000),
    ] {
      var seen: Set<Int> = []
      for _ in 0..<200 {
        seen.formUnion(places(noise.cut(60, for: split, using: &generator)))
      }
      #expect(seen.allSatisfy(range.contains), "\(split): \(seen.min()!)...\(seen.max()!)")
      #expect(seen.count > range.count / 2)
    }
  }

  @Test func aShortSegmentIsRepeated() throws {
    var generator = SeededGenerator(seed: 1)
    let cut = try library().cut(250, for: .testing, using: &generator)
    #expect(cut.count == 250 && places(cut)[100] == places(cut)[0])
  }

  /// A recording that belongs to the training part whole gives validation nothing to share.
  @Test func aPartWithoutRecordingsIsSynthetic() throws {
    let noise = try library(split: .training)
    var generator = SeededGenerator(seed: 1)
    let cut = noise.cut(4_000, for: .validation, using: &generator)
    let power = cut.reduce(0) { $0 + $1 * $1 } / 4_000
    #expect(cut.contains { $0 < 0 } && (0.02...0.1).contains(power.squareRoot()))
  }

  @Test func silenceIsSometimesZeroAndNeverLouderThanTheNoise() throws {
    let noise = try library()
    var generator = SeededGenerator(seed: 2)
    let clips = (0..<300).map { _ in noise.silence(50, for: .validation, using: &generator) }
    // One in ten: 30 expected, with a deviation of 5.2.
    #expect((10...50).contains(clips.count { $0.allSatisfy { $0 == 0 } }))
    #expect(clips.joined().allSatisfy { (0...0.0275).contains($0) })
  }

  /// A third of the noise for training is made; the rest is of the recordings' training part.
  @Test func someNoiseForTrainingIsMade() throws {
    let noise = try library()
    var generator = SeededGenerator(seed: 3)
    let cuts = (0..<300).map { _ in noise.background(50, using: &generator) }
    let recorded = cuts.filter { cut in
      zip(places(cut), places(cut).dropFirst()).allSatisfy { $1 == $0 + 1 }
    }
    // A deviation of 8.2.
    #expect((160...240).contains(recorded.count))
    #expect(recorded.allSatisfy { places($0).allSatisfy((0..<800).contains) })
    let silences = (0..<300).map { _ in noise.silence(50, for: .training, using: &generator) }
    #expect((60...140).contains(silences.count { clip in clip.contains { $0 < 0 } }))
  }

  @Test func aRecordingThatCannotBeReadIsTold() {
    let folder = TemporaryFolder()
    let path = folder.write("bad.wav", text: "RIFF")
    var warnings: [String] = []
    let noise = NoiseLibrary(
      [NoiseRecording(path: path, name: "bad.wav", split: nil)], reader: ClipReader(AudioDecoder())
    ) { warnings.append($0) }
    #expect(noise.contentHashes.isEmpty && warnings.count == 1 && warnings[0].contains("bad.wav"))
  }

  @Test func silenceForMeasuringIsAlwaysTheSame() throws {
    let noise = try library()
    let window = ClipWindow(minimumSeconds: 0.1, maximumSeconds: 0.2, hopSeconds: 0.1)
    func cuts(_ split: Split) -> [[Float]] {
      SilenceCuts.clips(5, noise, window: window, sampleRate: 8_000, for: split).map(\.samples)
    }
    #expect(cuts(.validation) == cuts(.validation))
    #expect(cuts(.validation) != cuts(.testing))
    #expect(cuts(.testing).allSatisfy { $0.count == 1_600 })
    #expect([0, 9, 10, 99, 100].map(SilenceCuts.count) == [1, 1, 1, 9, 10])
  }
}
