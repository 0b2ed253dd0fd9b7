import Basics
import Glibc
import SystemPackage

/// Another program that is run to its end: a compiler, an interpreter, or what was compiled.
enum ExternalProgram {
  /// What a run left behind.
  struct Outcome {
    /// 0 where all went well; 127 where there is no such program.
    var code: Int32
    /// Standard error.
    var errors: String
  }

  /// Runs a command, found in `PATH`, with nothing on standard input and its output thrown away.
  ///
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - scratch: A folder for its standard error.
  /// - Returns: How it ended.
  static func run(_ command: [FilePath], scratch: FilePath) -> Outcome {
    let errors = scratch.appending("errors")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    errors.withPlatformString {
      _ = posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, $0, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    var arguments = command.map { $0.withPlatformString { strdup($0) } } + [nil]
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    guard posix_spawnp(&process, arguments[0]!, &actions, nil, &arguments, environ) == 0 else {
      return Outcome(code: 127, errors: "\(command[0]): no such program")
    }
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    let text = (try? readFile(errors, limit: 1 << 20)) ?? []
    return Outcome(
      code: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
      errors: String(decoding: text, as: UTF8.self))
  }
}
