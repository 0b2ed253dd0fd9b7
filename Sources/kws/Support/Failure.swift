import ArgumentParser
import Glibc
import KeywordSpotting

/// From an error to one line on standard error and the documented exit code.
enum Failure {
  /// A wrong use that the argument parser cannot see.
  struct Usage: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// A condition that the person asked for does not hold.
  struct Condition: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// Some of the data was bad; each was reported on the way.
  struct BadData: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// A signal came, and the work stopped in good order.
  struct Interrupted: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// Tells what went wrong, and gives the exit code.
  ///
  /// The caller exits, not this: whatever a frame still holds when a program exits is a leak.
  static func report(_ error: any Error, arguments: [String]) -> CInt {
    guard let code = code(of: error) else { return reportAsParser(error, arguments) }
    try? StandardOutput.flush()
    StandardError.line("kws: \(error)")
    return code
  }

  /// The exit code of our own errors; nil for those of the argument parser.
  private static func code(of error: any Error) -> CInt? {
    switch error {
    case is Condition: 1
    case is Usage: EX_USAGE
    case is BadData: EX_DATAERR
    case let error as FileError: code(error)
    case let error as AudioError: code(error)
    case is FrontEndError: EX_USAGE
    case let error as DatasetError: code(error)
    case let error as ModelError: code(error)
    case is EvaluationError, is ComparisonError, is MergeError: EX_DATAERR
    case is Interrupted: 128 + (Interruption.signal ?? SIGINT)
    case let error as TrainingError: code(error)
    case is MemoryError: EX_OSERR
    case is StandardOutput.Failure: EX_IOERR
    default: nil
    }
  }

  private static func code(_ error: FileError) -> CInt {
    switch error {
    case .missing: EX_NOINPUT
    case .unreadable: EX_IOERR
    case .notRegular, .noAudio, .tooLarge: EX_DATAERR
    case .cannotCreate: EX_CANTCREAT
    case .writeFailed: EX_IOERR
    }
  }

  private static func code(_ error: AudioError) -> CInt {
    switch error.kind {
    case .missing: EX_NOINPUT
    case .inputOutput: EX_IOERR
    case .notAudio, .broken: EX_DATAERR
    }
  }

  private static func code(_ error: DatasetError) -> CInt {
    switch error {
    case .missing: EX_NOINPUT
    case .unreadable: EX_IOERR
    case .emptyWords, .repeatedWord, .reservedWord, .badSpeakerPattern,
      .speakerPatternWithoutGroup, .badShares:
      EX_USAGE
    default: EX_DATAERR
    }
  }

  private static func code(_ error: ModelError) -> CInt {
    switch error {
    case .file(let error): code(error)
    case .invalid, .headerTooLong, .invalidCheckpoint, .newerFormat: EX_DATAERR
    }
  }

  private static func code(_ error: TrainingError) -> CInt {
    switch error {
    case .dataset(let error): code(error)
    case .file(let error): code(error)
    case .model(let error): code(error)
    case .option: EX_USAGE
    case .badClips, .badTestClips, .tooManyLabels, .classWithoutClips, .otherData, .testClipsMet:
      EX_DATAERR
    case .datasetMoved, .noCheckpoint: EX_NOINPUT
    case .notFinite: EX_SOFTWARE
    case .memory: EX_OSERR
    case .interrupted, .interruptedEarly: 128 + (Interruption.signal ?? SIGINT)
    }
  }

  /// Errors of the argument parser, help and version among them.
  private static func reportAsParser(_ error: any Error, _ arguments: [String]) -> CInt {
    let code = Kws.exitCode(for: error).rawValue
    if code != 0, let first = arguments.first, !first.hasPrefix("-"),
      !Kws.commandNames.contains(first)
    {
      StandardError.line("kws: " + Kws.unknownCommand(first))
      return EX_USAGE
    }
    guard code == 0 else {
      let command = arguments.first.map { Kws.commandNames.contains($0) ? $0 + " " : "" } ?? ""
      let message = Kws.message(for: error).replacing("\n", with: " ")
      StandardError.line("kws: \(message) (see kws \(command)--help)")
      return code
    }
    do {
      try StandardOutput.line(Kws.fullMessage(for: error))
      try StandardOutput.flush()
      return 0
    } catch { return report(error, arguments: []) }
  }
}
