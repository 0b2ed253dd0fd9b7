import Glibc
import SystemPackage

/// Something that the file system refused, in one sentence.
public enum FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is nothing at this path.
  case missing(FilePath)
  /// The path is there and cannot be read; `reason` is the system's word.
  case unreadable(FilePath, reason: String)
  /// A regular file was expected: a folder, FIFO or device is there.
  case notRegular(FilePath)
  /// A folder in which audio files were expected has none, nor have those below it.
  case noAudio(FilePath)
  /// The file is larger than this kind of file may be, in bytes.
  case tooLarge(FilePath, bytes: Int, limit: Int)
  /// A file or folder that was to be made is there already.
  case isThere(FilePath)
  /// The file or folder cannot be made.
  case cannotCreate(FilePath, reason: String)
  /// Writing failed midway; nothing stands under the final name.
  case writeFailed(FilePath, reason: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file or folder"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .notRegular(let path): "\(path): not a regular file"
    case .noAudio(let path): "\(path): no audio files in this folder"
    case .tooLarge(let path, let bytes, let limit):
      "\(path): \(bytes) bytes, more than the \(limit) that such a file may have"
    case .isThere(let path):
      "\(path): cannot be created: it is there already; choose another name"
    case .cannotCreate(let path, let reason): "\(path): cannot be created: \(reason)"
    case .writeFailed(let path, let reason): "\(path): writing failed: \(reason)"
    }
  }

  /// The error for a call that failed on an existing `path` with `number` as `errno`.
  package static func reading(_ path: FilePath, _ number: CInt) -> FileError {
    number == ENOENT || number == ENOTDIR
      ? .missing(path) : .unreadable(path, reason: systemMessage(number))
  }
}

/// The system's words for an `errno` value.
package func systemMessage(_ number: CInt) -> String { String(cString: strerror(number)) }
