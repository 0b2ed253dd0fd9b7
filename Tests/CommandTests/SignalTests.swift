import Glibc
import TestSupport
import Testing

/// Signals in every phase of a training: the program is gone within 2 s, with the documented code, and the run goes on to the bytes of a run that was never stopped.
@Suite(.serialized) struct SignalTests {
  private let folder = TemporaryFolder()

  private func start(_ more: String...) -> Program.Running {
    let arguments =
      ["train", "tones", "--out", folder["run"].string] + CommandFixture.tiny
      + ["--epochs", "12"] + more
    return CommandFixture.program.start(arguments: arguments.map { Array($0.utf8) })
  }

  private func seconds(_ body: () -> Program.Output) -> (Program.Output, Double) {
    let start = ContinuousClock.now
    let output = body()
    let duration = ContinuousClock.now - start
    return (
      output, Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    )
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aTrainingStopsAndGoesOn(_ signal: Int32) {
    let running = start()
    #expect(running.waits(for: "epoch 2/12"))
    running.send(signal)
    let (output, seconds) = seconds(running.wait)
    #expect(output.code == 128 + signal && output.signal == nil, "\(output)")
    #expect(seconds < 2, "\(seconds) s")
    #expect(
      output.errorLines.last
        == "kws: stopped; continue with: kws train --resume \(folder["run"])")
    #expect(TemporaryFolder.read(folder["run/model.safetensors"]) == nil)

    let resumed = CommandFixture.program.run("train", "--resume", folder["run"].string)
    #expect(resumed.code == 0, "\(resumed)")
    #expect(
      TemporaryFolder.read(folder["run/model.safetensors"])
        == TemporaryFolder.read(CommandFixture.folder["trained.safetensors"]))
  }

  @Test func loadingStopsAtOnceAndLeavesNothing() {
    let running = start()
    #expect(running.waits(for: "classes:"))
    running.send(SIGINT)
    let (output, seconds) = seconds(running.wait)
    // The signal may come when loading is already over; then there is a checkpoint.
    #expect(output.code == 130 && seconds < 2)
    let names = TemporaryFolder.names(in: folder["run"])
    #expect(names.isEmpty || names.contains("checkpoint.safetensors"))
  }

  @Test func aSecondSignalEndsAtOnce() {
    // One update of all clips at once through 3 layers takes far longer than the two signals.
    let running = start("--batch", "800", "--hidden", "256", "--layers", "3")
    #expect(running.waits(for: "run folder:"))
    running.send(SIGINT)
    usleep(50_000)
    running.send(SIGINT)
    let (output, seconds) = seconds(running.wait)
    #expect(output.code == 130 && seconds < 0.5, "\(output.code) after \(seconds) s")
  }

  /// An update that is longer than the grace does not hold the program: the last checkpoint stands.
  @Test func aLongUpdateDoesNotHoldTheProgram() {
    let running = start("--batch", "800", "--hidden", "256", "--layers", "3", "--threads", "1")
    #expect(running.waits(for: "run folder:"))
    running.send(SIGTERM)
    let (output, seconds) = seconds(running.wait)
    #expect(output.code == 143 && seconds < 2, "\(output.code) after \(seconds) s")
    #expect(TemporaryFolder.names(in: folder["run"]).contains("checkpoint.safetensors"))
  }

  @Test func otherCommandsEndAtOnce() {
    folder.write("list", text: String(repeating: CommandFixture.clip + "\n", count: 50_000))
    let running = CommandFixture.program.start(
      "classify", "--files-from", folder["list"].string, "--json")
    #expect(running.waits(for: "model"))
    running.send(SIGINT)
    let (output, seconds) = seconds(running.wait)
    #expect(output.code == 130 && seconds < 2)
  }

  /// Two trainings that start at once have two folders; one folder takes one training.
  @Test func trainingsNeverShareAFolder() {
    var program = CommandFixture.program
    program.folder = folder.path
    let data = CommandFixture.folder["tones"].string
    let arguments = (["train", data, "--quiet", "--epochs", "1"] + CommandFixture.tiny).map {
      Array($0.utf8)
    }
    let running = (0..<4).map { _ in program.start(arguments: arguments) }
    for run in running { #expect(run.wait().code == 0) }
    #expect(
      TemporaryFolder.names(in: folder["runs"])
        == ["latest", "tones-1", "tones-2", "tones-3", "tones-4"])

    let first = start("--epochs", "500")
    #expect(first.waits(for: "epoch 2/"))
    let second = CommandFixture.program.run("train", "--resume", folder["run"].string)
    #expect(second.code == 73 && second.errors.contains("another training"))
    first.send(SIGINT)
    #expect(first.wait().code == 130)
  }
}
