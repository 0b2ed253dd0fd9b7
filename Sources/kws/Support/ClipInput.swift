import Glibc
import KeywordSpotting
import SystemPackage

/// A clip from the command line, a folder or a list.
struct ClipInput {
  /// The name as text from which the bytes can be restored.
  var name: String
  /// The source to decode.
  var source: ClipSource
  /// The file, if it is one.
  var path: FilePath? { if case .file(let path) = source { path } else { nil } }

  /// The clips of the arguments and of a list, in order; a folder means the audio files in it and
  /// its subfolders, sorted.
  static func list(_ arguments: [String], filesFrom: String?) throws -> [ClipInput] {
    var inputs: [ClipInput] = []
    for argument in arguments {
      if argument == "-" {
        inputs.append(ClipInput(name: "-", source: .bytes(try readStandardInput(), name: "-")))
      } else {
        let path = RawArguments.path(argument)
        do { inputs += try files(path) } catch {
          // Of several arguments, a folder without clips is reported like an unreadable clip.
          guard arguments.count > 1 else { throw error }
          inputs.append(ClipInput(name: path.displayName, source: .file(path)))
        }
      }
    }
    if let filesFrom {
      let bytes =
        filesFrom == "-"
        ? try readStandardInput() : try readFile(RawArguments.path(filesFrom), limit: 1 << 30)
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let trimmed = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        guard !trimmed.isEmpty else { continue }
        guard !trimmed.contains(0) else {
          throw Failure.badData("\(filesFrom): a path holds a zero byte")
        }
        let path = RawArguments.path(bytes: Array(trimmed))
        inputs.append(ClipInput(name: path.displayName, source: .file(path)))
      }
    }
    return inputs
  }

  /// The files of arguments, and of the folders among them.
  ///
  /// - Parameters:
  ///   - arguments: Files and folders.
  ///   - user: What takes them, for the error.
  /// - Returns: Their paths.
  /// - Throws: `Failure.usage` for standard input.
  static func paths(_ arguments: [String], for user: String) throws -> [FilePath] {
    try list(arguments, filesFrom: nil).map { input in
      guard let path = input.path else {
        throw Failure.usage("\(user) takes files and folders, not standard input")
      }
      return path
    }
  }

  /// The one clip of an argument, or of standard input.
  static func one(_ argument: String) throws -> ClipInput {
    if argument != "-", isFolder(RawArguments.path(argument)) {
      throw Failure.usage("\(RawArguments.path(argument)): a folder; name one audio file")
    }
    return try list([argument], filesFrom: nil)[0]
  }

  private static func files(_ path: FilePath) throws -> [ClipInput] {
    guard isFolder(path) else {
      return [ClipInput(name: path.displayName, source: .file(path))]
    }
    return try AudioFiles.some(below: path).map {
      ClipInput(name: $0.displayName, source: .file($0))
    }
  }

  /// The most bytes that are read from standard input.
  private static let limit = 1 << 28

  /// Reads all of standard input.
  private static func readStandardInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let (got, error) = block.withUnsafeMutableBytes { Transfer.read($0, from: STDIN_FILENO) }
      if let error { throw FileError.unreadable("-", reason: systemMessage(error)) }
      if got == 0 { return bytes }
      bytes += block[..<got]
      guard bytes.count <= limit else {
        throw Failure.badData(
          "-: more than \(limit >> 20) MiB on standard input; name the file instead")
      }
    }
  }
}
