import Glibc
import KeywordSpotting
import SystemPackage

/// How events name where their sound comes from.
struct EventSource {
  /// As text from which its bytes can be had back.
  var name: String
  /// The same as bytes.
  var bytes: [UInt8]
  /// Names the files of its events.
  var recording: [UInt8]
  /// Whether the sound is live.
  var isLive: Bool
  /// Whether there is no other, so that lines need no name.
  var isAlone = true
}

/// One input of `kws listen`.
struct ListenInput {
  /// Where the sound comes from.
  enum Kind {
    case microphone(String)
    case pipe(PipeInput.Source, RawFormat?)
    case file(ClipSource)
  }

  let kind: Kind
  /// How its events name it.
  var source: EventSource

  /// The inputs that arguments name, in order; the microphone without any.
  static func list(_ arguments: [String], _ options: ListenSourceOptions) throws -> [ListenInput] {
    guard !arguments.isEmpty else {
      let device = options.device ?? "default"
      if options.raw != nil { throw Failure.usage("--raw is for pipes: name one, or - ") }
      return [
        ListenInput(
          kind: .microphone(device),
          source: EventSource(
            name: device, bytes: Array(device.utf8), recording: live(Array(device.utf8)),
            isLive: true))
      ]
    }
    var inputs: [ListenInput] = []
    for argument in arguments {
      let path = RawArguments.path(argument)
      if argument == "-" {
        inputs.append(pipe(.standardInput, "-", Array("stdin".utf8), options))
      } else if isFIFO(path) {
        inputs.append(pipe(.fifo(path), path.displayName, path.bytes, options))
      } else {
        inputs += try ClipInput.list([argument], filesFrom: nil).map {
          ListenInput(
            kind: .file($0.source),
            source: EventSource(
              name: $0.name, bytes: $0.path?.bytes ?? [], recording: $0.path?.bytes ?? [],
              isLive: false))
        }
      }
    }
    if options.raw != nil || options.live,
      inputs.allSatisfy({ if case .file = $0.kind { true } else { false } })
    {
      throw Failure.usage("--raw and --live are for pipes, and none is named")
    }
    if inputs.count > 1 { for index in inputs.indices { inputs[index].source.isAlone = false } }
    return inputs
  }

  private static func pipe(
    _ source: PipeInput.Source, _ name: String, _ bytes: [UInt8], _ options: ListenSourceOptions
  ) -> ListenInput {
    ListenInput(
      kind: .pipe(source, options.rawFormat),
      source: EventSource(
        name: name, bytes: Array(name.utf8), recording: options.live ? live(bytes) : bytes,
        isLive: options.live))
  }

  /// The name of a recording that begins now.
  private static func live(_ name: [UInt8]) -> [UInt8] {
    name + Array("-\(Machine.compactDate)".utf8)
  }

  private static func isFIFO(_ path: FilePath) -> Bool {
    var status = stat()
    return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// Starts to read it.
  ///
  /// - Parameters:
  ///   - classifier: Gives the reader of files and the rate.
  ///   - channel: The channel that was asked for, which must be there.
  /// - Returns: The reader.
  /// - Throws: `InputError` if it cannot be opened.
  func reader(_ classifier: Classifier, channel: Int?) throws(InputError) -> SoundReader {
    let rate = classifier.model.frontEnd.sampleRate
    switch kind {
    case .file(let source):
      return SoundReader(FileInput(source, reader: classifier.reader, sampleRate: rate))
    case .pipe(let source, let raw):
      return SoundReader(
        PipeInput(
          source, raw: raw, channel: channel ?? classifier.model.channel,
          takesMono: channel == nil))
    case .microphone(let device):
      do {
        return SoundReader(
          try Microphone(
            device, sampleRate: rate, channel: channel ?? classifier.model.channel,
            takesMono: channel == nil))
      } catch { throw .device(error) }
    }
  }
}
