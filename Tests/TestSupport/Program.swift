import Glibc
import SystemPackage

/// Runs the real `kws`, which is built beside the tests.
public struct Program: Sendable {
  /// What a run left behind.
  public struct Output: Sendable {
    /// The exit code; for a program that a signal ended, 128 and the signal's number.
    public var code: Int32
    /// The number of the signal that ended the program, or nil.
    public var signal: Int32?
    /// Everything on standard output.
    public var bytes: [UInt8]
    /// Standard output as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Standard error as text.
    public var errors: String
    /// The lines of standard error.
    public var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// Where a stream of the program goes to.
  public enum Stream: Sendable {
    /// Into `Output`.
    case captured
    /// Nowhere: the descriptor is closed.
    case closed
    /// Into a file or device.
    case file(String)
  }

  /// Working directory.
  public var folder: FilePath
  /// Environment beside the test's own `PATH` and `HOME`.
  public var environment: [String: String] = [:]
  /// Where standard output goes.
  public var output = Stream.captured
  /// Where standard error goes.
  public var errors = Stream.captured
  /// What the program's address space is limited to, in kB, as `ulimit -v` takes it; nil for no limit.
  public var addressSpace: Int?
  /// The program is killed after this, in seconds.
  public var limit = 60.0

  /// The program, run in `folder`.
  public init(in folder: FilePath) { self.folder = folder }

  /// The binary, in the folder of the test bundle.
  public static let executable: FilePath = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    precondition(count > 0, "readlink /proc/self/exe: \(errno)")
    return FilePath(platformString: buffer).removingLastComponent().appending("kws")
  }()

  /// Runs with these arguments and waits for the end.
  public func run(_ arguments: String..., input: [UInt8] = []) -> Output {
    run(arguments: arguments.map { Array($0.utf8) }, input: input)
  }

  /// Runs with arguments of any bytes and waits for the end.
  public func run(arguments: [[UInt8]], input: [UInt8] = []) -> Output {
    start(arguments: arguments, input: input).wait()
  }

  /// Starts the program and comes back at once.
  public func start(_ arguments: String..., input: [UInt8] = []) -> Running {
    start(arguments: arguments.map { Array($0.utf8) }, input: input)
  }

  /// Starts the program with arguments of any bytes and comes back at once.
  public func start(arguments: [[UInt8]], input: [UInt8] = []) -> Running {
    let streams = TemporaryFolder()
    streams.write("input", input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams["input"].string, O_RDONLY, 0)
    for (number, stream, name) in [(1 as Int32, output, "output"), (2, errors, "errors")] {
      switch stream {
      case .captured:
        posix_spawn_file_actions_addopen(
          &actions, number, streams[name].string, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      case .closed: posix_spawn_file_actions_addclose(&actions, number)
      case .file(let path):
        posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY, 0)
      }
    }
    var variables = environment
    // A backtrace of a crash can take minutes.
    variables["SWIFT_BACKTRACE"] = "enable=no"
    for name in [
      "PATH", "HOME", "LD_LIBRARY_PATH", "LD_PRELOAD", "ASAN_OPTIONS", "LSAN_OPTIONS",
      "TSAN_OPTIONS", "KWS_MUTANT",
    ] {
      guard variables[name] == nil, let value = getenv(name) else { continue }
      variables[name] = String(cString: value)
    }
    // `env` changes the folder and becomes the program, under the same process number.
    let name = "/usr/bin/env"
    let limiter =
      addressSpace.map { ["/bin/sh", "-c", "ulimit -v \($0); exec \"$@\"", "sh"] } ?? []
    let prefix = ([name, "-C", folder.string] + limiter + [Self.executable.string])
      .map { Array($0.utf8) }
    var argv = (prefix + arguments).map { Self.cString($0) } + [nil]
    var envp = variables.map { Self.cString(Array("\($0.key)=\($0.value)".utf8)) } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    // Threads of Dispatch block signals, which the program would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGALRM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    let error = posix_spawn(&process, name, &actions, &attributes, &argv, &envp)
    precondition(error == 0, "\(name): \(String(cString: strerror(error)))")
    return Running(process: process, streams: streams, limit: limit)
  }

  private static func cString(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { strdup($0.baseAddress!) }
    }
  }

  /// A run under way.
  public final class Running: Sendable {
    /// The process.
    public let process: pid_t
    private let streams: TemporaryFolder
    private let limit: Double

    init(process: pid_t, streams: TemporaryFolder, limit: Double) {
      (self.process, self.streams, self.limit) = (process, streams, limit)
    }

    /// What has come on standard error so far.
    public var errors: String { TemporaryFolder.text(streams["errors"]) ?? "" }

    /// Sends a signal.
    public func send(_ signal: Int32) { kill(process, signal) }

    /// Waits until standard error holds `text`; false after `seconds` or at the program's end.
    public func waits(for text: String, seconds: Double = 120) -> Bool {
      for _ in 0..<Int(seconds * 200) {
        if errors.contains(text) { return true }
        var info = siginfo_t()
        waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
        if info.si_signo != 0 { return errors.contains(text) }
        usleep(5_000)
      }
      return false
    }

    /// Waits for the end, and kills the program where it does not come in time.
    public func wait() -> Output {
      var status: Int32 = 0
      var waited = 0.0
      while waitpid(process, &status, WNOHANG) == 0 {
        usleep(2_000)
        waited += 0.002
        if waited > limit { kill(process, SIGKILL) }
      }
      let signal = status & 0x7F
      return Output(
        code: signal == 0 ? status >> 8 & 0xFF : 128 + signal, signal: signal == 0 ? nil : signal,
        bytes: TemporaryFolder.read(streams["output"]) ?? [], errors: errors)
    }
  }
}
