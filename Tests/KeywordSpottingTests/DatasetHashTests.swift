import Testing

@testable import Basics
@testable import Datasets
@testable import Recognition

@Suite struct DatasetHashTests {
  /// FIPS 180-4's examples (NIST, "SHA1.pdf": one block, two blocks) and the empty message.
  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
  ])
  func digestsOfTheStandard(message: String, digest: String) {
    #expect(hexadecimal(SHA1.digest(of: message.utf8)) == digest)
  }

  /// Every length around a block's end; the digest of all digests from Python's hashlib 3.11.
  @Test func everyPaddingLength() {
    let all = (0..<200).map { hexadecimal(SHA1.digest(of: [UInt8](repeating: 97, count: $0))) }
    #expect(
      hexadecimal(SHA1.digest(of: all.joined().utf8)) == "cb062fe66512892ec8c722ee74ff9ac151cc4b61")
  }

  private func hexadecimal(_ words: [UInt32]) -> String {
    words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// `int(hashlib.sha1(s.encode()).hexdigest(), 16) % 2**27 * (100.0 / (2**27 - 1))`, CPython 3.11.
  @Test(arguments: [
    ("004ae714", 79.5748932627953),
    ("00f0204f", 50.17610751223644),
    ("c50f55b8", 48.47670755145481),
    ("", 98.04821758008165),
    ("anna", 1.0358542281080352),
    ("0a7c2a8d", 56.836387193474074),
  ])
  func percentagesOfSpeechCommands(key: String, percentage: Double) {
    #expect(SplitHash.percentage(of: key) == percentage)
  }

  @Test func sharesAreCumulative() {
    let hash = SplitHash(validationPercent: 10, testingPercent: 30)
    let counts = (0..<10_000).reduce(into: [Split: Int]()) { counts, index in
      counts[hash.split(of: "speaker\(index)"), default: 0] += 1
    }
    // Binomial(10,000, 0.1 and 0.3): standard deviations are 30 and 46; these are five of them.
    #expect(abs(counts[.validation, default: 0] - 1000) < 150)
    #expect(abs(counts[.testing, default: 0] - 3000) < 230)
  }
}
