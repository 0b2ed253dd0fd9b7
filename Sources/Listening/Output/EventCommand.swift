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

  private let program: FilePath
  private var running: [pid_t] = []

  /// Runs `program`, a path or a name that is looked for in `PATH`.
  ///
  /// - Throws: `FileError` where there is no such program.
  public init(_ program: FilePath) throws(FileError) {
    guard let path = Self.find(program) else { throw .missing(program) }
    guard path.withPlatformString({ access($0, X_OK) }) == 0, !isFolder(path) else {
      throw .unreadable(program, reason: "it cannot be run")
    }
    self.program = path
  }

  private static func find(_ program: FilePath) -> FilePath? {
    func exists(_ path: FilePath) -> Bool { path.withPlatformString { access($0, F_OK) } == 0 }
    if program.bytes.contains(UInt8(ascii: "/")) { return exists(program) ? program : nil }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":", omittingEmptySubsequences: false)
      .map { FilePath($0.isEmpty ? "." : String($0)).below(program.bytes) }.first(where: exists)
  }

  /// How many programs run.
  public var runningCount: Int {
    reap()
    return running.count
  }

  /// Starts the program with variables beside those of this one.
  public func run(_ variables: [(name: String, value: [UInt8])]) -> Outcome {
    guard runningCount < Self.mostRunning else { return .tooMany }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // A group of its own: Ctrl-C ends the listening, and not what an event has begun.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var environment = Self.inherited(without: variables.map(\.name))
    environment += variables.map { Self.copy(Array("\($0.name)=".utf8) + $0.value) } + [nil]
    defer { environment.forEach { free($0) } }
    var process = pid_t()
    let error = program.withPlatformString { path in
      var arguments = [strdup(path), nil]
      defer { arguments.forEach { free($0) } }
      return posix_spawn(&process, path, &actions, &attributes, &arguments, &environment)
    }
    guard error == 0 else { return .failed(systemMessage(error)) }
    running.append(process)
    return .started
  }

  /// Takes the programs that have ended from the system's list.
  private func reap() {
    running.removeAll { process in
      var status: CInt = 0
      return waitpid(process, &status, WNOHANG) != 0
    }
  }

  private static func inherited(without names: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = []
    var place = environ
    while let entry = place.pointee {
      let isReplaced = names.contains { strncmp(entry, "\($0)=", $0.utf8.count + 1) == 0 }
      if !isReplaced { copies.append(strdup(entry)) }
      place += 1
    }
    return copies
  }

  /// Bytes as a C string, up to the first zero among them.
  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    (bytes + [0]).withUnsafeBytes { strdup($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
  }
}
