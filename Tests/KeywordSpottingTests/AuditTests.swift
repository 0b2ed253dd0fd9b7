import Glibc
import SystemPackage
import Testing

@testable import Auditing
@testable import Markup

@Suite struct AuditTests {
  /// A word of a speaker: a few tones that rise and fall, in a little noise, not the same twice.
  private func word(_ seed: UInt64) -> [Float] {
    var generator = TestGenerator(state: seed)
    let pitch = 200 + 600 * generator.unit()
    let beats = 2 + 5 * generator.unit()
    let phase = 6 * generator.unit()
    return (0..<8_000).map { index in
      let time = Double(index) / 8_000
      let level =
        0.3 * sin(.pi * time) * sin(.pi * time) * (1 + sin(beats * 6.28 * time + phase)) / 2
      return Float(level * sin(6.283 * pitch * time) + 0.0005 * (generator.unit() - 0.5))
    }
  }

  private func wav(_ samples: [Float]) -> [UInt8] {
    let uri = DataURI.wav(samples, sampleRate: 8_000)
    return Base64.decode(uri.split(separator: ",")[1])
  }

  private func folder() -> DatasetTestFolder {
    let folder = DatasetTestFolder()
    func write(_ name: String, _ samples: [Float]) {
      folder.write(Array(name.utf8), wav(samples))
    }
    for speaker in 0..<6 {
      write("train/yes/s\(speaker)_nohash_0.wav", word(UInt64(speaker)))
      write("train/no/s\(speaker)_nohash_0.wav", word(UInt64(100 + speaker)))
      write("test/yes/t\(speaker)_nohash_0.wav", word(UInt64(200 + speaker)))
      write("test/no/t\(speaker)_nohash_0.wav", word(UInt64(300 + speaker)))
    }
    write("test/yes/copy_nohash_0.wav", word(0))
    write("train/no/other_nohash_0.wav", word(1).map { $0 / 2 })
    write("train/no/loud_nohash_0.wav", word(400).map { max(-1, min(1, $0 * 40)) })
    write("train/no/quiet_nohash_0.wav", [Float](repeating: 0, count: 8_000))
    write("train/no/direct_nohash_0.wav", word(401).map { $0 + 0.1 })
    write("train/no/cut_nohash_0.wav", Array(word(402).prefix(4_000)))
    write("train/yes/t0_nohash_1.wav", word(403))
    // The same recording, begun 130 ms later.
    write("train/yes/s9_nohash_0.wav", word(404))
    write("train/yes/s9_nohash_1.wav", Array(word(404).dropFirst(1_040)))
    folder.write("train/no/broken.wav", "RIFF")
    folder.write("train/no/empty.wav", "")
    return folder
  }

  private func subjects(_ report: AuditReport, _ kind: AuditReport.Kind) -> [String] {
    report.findings(of: kind).map(\.subject)
  }

  @Test func everyPlantedFaultIsFound() throws {
    let folder = folder()
    let report = Audit(try folder.scan { $0.purpose = .evaluation }, threads: 2).run()
    #expect(subjects(report, .unreadable) == ["train/no/broken.wav"])
    #expect(subjects(report, .emptyFile) == ["train/no/empty.wav"])
    #expect(subjects(report, .duplicateAcrossSplits) == ["test/yes/copy_nohash_0.wav"])
    #expect(
      report.findings(of: .duplicateAcrossSplits)[0].related == ["train/yes/s0_nohash_0.wav"])
    #expect(subjects(report, .duplicateAcrossLabels) == ["train/no/other_nohash_0.wav"])
    #expect(subjects(report, .speakerInSeveralSplits) == ["t0"])
    #expect(subjects(report, .clipped) == ["train/no/loud_nohash_0.wav"])
    #expect(subjects(report, .silent) == ["train/no/quiet_nohash_0.wav"])
    #expect(subjects(report, .offset) == ["train/no/direct_nohash_0.wav"])
    #expect(subjects(report, .cutOff).contains("train/no/cut_nohash_0.wav"))
    #expect(subjects(report, .duplicate) == ["train/yes/s9_nohash_0.wav"])
    #expect(report.findings(of: .duplicate)[0].related == ["train/yes/s9_nohash_1.wav"])
    #expect(report.clips == 34)
  }

  @Test func faultyClipsCanBeHeard() throws {
    let folder = folder()
    let audit = Audit(try folder.scan { $0.purpose = .evaluation }, threads: 2)
    let report = audit.run()
    let faulty = audit.faultyClips(report, limit: 40)
    let paths = Set(faulty.map(\.evidence.path))
    #expect(paths.contains("train/no/loud_nohash_0.wav"))
    #expect(paths.contains("train/no/quiet_nohash_0.wav"))
    #expect(paths.contains("train/no/cut_nohash_0.wav"))
    let page = AuditPage(report, faulty: faulty).render()
    for path in paths { #expect(page.contains("aria-label=\"clip \(path)\"")) }
    #expect(page.matches(of: #/<audio /#).count == faulty.count)
    #expect(PageCheck.problems(page) == [])
    #expect(audit.faultyClips(report, limit: 0).isEmpty)
  }

  @Test func takesOfOneWordOverTheSameHumAreNoCopies() throws {
    let folder = DatasetTestFolder()
    for take in 0..<8 {
      let samples = word(UInt64(500 + take)).enumerated().map { index, sample in
        sample + 0.3 * Float(sin(6.283185 * 50 * Double(index) / 8_000))
      }
      folder.write(Array("yes/s\(take)_nohash_0.wav".utf8), wav(samples))
    }
    let report = Audit(try folder.scan { $0.purpose = .evaluation }, threads: 2).run()
    #expect(subjects(report, .duplicate).isEmpty)
  }

  @Test func theThreadsDoNotShow() throws {
    let folder = folder()
    let data = try folder.scan { $0.purpose = .evaluation }
    #expect(Audit(data, threads: 1).run() == Audit(data, threads: 3).run())
    let page = AuditPage(Audit(data, threads: 2).run()).render()
    #expect(page.contains("copy_nohash_0.wav") && !page.contains("<script"))
  }
}

/// Enough of RFC 4648 to read back what kws embeds.
private enum Base64 {
  static func decode(_ text: Substring) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var values = [UInt8](repeating: 0, count: 256)
    for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
    var bytes: [UInt8] = []
    var (buffer, bits) = (UInt32(0), 0)
    for letter in text.utf8 where letter != UInt8(ascii: "=") {
      buffer = buffer << 6 | UInt32(values[Int(letter)])
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    return bytes
  }
}
