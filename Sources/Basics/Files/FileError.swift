import Glibc
import SystemPackage

/// A failed operation of the file system; prints as one sentence.
public enum FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is nothing at this path.
  case missing(FilePath)
  /// The path exists but cannot be read; `reason` is the system's message.
  case unreadable(FilePath, reason: String)
  /// The path is a folder, FIFO or device instead of a regular file.
  case notRegular(FilePath)
  /// The folder and its subfolders contain no audio files, but so many of formats that are not read.
  case noAudio(FilePath, unread: Int)
  /// The file is larger than the limit for its kind; both in bytes.
  case tooLarge(FilePath, bytes: Int, limit: Int)
  /// A file or folder that was to be made is there already.
  case isThere(FilePath)
  /// The file or folder cannot be made.
  case cannotCreate(FilePath, reason: String)
  /// Writing failed; no file of the final name was made.
  case writeFailed(FilePath, reason: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file or folder"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .notRegular(let path): "\(path): not a regular file"
    case .noAudio(let path, let unread):
      "\(path): no audio files in this folder"
        + (unread == 0
          ? ""
          : ", but \(counted(unread, "recording")) of formats that are not read: convert to FLAC or WAV")
    case .tooLarge(let path, let bytes, let limit):
      "\(path): \(bytes) bytes, more than the \(limit) that such a file may have"
    case .isThere(let path):
      "\(path): cannot be created: it is there already; choose another name"
    case .cannotCreate(let path, let reason): "\(path): cannot be created: \(reason)"
    case .writeFailed(let path, let reason): "\(path): writing failed: \(reason)"
    }
  }

  /// The error for a call on `path` that failed with `errno` equal to `number`.
  package static func reading(_ path: FilePath, _ number: CInt) -> FileError {
    number == ENOENT || number == ENOTDIR
      ? .missing(path) : .unreadable(path, reason: systemMessage(number))
  }
}

/// The system's message for a value of `errno`.
package func systemMessage(_ number: CInt) -> String { String(cString: strerror(number)) }
