import Testing

/// A lost or swollen fixture fails here, and not as a test that quietly covers less.
@Suite struct FixtureCountTests {
  static let words = ["forward", "left", "music", "no", "right", "seven", "stop", "yes"]
  /// Clips of every class by part: Fixtures/README.md.
  static let clipsOfPart = ["training": 40, "validation": 8, "testing": 12]

  let clips = FixtureFiles.list("words").filter { $0.hasSuffix(".flac") }
  let validation = Set(FixtureFiles.lines("words/validation_list.txt"))
  let testing = Set(FixtureFiles.lines("words/testing_list.txt"))

  func part(of clip: String) -> String {
    validation.contains(clip) ? "validation" : testing.contains(clip) ? "testing" : "training"
  }

  static func folder(_ clip: String) -> String { String(clip.prefix { $0 != "/" }) }

  /// The base voice: the part of the file's name before `_nohash_`.
  static func voice(_ clip: String) -> String {
    let name = clip.drop { $0 != "/" }.dropFirst()
    return name.firstRange(of: "_nohash_").map { String(name[..<$0.lowerBound]) } ?? ""
  }

  @Test func everyClassHasItsClips() {
    var counts: [String: [String: Int]] = [:]
    for clip in clips { counts[Self.folder(clip), default: [:]][part(of: clip), default: 0] += 1 }
    #expect(counts.removeValue(forKey: "_background_noise_") == ["training": 2])
    #expect(counts.keys.sorted() == ["_unknown_"] + Self.words)
    for (name, count) in counts { #expect(count == Self.clipsOfPart, "\(name)") }
  }

  @Test func listedClipsAreThere() {
    #expect(validation.count == 72 && testing.count == 108)
    #expect(validation.union(testing).subtracting(clips).isEmpty)
    #expect(validation.isDisjoint(with: testing))
  }

  @Test func noBaseVoiceStandsInTwoParts() {
    var parts: [String: Set<String>] = [:]
    for clip in clips where Self.folder(clip) != "_background_noise_" {
      parts[Self.voice(clip), default: []].insert(part(of: clip))
    }
    #expect(parts.count == 25)
    for (voice, found) in parts { #expect(found.count == 1, "\(voice) is in \(found.sorted())") }
    #expect(parts["awb"] == ["testing"] && parts["rms"] == ["testing"], "all of flite")
  }

  /// Files and largest size in bytes of every folder; the sizes are those that were agreed on.
  @Test(arguments: [("words", 544, 6_000_000), ("odd", 58, 200_000), ("mfcc", 72, 2_000_000)])
  func setIsWholeAndSmall(folder: String, count: Int, largest: Int) {
    let files = FixtureFiles.list(folder)
    #expect(files.count == count)
    #expect(files.map { FixtureFiles.size("\(folder)/\($0)") }.reduce(0, +) <= largest)
  }

  @Test func goldenNumbersAreThere() {
    #expect(
      FixtureFiles.list("torch") == [
        "forward.json", "model.json", "model.safetensors", "parity.json",
      ])
    #expect(FixtureFiles.size("statistics.json") > 0)
    #expect(
      FixtureFiles.list("models") == [
        "format-1.csv", "format-1.safetensors", "format-2.safetensors", "format-3.safetensors",
      ])
    #expect(
      FixtureFiles.list("stored") == [
        "checkpoint-2.safetensors", "config-1.json", "part-1.csv", "part-1.json", "report-1.json",
      ])
  }

  @Test func everyOddFileIsExpected() {
    let expected = FixtureFiles.lines("odd/expected.tsv").dropFirst().map { line in
      String(line.prefix { $0 != "\t" })
    }
    #expect(expected.count == 57)
    #expect(expected.sorted() == FixtureFiles.list("odd").filter { $0 != "expected.tsv" })
  }
}
