import SystemPackage
import TestSupport
import Testing

/// `kws augment` with the real program.
@Suite struct AugmentTests {
  private let folder = TemporaryFolder()

  private func tone() -> FilePath {
    let path = folder["tone.wav"]
    let samples = (0..<8_000).map { Float($0 % 40) / 80 - 0.25 }
    TemporaryFolder.write(ToneDataset.wav(samples, sampleRate: 16_000), to: path)
    return path
  }

  private func augment(_ arguments: String...) -> Program.Output {
    let all = ["augment", "\(tone())"] + arguments
    return Program(in: folder.path).run(arguments: all.map { Array($0.utf8) })
  }

  @Test func theSameSeedWritesTheSameCopies() {
    func copies(_ name: String, seed: Int) -> [[UInt8]?] {
      let result = augment(
        "--out", name, "--count", "3", "--seed", "\(seed)", "--room", "0.5", "--telephone", "0.5",
        "--pitch", "2")
      #expect(result.code == 0 && result.text.split(separator: "\n").count == 3)
      return (1...3).map { TemporaryFolder.read(folder[name].appending("\($0).wav")) }
    }
    let first = copies("a", seed: 1)
    #expect(first.allSatisfy { ($0?.count ?? 0) > 44 } && Set(first).count == 3)
    #expect(copies("b", seed: 1) == first)
    #expect(copies("c", seed: 2) != first)
  }

  /// Without any change a copy is the clip, but for rounding to 16 bits at one more scale.
  @Test func withoutChangesTheClipComesOut() throws {
    #expect(augment("--out", "none", "--count", "1", "--no-augment").code == 0)
    let copy = try #require(TemporaryFolder.read(folder["none/1.wav"]))
    let clip = try #require(TemporaryFolder.read(folder["tone.wav"]))
    #expect(copy.count == clip.count)
    func sample(_ bytes: [UInt8], _ index: Int) -> Int {
      Int(Int16(truncatingIfNeeded: Int(bytes[44 + 2 * index]) | Int(bytes[45 + 2 * index]) << 8))
    }
    #expect((0..<8_000).allSatisfy { abs(sample(copy, $0) - sample(clip, $0)) <= 1 })
  }

  @Test func mistakesAreNamed() {
    let missing = augment("--out", "x", "--noise-folder", "nowhere")
    #expect(missing.code == 66 && missing.errors.contains("nowhere"))
    let wrong = augment("--out", "x", "--pitch", "13")
    #expect(wrong.code == 64 && wrong.errors.contains("12 semitones"))
  }
}
