import SystemPackage
import Testing

@testable import Sound

/// Every file of Fixtures/odd gives what its table says: the format as decoded, or the error.
@Suite struct FixtureDecodingTests {
  @Test(arguments: FixtureFiles.lines("odd/expected.tsv").dropFirst())
  func oddFile(_ row: String) {
    let columns = row.split(separator: "\t").map(String.init)
    let path = FixtureFiles.root.appending("odd").appending(columns[0])
    let result = Result { () throws(AudioError) in try AudioDecoder().decode(path) }
    switch result {
    case .success(let clip):
      let format = clip.source
      #expect(
        columns.dropFirst() == [
          "decoded", format.container, format.encoding, "\(format.sampleRate)",
          "\(format.channels)", "\(format.frames)",
        ], "\(columns[0])")
      #expect(clip.samples.count == format.frames)
    case .failure(let error):
      // The name of an enumeration's case is the label of its mirror's only child.
      let name = Mirror(reflecting: error).children.first?.label
      #expect(columns.count == 2 && columns[1] == name, "\(error)")
      #expect("\(error)".contains(columns[0]) && !"\(error)".contains("\n"))
    }
  }

  /// Every codec holds the same tone: a wrong byte order, width or scale shows.
  ///
  /// 8 bits and the lossy codecs keep within 4% of full scale.
  @Test(arguments: ["wav", "aiff", "aifc", "au", "caf", "w64", "flac", "ogg", "opus", "mp3"])
  func toneIsDecoded(ending: String) throws {
    let rows = FixtureFiles.lines("odd/expected.tsv").dropFirst().filter { row in
      row.contains(".\(ending)\tdecoded") && row.hasSuffix("\t8000\t1\t800")
        && !row.hasPrefix("silence")
    }
    #expect(!rows.isEmpty)
    let reference = try AudioDecoder().decode(FixtureFiles.root.appending("odd/f32.wav")).samples
    for row in rows {
      let name = String(row.prefix { $0 != "\t" })
      let samples = try AudioDecoder().decode(
        FixtureFiles.root.appending("odd").appending(name)
      ).samples
      #expect(samples.count == reference.count, "\(name)")
      for (place, (decoded, sent)) in zip(samples, reference).enumerated() {
        #expect(abs(decoded - sent) < 0.04, "\(name) at \(place)")
      }
    }
  }
}
