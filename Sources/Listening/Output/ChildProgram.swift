import Basics
import Glibc
import SystemPackage

/// Another program, run without a shell, in a process group of its own: Ctrl-C ends this program, and
/// not what it has begun.
struct ChildProgram {
  /// The file to run.
  let path: FilePath

  /// Finds a program by a path, or by a name that is looked for in `PATH`.
  ///
  /// - Throws: `FileError` where there is no such program.
  init(_ program: FilePath) throws(FileError) {
    guard let path = Self.find(program) else { throw .missing(program) }
    guard path.withPlatformString({ access($0, X_OK) }) == 0, !isFolder(path) else {
      throw .unreadable(program, reason: "it cannot be run")
    }
    self.path = path
  }

  private static func find(_ program: FilePath) -> FilePath? {
    func exists(_ path: FilePath) -> Bool { path.withPlatformString { access($0, F_OK) } == 0 }
    if program.bytes.contains(UInt8(ascii: "/")) { return exists(program) ? program : nil }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":", omittingEmptySubsequences: false)
      .map { FilePath($0.isEmpty ? "." : String($0)).below(program.bytes) }.first(where: exists)
  }

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - arguments: After its own name.
  ///   - variables: Beside this program's environment.
  ///   - isSilent: Whether what it prints goes nowhere; else it goes to standard error.
  /// - Returns: The process, or the system's error.
  func start(
    _ arguments: [[UInt8]] = [], _ variables: [(name: String, value: [UInt8])] = [],
    isSilent: Bool = false
  ) -> Result<pid_t, Errno> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if isSilent {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var environment = Self.inherited(without: variables.map(\.name))
    environment += variables.map { Self.copy(Array("\($0.name)=".utf8) + $0.value) } + [nil]
    var words = [Self.copy(path.bytes)] + arguments.map(Self.copy) + [nil]
    defer { (words + environment).forEach { free($0) } }
    var process = pid_t()
    let error = path.withPlatformString {
      posix_spawn(&process, $0, &actions, &attributes, &words, &environment)
    }
    return error == 0 ? .success(process) : .failure(Errno(rawValue: error))
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
