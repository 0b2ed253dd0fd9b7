import Basics
import SystemPackage

/// Why a model cannot be used; prints as one sentence.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file itself cannot be read or written.
  case file(FileError)
  /// The file is not a valid model; `problem` says which check failed, with both numbers.
  case invalid(FilePath, problem: String)
  /// The file is no network that can become a model; `problem` says which check failed.
  case notImported(FilePath, problem: String)
  /// The header of the file would be larger than the limit for reading.
  case headerTooLong(FilePath, bytes: Int, limit: Int)
  /// A weight is larger than any of float16, so that the file could not be read again.
  case beyondHalf(FilePath, tensor: String, value: Float)
  /// The file is not a valid checkpoint; `problem` says which check failed.
  case invalidCheckpoint(FilePath, problem: String)
  /// The file, or a part of what it says, was written by a newer version of the program.
  case newerFormat(FilePath, part: String?, found: Int, supported: Int)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .invalid(let path, let problem): "\(path): not a valid model: \(problem)"
    case .notImported(let path, let problem): "\(path): cannot be imported: \(problem)"
    case .headerTooLong(let path, let bytes, let limit):
      "\(path): not written: its header would have \(bytes) bytes, more than the limit of "
        + "\(limit): the model has too many labels"
    case .beyondHalf(let path, let tensor, let value):
      "\(path): not written: tensor \(tensor) holds \(value), beyond the 65504 of float16: keep this "
        + "model as it is"
    case .invalidCheckpoint(let path, let problem):
      "\(path): not a valid checkpoint: \(problem)"
    case .newerFormat(let path, let part, let found, let supported):
      "\(path): \(StoredFault.newer(part: part, found: found, supported: supported))"
    }
  }

  /// The error of a file whose metadata has a fault; `invalid` makes that of any other fault.
  package init(_ fault: StoredFault, in path: FilePath, _ invalid: (String) -> ModelError) {
    if case .newer(let part, let found, let supported) = fault {
      self = .newerFormat(path, part: part, found: found, supported: supported)
    } else {
      self = invalid(fault.text(of: "the metadata"))
    }
  }
}
