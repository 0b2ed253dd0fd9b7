import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// The microphone of the real program: ALSA's file plugin gives a device the samples of a file.
@Suite struct MicrophoneCommandTests {
  private static let hasLibrary = dlopen("libasound.so.2", RTLD_NOW) != nil
  private let folder = TemporaryFolder()

  /// The program with devices `mono` (whatever is asked for) and `stereo` (48 kHz, two channels, nothing
  /// else), which give the stream and then silence.
  private var program: Program {
    folder.write("mono.raw", ListenFixture.s16le(ListenFixture.samples()))
    folder.write(
      "stereo.raw", ListenFixture.s16le(ListenFixture.samples(at: 48_000), channels: 2))
    folder.write(
      "asound.conf",
      text: """
        pcm.mono { type file slave.pcm { type null } file /dev/null format raw
          infile \(folder["mono.raw"])
          hint { show on description "Words from a file" } }
        pcm.rate { type plug slave { pcm { type null } rate 48000 format S16_LE } }
        pcm.two { type multi slaves.a { pcm rate channels 2 }
          bindings.0 { slave a channel 0 } bindings.1 { slave a channel 1 } }
        pcm.stereo { type file slave.pcm two file /dev/null format raw
          infile \(folder["stereo.raw"]) }
        """)
    var program = CommandFixture.program
    program.environment["ALSA_CONFIG_PATH"] = folder["asound.conf"].string
    return program
  }

  @Test(
    .enabled(if: Self.hasLibrary, "libasound2 is not there"),
    arguments: [("mono", "8000 Hz, 1 channel"), ("stereo", "48000 Hz, 2 channels")])
  func aDeviceIsHeard(_ device: String, _ format: String) throws {
    let running = program.start(
      "listen", "--device", device, "--json", "--save", folder["k"].string)
    // The device goes on with silence.
    #expect(running.waits(for: "all samples are zero"))
    let start = ContinuousClock.now
    running.send(SIGINT)
    let output = running.wait()
    #expect(output.code == 130 && ContinuousClock.now - start < .seconds(1), "\(output)")
    #expect(try ListenFixture.labels(output) == ListenFixture.words, "\(output)")
    #expect(output.errors.contains("\(device): \(format), s16le"), "\(output)")
    for object in try ListenFixture.objects(output) {
      #expect(object["source"] as? String == device && object["time"] is String)
      #expect((object["latency"] as! Double) < 5_000)
    }
    let names = TemporaryFolder.names(in: folder["k/top"])
    #expect(names.count == 1 && names[0].hasPrefix("\(device)-20"), "\(names)")
  }

  @Test(.enabled(if: Self.hasLibrary, "libasound2 is not there")) func devicesAreListed() {
    let output = program.run("listen", "--list-devices")
    #expect(output.code == 0 && output.text.contains("mono  Words from a file"), "\(output)")
  }

  @Test(.enabled(if: Self.hasLibrary, "libasound2 is not there"))
  func aDeviceThatIsNotThereIsOneLine() {
    let output = program.run("listen", "--device", "none")
    #expect(output.code == 66 && output.isOneError, "\(output)")
    #expect(output.errors.contains("none: "))
    let channel = program.run("listen", "--device", "stereo", "--channel", "3", "--quiet")
    #expect(channel.code == 65 && channel.isOneError, "\(channel)")
  }

  /// Where the library cannot be loaded, all else works.
  @Test func aMachineWithoutTheLibraryRunsTheRest() {
    folder.write("lib/libasound.so.2", text: "no library")
    var program = program
    let path = getenv("LD_LIBRARY_PATH").map { ":" + String(cString: $0) } ?? ""
    program.environment["LD_LIBRARY_PATH"] = folder["lib"].string + path
    for arguments in [["listen"], ["listen", "--list-devices"]] {
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 66 && output.isOneError, "\(output)")
      #expect(output.errors.contains("libasound.so.2") && output.errors.contains("libasound2"))
    }
    let output = program.run("listen", "-", "--quiet", input: ListenFixture.wav())
    #expect(output.code == 0 && output.text.split(separator: "\n").count == 4, "\(output)")
  }
}
