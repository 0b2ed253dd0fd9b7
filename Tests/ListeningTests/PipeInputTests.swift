import Basics
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Listening
@testable import Sound

/// What comes through a pipe is what stands in the file.
@Suite struct PipeInputTests {
  private static let folder = Repository.fixtures.appending("odd")
  private let folder = TemporaryFolder()

  /// What an input gives, piece by piece.
  private final class Heard {
    var origin: SoundOrigin?
    var samples: [Float] = []
    var error: InputError?

    init(_ input: some SoundInput) {
      let reader = SoundReader(input)
      while let piece = reader.next(within: 20) {
        switch piece {
        case .begin(let origin): self.origin = origin
        case .samples(let more, _): samples += more
        case .gap: Issue.record("a gap in a pipe")
        case .end(let error):
          self.error = error
          return
        }
      }
      Issue.record("no end")
    }
  }

  /// Hears bytes through a FIFO, which gets them in pieces.
  private func hear(_ bytes: [UInt8], raw: RawFormat? = nil, piece: Int = 4_096) -> Heard {
    let fifo = folder["fifo-\(TemporaryFolder.names(in: folder.path).count)"]
    #expect(fifo.withPlatformString { mkfifo($0, 0o600) } == 0)
    _ = BackgroundThread.start {
      let descriptor = fifo.withPlatformString { open($0, O_WRONLY) }
      for start in stride(from: 0, to: bytes.count, by: piece) {
        let part = Array(bytes[start..<min(bytes.count, start + piece)])
        guard part.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) > 0 else {
          break
        }
      }
      close(descriptor)
    }
    return Heard(PipeInput(.fifo(fifo), raw: raw))
  }

  /// Every WAV file of the odd ones: the same samples, bit for bit, or an error where the file has one.
  @Test func theSamplesAreThoseOfTheFile() throws {
    // Parts of writing errors and early ends kill no test.
    signal(SIGPIPE, SIG_IGN)
    var (equal, refused) = (0, 0)
    for name in TemporaryFolder.names(in: Self.folder) where name.hasSuffix(".wav") {
      let path = Self.folder.appending(name)
      let bytes = try #require(TemporaryFolder.read(path))
      let heard = hear(bytes)
      do {
        var samples: [Float] = []
        let file = try AudioDecoder().open(path)
        while let block = try file.next() { samples += block }
        if file.format.channels > 1 {
          let mixer = Mixer(channels: file.format.channels, channel: nil)
          #expect(mixer.mix(heard.samples, frames: file.format.frames) == samples, "\(name)")
        } else {
          #expect(heard.samples == samples, "\(name)")
        }
        #expect(heard.error == nil && heard.origin?.format.sampleRate == file.format.sampleRate)
        equal += 1
      } catch {
        // A pipe's end is where a file's size would be.
        #expect(heard.error != nil, "\(name): \(error)")
        refused += 1
      }
    }
    #expect(equal >= 18 && refused >= 12, "\(equal) equal, \(refused) refused")
  }

  @Test func piecesOfBytesDoNotMatter() throws {
    let bytes = try #require(TemporaryFolder.read(Self.folder.appending("s24.wav")))
    let whole = hear(bytes)
    #expect(whole.samples.count == 800)
    for piece in [1, 7, 160] { #expect(hear(bytes, piece: piece).samples == whole.samples) }
  }

  @Test func rawFormatsAreRead() {
    #expect(
      RawFormat("s16le:48000:2")
        == RawFormat(encoding: .s16le, format: StreamFormat(sampleRate: 48_000, channels: 2)))
    #expect(RawFormat("f32le:16000")?.format.channels == 1)
    for text in [
      "", "s16le", "s16be:8000:1", "s16le:0:1", "s16le:8000:0", "s16le:8000:1:1", "s16le::1",
      "s16le:8000:", "S16LE:8000", "s16le:999999999999999999999:1",
    ] { #expect(RawFormat(text) == nil, "\(text)") }
  }

  @Test func samplesThatAreNoAudioEndIt() {
    let bytes = [0.5, .nan, 0.5].flatMap { (value: Float) in
      withUnsafeBytes(of: value.bitPattern) { Array($0) }
    }
    let heard = hear(bytes, raw: RawFormat("f32le:8000"))
    #expect(heard.error == .audio(.notFinite(name: heard.origin!.name, frame: 1)))
  }

  /// What is left of a sample at the end is nothing.
  @Test func halfASampleIsDropped() {
    let heard = hear([0, 64, 0, 64, 7], raw: RawFormat("s16le:8000"))
    #expect(heard.samples == [0.5, 0.5] && heard.error == nil)
    let none = hear([1], raw: RawFormat("s16le:8000"))
    #expect(none.error == .audio(.empty(name: none.origin!.name)))
  }

  /// Chunks without end before the audio take no memory.
  @Test func endlessChunksAreRefused() {
    var bytes = Array("RIFF".utf8) + [255, 255, 255, 255] + Array("WAVE".utf8)
    for _ in 0..<40 {
      bytes += Array("junk".utf8) + [0, 128, 0, 0] + [UInt8](repeating: 0, count: 32_768)
    }
    signal(SIGPIPE, SIG_IGN)
    guard case .audio(.broken(_, let reason)) = hear(bytes).error else {
      Issue.record("accepted")
      return
    }
    #expect(reason.contains("chunks stand before"))
  }
}
