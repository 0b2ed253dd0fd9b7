import Glibc
import KeywordSpotting

/// An error of a command, and the documented exit code of every error.
struct Failure: Error, CustomStringConvertible {
  /// What decides the exit code.
  enum Kind {
    /// A usage error that the argument parser cannot detect.
    case usage
    /// A requested condition does not hold.
    case condition
    /// Some of the data was bad; each case was reported when it was found.
    case badData
    /// The work was stopped by a signal and ended normally.
    case interrupted
  }

  let kind: Kind
  let description: String

  static func usage(_ description: String) -> Self { Self(kind: .usage, description: description) }

  static func condition(_ description: String) -> Self {
    Self(kind: .condition, description: description)
  }

  static func badData(_ description: String) -> Self {
    Self(kind: .badData, description: description)
  }

  static func interrupted(_ description: String) -> Self {
    Self(kind: .interrupted, description: description)
  }

  private var code: CInt {
    switch kind {
    case .usage: EX_USAGE
    case .condition: 1
    case .badData: EX_DATAERR
    case .interrupted: 128 + (Interruption.signal ?? SIGINT)
    }
  }

  /// What a person reads of an error: options as flags, and where the way on is a command, that.
  static func text(of error: any Error) -> String {
    switch error {
    case TrainingError.interrupted(let folder):
      "stopped; continue with: kws train --resume \(folder)"
    case TrainingError.datasetMoved(let root, let folder):
      "\(root): no such file or folder; name the recordings: kws train DATASET --resume \(folder)"
    case TrainingError.noCheckpoint(let folder):
      "\(folder): no checkpoint, because the training had not begun: train again with --out \(folder)"
    case TrainingError.file(.isThere(let path)), FileError.isThere(let path):
      "\(path): cannot be created: it already exists; choose another --out"
    case MergeError.noPart(let path):
      "\(path): no part.json; write parts with kws evaluate --shard i/n --report FOLDER"
    case ReviewError.noEvents:
      "\(error); give one that kws listen --save or kws mine --out wrote"
    case let error as any NamesOptions: error.text { "--" + $0 }
    default: "\(error)"
    }
  }

  /// The exit code of our own errors; nil for those of the argument parser.
  static func code(of error: any Error) -> CInt? {
    switch error {
    case let error as Failure: error.code
    case let error as FileError: code(error)
    case let error as AudioError: code(error)
    case is FrontEndError, is OptionError: EX_USAGE
    case let error as InputError: code(error)
    case let error as DeviceError: code(error)
    case let error as DatasetError: code(error)
    case let error as LabelError: code(error)
    case let error as ModelError: code(error)
    case is EvaluationError, is ComparisonError, is MergeError, is RuleError, is ReviewError:
      EX_DATAERR
    case let error as TrainingError: code(error)
    case is WyomingError: EX_IOERR
    case let error as ExportError: code(error)
    case let error as RunnerError: code(error)
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
    case .cannotCreate, .isThere: EX_CANTCREAT
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

  private static func code(_ error: InputError) -> CInt {
    switch error {
    case .audio(let error): code(error)
    case .device(let error): code(error)
    case .noThread: EX_OSERR
    }
  }

  private static func code(_ error: DeviceError) -> CInt {
    if case .noFormat = error { return EX_DATAERR }
    return error.isMissing ? EX_NOINPUT : EX_IOERR
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

  private static func code(_ error: LabelError) -> CInt {
    switch error {
    case .file(let error): code(error)
    case .row, .noFiles, .noneFit, .noKeyword, .keywordsSaid: EX_DATAERR
    }
  }

  private static func code(_ error: ModelError) -> CInt {
    switch error {
    case .file(let error): code(error)
    case .invalid, .notImported, .headerTooLong, .beyondHalf, .invalidCheckpoint, .newerFormat:
      EX_DATAERR
    }
  }

  private static func code(_ error: ExportError) -> CInt {
    switch error {
    case .frontEnd: EX_DATAERR
    case .opset: EX_USAGE
    }
  }

  private static func code(_ error: RunnerError) -> CInt {
    switch error {
    case .missing: EX_NOINPUT
    case .failed: EX_SOFTWARE
    }
  }

  private static func code(_ error: TrainingError) -> CInt {
    switch error {
    case .dataset(let error): code(error)
    case .labels(let error): code(error)
    case .file(let error): code(error)
    case .model(let error): code(error)
    case .option, .frontEnd, .unknownSpeakers, .tooFewForFolds: EX_USAGE
    case .badClips, .badTestClips, .tooManyLabels, .classWithoutClips, .otherData, .testClipsMet:
      EX_DATAERR
    case .datasetMoved, .noCheckpoint: EX_NOINPUT
    case .notFinite: EX_SOFTWARE
    case .memory: EX_OSERR
    case .interrupted, .interruptedEarly: 128 + (Interruption.signal ?? SIGINT)
    }
  }
}
