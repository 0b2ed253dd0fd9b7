import CSndfile
import Testing

@testable import Sound

/// Every container and codec of the allow-list, written by libsndfile and read back.
@Suite struct FormatTests {
  struct Format: CustomTestStringConvertible {
    var container: Int
    var encoding: Int
    var names: (String, String)
    /// Largest error of a sample: half a step of the codec, and the same again where it rounds down.
    var tolerance: Float
    var testDescription: String { "\(names.0), \(names.1)" }
  }

  static let linear: [(encoding: Int, name: String, tolerance: Float)] = [
    (SF_FORMAT_PCM_16, "16-bit PCM", 1 / 32_768), (SF_FORMAT_PCM_24, "24-bit PCM", 1 / 8_388_608),
    (SF_FORMAT_PCM_32, "32-bit PCM", 1e-7), (SF_FORMAT_FLOAT, "32-bit float", 0),
    (SF_FORMAT_DOUBLE, "64-bit float", 0),
    // Steps of A-law and mu-law at half of full scale: 1/32 of the value.
    (SF_FORMAT_ALAW, "A-law", 0.02), (SF_FORMAT_ULAW, "mu-law", 0.02),
  ]

  static let all: [Format] = {
    let containers: [(Int, String)] = [
      (SF_FORMAT_WAV, "WAV"), (SF_FORMAT_WAVEX, "WAV"), (SF_FORMAT_RF64, "RF64"),
      (SF_FORMAT_W64, "W64"), (SF_FORMAT_AIFF, "AIFF"), (SF_FORMAT_AU, "AU"),
      (SF_FORMAT_CAF, "CAF"),
    ]
    var formats: [Format] = []
    for (container, name) in containers {
      for (encoding, encodingName, tolerance) in linear {
        formats.append(
          Format(
            container: container, encoding: encoding, names: (name, encodingName),
            tolerance: tolerance))
      }
    }
    let others: [(Int, Int, String, String, Float)] = [
      (SF_FORMAT_WAV, SF_FORMAT_PCM_U8, "WAV", "unsigned 8-bit PCM", 1 / 128),
      (SF_FORMAT_WAV | SF_ENDIAN_BIG, SF_FORMAT_PCM_16, "WAV", "16-bit PCM", 1 / 32_768),
      (SF_FORMAT_AIFF, SF_FORMAT_PCM_S8, "AIFF", "8-bit PCM", 1 / 128),
      (SF_FORMAT_AIFF | SF_ENDIAN_LITTLE, SF_FORMAT_PCM_16, "AIFF", "16-bit PCM", 1 / 32_768),
      (SF_FORMAT_AU, SF_FORMAT_PCM_S8, "AU", "8-bit PCM", 1 / 128),
      (SF_FORMAT_AU | SF_ENDIAN_LITTLE, SF_FORMAT_PCM_16, "AU", "16-bit PCM", 1 / 32_768),
      (SF_FORMAT_CAF, SF_FORMAT_PCM_S8, "CAF", "8-bit PCM", 1 / 128),
      (SF_FORMAT_CAF | SF_ENDIAN_LITTLE, SF_FORMAT_PCM_24, "CAF", "24-bit PCM", 1 / 8_388_608),
      (SF_FORMAT_FLAC, SF_FORMAT_PCM_S8, "FLAC", "8-bit PCM", 1 / 128),
      (SF_FORMAT_FLAC, SF_FORMAT_PCM_16, "FLAC", "16-bit PCM", 1 / 32_768),
      (SF_FORMAT_FLAC, SF_FORMAT_PCM_24, "FLAC", "24-bit PCM", 1 / 8_388_608),
      // Lossy: what a sine of half of full scale was measured to be off by, doubled.
      (SF_FORMAT_OGG, SF_FORMAT_VORBIS, "Ogg", "Vorbis", 0.06),
      (SF_FORMAT_OGG, SF_FORMAT_OPUS, "Ogg", "Opus", 0.1),
      (SF_FORMAT_MPEG, SF_FORMAT_MPEG_LAYER_III, "MPEG", "MP3", 0.1),
    ]
    formats += others.map {
      Format(container: $0.0, encoding: $0.1, names: ($0.2, $0.3), tolerance: $0.4)
    }
    return formats
  }()

  @Test(arguments: all) func samplesComeBack(_ format: Format) throws {
    // The first and last frames of lossy codecs ring; they are longer, and their middle is looked at.
    let isLossy = format.tolerance > 0.03
    // An even number: libsndfile counts the padding byte of an odd AIFF as a frame when it writes.
    let frames = isLossy ? 16_000 : 602
    for channels in 1...2 {
      let samples = SoundFileWriter.sine(frames: frames, channels: channels, sampleRate: 16_000)
      let bytes = try SoundFileWriter.bytes(
        samples, container: format.container, encoding: format.encoding, sampleRate: 16_000,
        channels: channels)
      let clip = try AudioDecoder(channel: 1).decode(bytes: bytes, name: "x")
      #expect(
        clip.source
          == AudioFormat(
            container: format.names.0, encoding: format.names.1, sampleRate: 16_000,
            channels: channels, frames: frames))
      try #require(clip.samples.count == frames)
      let places = isLossy ? 4_000..<12_000 : 0..<frames
      let worst = largestDifference(
        places.map { clip.samples[$0] }, places.map { samples[$0 * channels] })
      #expect(worst <= format.tolerance)
      if channels == 2 && !isLossy {
        let second = try AudioDecoder(channel: 2).decode(bytes: bytes, name: "x").samples
        #expect(largestDifference(second.map { -$0 }, clip.samples) <= 2 * format.tolerance)
      }
    }
  }

  @Test(arguments: [
    (SF_FORMAT_WAV, SF_FORMAT_IMA_ADPCM, "IMA ADPCM in WAV"),
    (SF_FORMAT_WAV, SF_FORMAT_MS_ADPCM, "Microsoft ADPCM in WAV"),
    (SF_FORMAT_WAV, SF_FORMAT_GSM610, "GSM 6.10 in WAV"),
    (SF_FORMAT_W64, SF_FORMAT_IMA_ADPCM, "IMA ADPCM in WAV"),
    (SF_FORMAT_AIFF, SF_FORMAT_IMA_ADPCM, "ADPCM in AIFF"),
    (SF_FORMAT_AU, SF_FORMAT_G721_32, "ADPCM in AU"),
    (SF_FORMAT_CAF, SF_FORMAT_ALAC_16, "ALAC in CAF"),
    (SF_FORMAT_VOC, SF_FORMAT_PCM_16, "VOC"), (SF_FORMAT_NIST, SF_FORMAT_PCM_16, "NIST Sphere"),
    (SF_FORMAT_SVX, SF_FORMAT_PCM_16, "IFF/16SV"), (SF_FORMAT_PAF, SF_FORMAT_PCM_16, "PAF"),
    (SF_FORMAT_PVF, SF_FORMAT_PCM_16, "PVF"), (SF_FORMAT_AVR, SF_FORMAT_PCM_16, "AVR"),
    (SF_FORMAT_MAT5, SF_FORMAT_PCM_16, "MATLAB"),
  ])
  func othersAreRefusedByName(container: Int, encoding: Int, what: String) throws {
    let samples = SoundFileWriter.sine(frames: 600, channels: 1, sampleRate: 8_000)
    let bytes = try SoundFileWriter.bytes(
      samples, container: container, encoding: encoding, sampleRate: 8_000, channels: 1)
    #expect(throws: AudioError.unsupported(name: "x", what: what)) {
      try AudioDecoder().decode(bytes: bytes, name: "x")
    }
  }

  @Test func opusDecodesAtTheRateOfItsHeader() throws {
    // libopus works at 48 kHz inside; libsndfile decodes to the original rate where Opus has it.
    for sampleRate in [8_000, 12_000, 16_000, 24_000, 48_000] {
      let samples = SoundFileWriter.sine(frames: 4_000, channels: 1, sampleRate: sampleRate)
      let bytes = try SoundFileWriter.bytes(
        samples, container: Int(SF_FORMAT_OGG), encoding: Int(SF_FORMAT_OPUS),
        sampleRate: sampleRate, channels: 1)
      let clip = try AudioDecoder().decode(bytes: bytes, name: "x")
      #expect(clip.sampleRate == sampleRate && clip.samples.count == 4_000)
    }
  }
}
