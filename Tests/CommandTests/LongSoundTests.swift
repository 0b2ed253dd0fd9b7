import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Sound

/// Only decoding is timed, and in proportion to the sound that comes out.
@Suite struct LongSoundTests {
  private let folder = TemporaryFolder()

  /// A WAV file of zeros, 8 bits at 8 kHz, which takes no room on the disk and so buys no time.
  private func writeSilence(_ name: String, seconds: Int) -> FilePath {
    var header = ToneDataset.wav([], sampleRate: 8_000)
    let size = UInt32(8_000 * seconds)
    for (offset, value) in [(4, size + 36), (28, 8_000), (32, 1 | 8 << 16), (40, size)] {
      for byte in 0..<4 {
        header[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(byte)))
      }
    }
    let path = folder.write(name, header)
    #expect(path.withPlatformString { truncate($0, Int(size) + 44) } == 0)
    return path
  }

  /// A network that is at work for longer than the decoder may be.
  @Test func aNetworkMayTakeItsTime() throws {
    var model = try KeywordModel.builtIn()
    var shape = model.network.shape
    (shape.hidden, shape.layers) = (512, 1)
    // What the weights are takes no part in the time.
    model.network = Network(
      shape: shape, parameters: [Float](repeating: 0.01, count: ParameterLayout(shape).count))
    model.window.hopSeconds = model.window.maximumSeconds / 100
    try model.write(to: folder["large.safetensors"])
    let clip = writeSilence("clip.wav", seconds: 6)
    let output = CommandFixture.program.run(
      "classify", clip.string, "--model", folder["large.safetensors"].string, "--quiet")
    #expect(output.code == 0 && output.errors.isEmpty, "\(output)")
    #if DEBUG
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
      // Without this the test would show nothing.
      #expect(usage.ru_utime.tv_sec >= 4, "\(usage.ru_utime.tv_sec) s in all programs")
    #endif
  }

  @Test func soundBuysTime() {
    signal(SIGPROF, SIG_IGN)
    defer { signal(SIGPROF, SIG_DFL) }
    func seconds() -> Int {
      var left = itimerval()
      getitimer(__itimer_which_t(ITIMER_PROF.rawValue), &left)
      return left.it_value.tv_sec + (left.it_value.tv_usec > 0 ? 1 : 0)
    }
    let watch = DecodingWatch(seconds: 1_000)
    #expect(seconds() <= 1_001)
    // An hour in blocks of a second.
    for _ in 0..<3_600 { watch.extend(samples: 16_000, sampleRate: 16_000) }
    #expect((1_100...1_121).contains(seconds()), "\(seconds())")
    watch.end()
    #expect(seconds() == 0)
  }

  @Test func bytesBuyTime() {
    #expect(DecodingLimit.seconds(bytes: 0) == 3)
    #expect(DecodingLimit.seconds(bytes: 14_000_000) == 56)
    #expect(DecodingLimit.seconds(bytes: 1 << 40) == 60)
    #expect(DecodingLimit.seconds(for: writeSilence("hour.wav", seconds: 3_600)) == 3)
  }
}
