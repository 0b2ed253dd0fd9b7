import Basics
import Glibc
import SystemPackage

/// Runs a program for each event, which is told of it by its environment; no shell is in between.
///
/// Programs run beside the listening. What they print goes to standard error.
public final class EventCommand {
  /// What became of an event.
  public enum Outcome: Equatable, Sendable {
    case started
    /// As many programs as may run at once are running.
    case tooMany
    /// The system started none, in its words.
    case failed(String)
  }

  /// Programs that run at once.
  public static let mostRunning = 16

  private let program: ChildProgram
  private var running: [pid_t] = []

  /// Runs `program`, a path or a name that is looked for in `PATH`.
  ///
  /// - Throws: `FileError` where there is no such program.
  public init(_ program: FilePath) throws(FileError) { self.program = try ChildProgram(program) }

  /// How many programs run.
  public var runningCount: Int {
    reap()
    return running.count
  }

  /// Starts the program with variables beside those of this one.
  public func run(_ variables: [(name: String, value: [UInt8])]) -> Outcome {
    guard runningCount < Self.mostRunning else { return .tooMany }
    switch program.start([], variables) {
    case .success(let process):
      running.append(process)
      return .started
    case .failure(let error): return .failed(systemMessage(error.rawValue))
    }
  }

  /// Takes the programs that have ended from the system's list.
  private func reap() {
    running.removeAll { process in
      var status: CInt = 0
      return waitpid(process, &status, WNOHANG) != 0
    }
  }
}
