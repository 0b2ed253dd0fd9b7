import Glibc
import KeywordSpotting
import SystemPackage

/// One input of `kws listen`.
struct ListenInput {
  /// Where the sound comes from.
  enum Kind {
    case microphone(String)
    case pipe(PipeInput.Source, RawFormat?)
    case file(ClipSource)
  }

  let kind: Kind
  /// What it is called, as text from which its bytes can be had back.
  let name: String
  /// The same as bytes.
  let bytes: [UInt8]
  /// The bytes that name its events' files.
  let recording: [UInt8]
  /// Whether the sound is made while it is heard.
  let isLive: Bool
  /// Whether there is no other, so that lines need no name.
  var isAlone = true

  /// The inputs that arguments name, in order; the microphone without any.
  static func list(_ arguments: [String], _ options: ListenSourceOptions) throws -> [ListenInput] {
    guard !arguments.isEmpty else {
      let device = options.device ?? "default"
      if options.raw != nil { throw Failure.Usage("--raw is for pipes: name one, or - ") }
      return [
        ListenInput(
          kind: .microphone(device), name: device, bytes: Array(device.utf8),
          recording: Array("\(device)-\(Machine.compactDate)".utf8), isLive: true)
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
            kind: .file($0.source), name: $0.name, bytes: $0.path?.bytes ?? [],
            recording: $0.path?.bytes ?? [], isLive: false)
        }
      }
    }
    if options.raw != nil || options.live,
      inputs.allSatisfy({ if case .file = $0.kind { true } else { false } })
    {
      throw Failure.Usage("--raw and --live are for pipes, and none is named")
    }
    if inputs.count > 1 { for index in inputs.indices { inputs[index].isAlone = false } }
    return inputs
  }

  private static func pipe(
    _ source: PipeInput.Source, _ name: String, _ bytes: [UInt8], _ options: ListenSourceOptions
  ) -> ListenInput {
    let recording = options.live ? bytes + Array("-\(Machine.compactDate)".utf8) : bytes
    return ListenInput(
      kind: .pipe(source, options.rawFormat), name: name, bytes: Array(name.utf8),
      recording: recording,
      isLive: options.live)
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
  func reader(_ classifier: Classifier, channel: Int?) throws(InputError) -> SoundReader {
    let rate = classifier.model.frontEnd.sampleRate
    switch kind {
    case .file(let source):
      return SoundReader(FileInput(source, reader: classifier.reader, sampleRate: rate))
    case .pipe(let source, let raw):
      return SoundReader(PipeInput(source, raw: raw, channel: channel))
    case .microphone(let device):
      do {
        return SoundReader(
          try Microphone(device, sampleRate: rate, channel: channel ?? classifier.model.channel))
      } catch { throw .device(error) }
    }
  }
}
