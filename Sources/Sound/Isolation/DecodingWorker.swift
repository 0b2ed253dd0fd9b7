import Glibc
import Synchronization
import SystemPackage

/// One process that decodes files, and its socket.
final class DecodingWorker: Sendable {
  private let process: pid_t
  private let socket: CInt
  /// Whether the socket is closed; its number may belong to another file then.
  private let isEnded = Atomic(false)

  /// Starts `command`; nil if the process cannot be started.
  init?(_ command: [String]) {
    var pair: [CInt] = [0, 0]
    guard
      socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0
    else { return nil }
    defer { close(pair[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pair[1], STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Dispatch's threads block signals; the worker must not inherit that mask.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var arguments = command.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    guard posix_spawn(&process, command[0], &actions, &attributes, &arguments, environ) == 0 else {
      close(pair[0])
      return nil
    }
    self.process = process
    socket = pair[0]
  }

  deinit {
    guard !isEnded.load(ordering: .relaxed) else { return }
    close(socket)
    kill()
  }

  /// Decodes a file; nil if the process has died or does not answer.
  ///
  /// This value cannot be used again then.
  ///
  /// `take` is called with each block of samples; the worker waits for it.
  func decode(
    _ request: DecodingMessage.Request, patience: Int, take: ([Float]) -> Void
  ) -> Result<ClipReader.Found, AudioError>? {
    // The worker limits its own processor time; this timeout is for a worker that blocks.
    var timeout = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    guard DecodingMessage.send(request, to: socket) else { return nil }
    while true {
      guard let block = DecodingMessage.receiveSamples(from: socket) else { return nil }
      if block.isEmpty { break }
      take(block)
    }
    guard let reply = DecodingMessage.receive(DecodingMessage.Reply.self, from: socket) else {
      return nil
    }
    if let error = reply.error { return .failure(error) }
    guard let format = reply.format else { return nil }
    return .success((reply.sampleRate, format))
  }

  /// Ends the process; called once.
  ///
  /// - Parameter limit: Its limit of processor time, in seconds.
  /// - Returns: How the process ended.
  func end(limit: Int) -> DecoderEnd {
    isEnded.store(true, ordering: .relaxed)
    close(socket)
    var status: CInt = 0
    // A worker that has died has its own exit status; one that hangs is killed here.
    for _ in 0..<500 {
      let ended = waitpid(process, &status, WNOHANG)
      if ended != 0 {
        let signal = ended == process ? status & 0x7F : 0
        return DecoderEnd(signal: signal == 0 ? nil : signal, limit: limit)
      }
      usleep(1_000)
    }
    kill()
    return .hung
  }

  private func kill() {
    var status: CInt = 0
    Glibc.kill(process, SIGKILL)
    waitpid(process, &status, 0)
  }
}
