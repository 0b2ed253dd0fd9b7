import SystemPackage
import TestSupport
import Testing

@testable import Basics

@Suite struct ContentHashTests {
  @Test func contentHashesTellClipsApart() {
    var seen: Set<UInt64> = []
    for index in 0..<2_000 {
      var samples = [Float](repeating: 0, count: 100)
      samples[index % 100] = Float(1 + index / 100) / 32_768
      seen.insert(ContentHash.of(samples))
    }
    for count in 0..<200 { seen.insert(ContentHash.of([Float](repeating: 0, count: count))) }
    #expect(seen.count == 2_200)
    // Written into models: the value must stay as it is.
    #expect(ContentHash.of([0, 0.5, -1]) == ContentHash.of([0, 0.5, -1]))
    #expect(ContentHash.of([0]) != ContentHash.of([-0.0]))
  }

  /// Written into reports and run folders: the values must stay as they are.
  @Test func filesAreNamedByTheirBytes() {
    let folder = TemporaryFolder()
    let sizes = [0, 1, 7, 8, 65_535, 65_536, 65_537, 200_000]
    var seen: Set<UInt64> = []
    for size in sizes {
      var bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let path = folder.write("\(size)", bytes)
      let hash = ContentHash.of(file: path)
      #expect(hash == ContentHash.of(file: folder.write("copy", bytes)))
      seen.insert(hash)
      guard size > 0 else { continue }
      bytes[size - 1] ^= 1
      seen.insert(ContentHash.of(file: folder.write("other", bytes)))
    }
    #expect(seen.count == 2 * sizes.count - 1)
    #expect(ContentHash.of(file: folder["none"]) == 0 && ContentHash.of(file: folder.path) == 0)
    #expect(ContentHash.of(file: "/dev/zero") == 0)
  }
}
