import Basics
import Glibc
import Recognition
import SystemPackage

/// The posteriors of every window as CSV, written as they come.
///
/// Columns: `path`, `start` and `end` in seconds, then a class each, in the model's order.
public final class ScoreTable {
  /// Bytes that wait for the disk at most.
  private static let blockLength = 1 << 16

  private let path: FilePath
  private let descriptor: CInt
  private var waiting: [UInt8] = []

  /// Makes the file, or empties it.
  ///
  /// - Throws: `FileError`.
  public init(_ path: FilePath, labels: [String]) throws(FileError) {
    self.path = path
    descriptor = path.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw .cannotCreate(path, reason: systemMessage(errno)) }
    let row = CSVCell.row((["path", "start", "end"] + labels).map(CSVCell.write))
    waiting = Array(row.utf8)
  }

  deinit { close(descriptor) }

  /// Adds a window.
  ///
  /// - Parameters:
  ///   - window: Its posteriors and its time.
  ///   - name: The file, pipe or device.
  /// - Throws: `FileError` if the table cannot be written.
  public func add(_ window: Listener.Window, from name: String) throws(FileError) {
    let times = [window.seconds.lowerBound, window.seconds.upperBound]
    let cells =
      [CSVCell.write(name)] + times.map { TextCell.fixed($0, 3) }
      + window.posteriors.map { TextCell.fixed(Double($0), 6) }
    waiting += CSVCell.row(cells).utf8
    if waiting.count >= Self.blockLength { try flush() }
  }

  /// Writes what waits.
  public func flush() throws(FileError) {
    defer { waiting.removeAll(keepingCapacity: true) }
    let error = waiting.withUnsafeBytes { Transfer.write($0, to: descriptor) }
    if let error { throw .writeFailed(path, reason: systemMessage(error)) }
  }
}
