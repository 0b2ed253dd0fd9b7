import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

struct ListenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen",
    abstract: "Find keywords in continuous sound: a microphone, a pipe or long recordings.",
    discussion: """
      kws listen                                        the microphone
      kws listen meeting.flac                           a recording, as fast as it goes
      arecord -f S16_LE -r 48000 -c 2 | kws listen -    WAV on standard input
      ... | kws listen - --raw s16le:48000:2            samples without a header

      Each event is printed once, when it is decided. The model's rule for listening (kws info) says \
      what makes one. FIFOs are named like files. SIGINT and SIGTERM end it with a summary.
      """)

  @Argument(
    help: "Recordings, folders of them, FIFOs, or - for standard input (default: the microphone).")
  var inputs: [String] = []
  @OptionGroup var modelChoice: ModelChoice
  @OptionGroup(title: "Input") var source: ListenSourceOptions
  @OptionGroup(title: "Rule") var rule: ListenRuleOptions
  @OptionGroup(title: "Rule") var energy: EnergyGateOption
  @OptionGroup(title: "Output") var output: ListenOutputOptions
  @OptionGroup(title: "Server") var server: ListenServerOptions
  @OptionGroup var channel: ChannelOption
  @Flag(help: "No remarks on standard error but errors.") var quiet = false

  func validate() throws {
    if inputs.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input (-) can be read once only")
    }
    if server.wyoming != nil,
      !inputs.isEmpty || source.device != nil || source.raw != nil || source.live
        || output.scores != nil || output.preroll > 0 && output.save == nil
        || channel.channel != nil
    {
      throw ValidationError(
        "--wyoming listens to its clients: leave inputs, --device, --raw, --live, --scores and --channel "
          + "out")
    }
    if source.device != nil, !inputs.isEmpty {
      throw ValidationError("--device and files cannot both be given")
    }
  }

  func run() throws {
    if source.listDevices { return try listDevices() }
    var model = try modelChoice.load(quiet: quiet).model
    try rule.apply(to: &model)
    let gate = try energy.gate(for: model)
    channel.remark(on: model, quiet: quiet)
    if let address = server.address {
      return try WyomingRun(model, gate, output, server, quiet: quiet).serve(address)
    }
    let listed = try ListenInput.list(inputs, source)
    let sinks = try EventSinks(output, model, isLive: listed.contains(where: \.source.isLive))
    let classifier = Classifier(
      model, channel: channel.channel, threads: 1, workers: Isolation.workers())
    Interruption.heed()
    var run = ListenRun(
      classifier, channel: channel.channel, near: output.near, gate: gate, sinks: sinks,
      quiet: quiet)
    var bad = 0
    for (index, input) in listed.enumerated() where !Interruption.isRequested {
      do { try run.recognise(input, number: index + 1, of: listed.count) } catch let error
        as InputError
      {
        if listed.count == 1 {
          if let summary = run.end(), !quiet { StandardError.line("kws: \(summary)") }
          throw error
        }
        bad += 1
        StandardError.line("kws: \(error)")
      }
    }
    try sinks.finish()
    let summary = run.end()
    if let signal = Interruption.signal {
      throw Failure.interrupted("stopped by signal \(signal); \(summary ?? "no sound")")
    }
    if let summary, !quiet { StandardError.line("kws: \(summary)") }
    if bad > 0 { throw Failure.badData("\(bad) of \(listed.count) inputs could not be read") }
    if sinks.failures > 0 {
      throw FileError.writeFailed(
        RawArguments.path(output.save ?? ""),
        reason: "not kept: \(counted(sinks.failures, "event"))")
    }
  }

  private func listDevices() throws {
    for device in try SoundDevice.all() {
      try StandardOutput.line(
        "\(TextCell.visible(device.name))  \(TextCell.visible(device.description))")
    }
  }
}
