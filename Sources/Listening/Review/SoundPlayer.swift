import Basics
import Glibc
import SystemPackage

/// Plays files of sound with a program, which is given the file as its last argument.
public final class SoundPlayer {
  /// What plays where nothing else is named.
  public static let usual = FilePath("aplay")

  private let program: ChildProgram
  private var process: pid_t?

  /// A player by a path, or by a name that is looked for in `PATH`.
  ///
  /// - Throws: `FileError` where there is no such program.
  public init(_ program: FilePath) throws(FileError) { self.program = try ChildProgram(program) }

  deinit { stop() }

  /// Starts to play a file, and stops the one before.
  ///
  /// - Returns: What is wrong, or nil.
  public func play(_ file: FilePath) -> String? {
    stop()
    let path = file.bytes.first == UInt8(ascii: "-") ? Array("./".utf8) + file.bytes : file.bytes
    switch program.start([path], isSilent: true) {
    case .success(let process):
      self.process = process
      return nil
    case .failure(let error): return systemMessage(error.rawValue)
    }
  }

  /// Whether it plays; asks the system.
  public var isPlaying: Bool {
    guard let process else { return false }
    var status: CInt = 0
    if waitpid(process, &status, WNOHANG) == 0 { return true }
    self.process = nil
    // A signal ends it where it is stopped.
    let isExit = status & 0x7F == 0
    if isExit, status >> 8 & 0xFF != 0 { failures += 1 }
    return false
  }

  /// How often the program ended with an error.
  public private(set) var failures = 0

  /// Ends what plays.
  public func stop() {
    guard isPlaying, let process else { return }
    kill(process, SIGKILL)
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    self.process = nil
  }
}
