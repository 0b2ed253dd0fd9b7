import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Sound
@testable import kws

/// A decoder that hangs or dies costs its own file, not the run.
@Suite(.serialized) struct IsolationTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  /// Two good clips around one that decodes for longer than it may: 4 GB of holes in a WAV file of 64
  /// channels at 768 kHz, which takes no room on the disk.
  private func writeClips() {
    let good = TemporaryFolder.read(CommandFixture.folder[CommandFixture.clip])!
    folder.write("clips/a.wav", good)
    folder.write("clips/c.wav", good)
    var header = ToneDataset.wav([], sampleRate: 768_000)
    let size = UInt32(3_900_000_000)
    put(
      [
        (4, size + 36), (20, 1 | 64 << 16), (24, 768_000), (28, 768_000 * 64), (32, 64 | 8 << 16),
        (40, size),
      ], into: &header)
    let path = folder.write("clips/b.wav", header)
    #expect(path.withPlatformString { truncate($0, Int(size) + 44) } == 0)
  }

  /// Puts 32-bit numbers, little end first, in their places of a header.
  private func put(_ values: [(offset: Int, value: UInt32)], into header: inout [UInt8]) {
    for (offset, value) in values {
      for byte in 0..<4 { header[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }
  }

  @Test func aClipThatTakesTooLongEndsByItself() {
    writeClips()
    for command in ["classify", "features"] {
      let output = program.run(command, folder["clips/b.wav"].string)
      #expect(output.code == 65 && output.isOneError, "\(output)")
      #expect(output.errors.contains("more than 3 s of processor time"))
    }
  }

  @Test func aFolderGoesOnPastAClipThatTakesTooLong() {
    writeClips()
    let output = program.run("classify", folder["clips"].string, "--threads", "1", "--quiet")
    #expect(output.code == 65 && output.text.split(separator: "\n").count == 2, "\(output)")
    #expect(output.errorLines.count == 2)
    #expect(output.errorLines[0].contains("b.wav: damaged audio file: the decoder was still"))
  }

  /// Both workers that try are killed at their work by the signal of a memory error.
  @Test func aFolderGoesOnPastADecoderThatCrashes() {
    writeClips()
    let running = program.start("classify", folder["clips"].string, "--threads", "1", "--quiet")
    let first = busyWorker(of: running.process)
    kill(first, SIGSEGV)
    kill(busyWorker(of: running.process, after: first), SIGSEGV)
    let output = running.wait()
    #expect(output.code == 65 && output.text.split(separator: "\n").count == 2, "\(output)")
    // AddressSanitizer catches the signal and ends the worker by an exit code.
    #expect(
      output.errorLines[0].contains("the decoder crashed (signal 11)")
        || output.errorLines[0].contains("the decoder ended without an answer"), "\(output)")
  }

  /// The first worker kills itself before it becomes one, as the system does where memory is short.
  @Test func aWorkerThatIsKilledCostsNothing() throws {
    let clip = CommandFixture.folder[CommandFixture.clip]
    let workers = DecodingWorkers(command: [
      "/bin/sh", "-c", "mkdir $0 2>/dev/null && kill -9 $$; exec \"$@\"", folder["died"].string,
      Program.executable.string, Isolation.workerArgument,
    ])
    let decoded = try ClipReader(AudioDecoder(), workers: workers).read(clip)
    #expect(TemporaryFolder.names(in: folder.path) == ["died"])
    #expect(decoded.samples == (try AudioDecoder().decode(clip)).samples)
  }

  /// Ctrl-C and the end of a session reach all processes; the program decides what becomes of the
  /// clips.
  @Test func signalsToTheGroupLeaveTheWorkersAtWork() {
    writeClips()
    let running = program.start("classify", folder["clips"].string, "--threads", "1", "--quiet")
    let worker = busyWorker(of: running.process)
    for signal in [SIGINT, SIGTERM, SIGHUP] { kill(worker, signal) }
    #expect(running.wait().errorLines[0].contains("the decoder was still"))
  }

  @Test func aSingleClipThatCrashesTheDecoderIsOneLine() {
    writeClips()
    let running = program.start("classify", folder["clips/b.wav"].string, "--quiet")
    usleep(700_000)
    running.send(SIGSEGV)
    let output = running.wait()
    #expect(output.code == 65 && output.isOneError && output.signal == nil, "\(output)")
  }

  /// Without workers to be had, files are decoded in the program itself.
  @Test func answersAreTheSameWithAndWithoutWorkers() {
    let clips = ["tones/low/speaker3_nohash_0.wav", CommandFixture.clip]
    let together = program.run(
      arguments: (["classify", "--json"] + clips).map { Array($0.utf8) }
    ).text
    let alone = clips.map { program.run("classify", "--json", $0).text }.joined()
    #expect(together == alone && !together.isEmpty)
  }

  @Test func anEmptyFolderCostsOnlyItself() {
    folder.makeFolder("empty.wav")
    let output = program.run(
      "classify", folder["empty.wav"].string, CommandFixture.clip, "--quiet")
    #expect(output.code == 65 && output.text.contains("mid"), "\(output)")
    #expect(output.errorLines.count == 2 && output.errorLines[0].contains("empty.wav"))
  }

  /// libsndfile looks for resource forks beside a file without a name.
  @Test func filesOfTheWorkingFolderAreNotOpened() {
    var elsewhere = program
    elsewhere.folder = folder.path
    elsewhere.environment["KWS_MODEL"] = CommandFixture.folder["run"].string
    folder.write("._", text: "no resource fork")
    folder.write(".AppleDouble/x", text: "")
    let mp3 = FixtureFiles.root.appending("odd/mp3.mp3").string
    for arguments in [[mp3], [mp3, mp3]] {
      let output = elsewhere.run(
        arguments: (["classify", "--quiet"] + arguments).map { Array($0.utf8) })
      #expect(output.code == 0 && output.errors.isEmpty, "\(output)")
    }
  }

  /// A recording comes in blocks from a worker, and reading it again begins anew.
  @Test func recordingsComeInBlocks() throws {
    let clip = folder.write(
      "long.wav",
      ToneDataset.wav(
        ToneDataset.tone(500, seconds: 9, seed: 1), sampleRate: 8_000))
    let reader = ClipReader(
      AudioDecoder(),
      workers: DecodingWorkers(command: [Program.executable.string, Isolation.workerArgument]))
    var (samples, blocks, begins) = ([Float](), 0, 0)
    let found = try reader.read(.file(clip), begin: { begins += 1 }) {
      samples += $0
      blocks += 1
    }
    #expect(blocks > 10 && begins == 1 && found.sampleRate == 8_000)
    #expect(try samples == reader.read(clip).samples && samples.count == 72_000)
  }

  /// The first child of a process other than `past` that has worked for a tenth of a second; the
  /// process itself, which the test then ends, where there is none.
  private func busyWorker(of process: pid_t, after past: pid_t = 0) -> pid_t {
    // Processes start slowly on a busy machine, and more so under a sanitizer.
    for _ in 0..<6_000 {
      if let child = busyChild(of: process), child != past { return child }
      usleep(10_000)
    }
    Issue.record("no worker is at work")
    return process
  }

  private func busyChild(of process: pid_t) -> pid_t? {
    let children =
      TemporaryFolder.text(
        FilePath("/proc/\(process)/task/\(process)/children")) ?? ""
    guard let child = children.split(separator: " ").first.flatMap({ pid_t($0) }),
      let status = TemporaryFolder.text(FilePath("/proc/\(child)/stat"))?.split(separator: " "),
      status.count > 13, let ticks = Int(status[13])
    else { return nil }
    return ticks >= 10 ? child : nil
  }
}
