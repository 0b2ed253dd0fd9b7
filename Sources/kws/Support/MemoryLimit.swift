import Glibc
import KeywordSpotting

/// Handles limits on this program's memory (`ulimit -v`, `-d`).
///
/// If memory runs out, a Swift program ends by a signal, and Dispatch waits for ever if it gets no
/// thread. So a limit that is too low is refused at the start, and running out of memory later ends
/// with one line.
enum MemoryLimit {
  /// Memory that every command needs without its threads, in bytes: 70 MB was measured, and some
  /// reserve.
  private static let base = 96_000_000
  /// Memory that a thread needs, in bytes, including its stack of 8 MB.
  private static let perThread = 16_000_000
  /// With less than this left, in bytes, a crash counts as lack of memory.
  private static let exhausted = 16_000_000

  /// Number of threads that fit into memory; at least 1.
  static var threads: Int {
    guard let limit = MemoryBudget.limit else { return .max }
    return max(1, (limit.left - base) / perThread)
  }

  /// Throws if a limit is too low for any command, and prepares for running out of memory.
  static func install() throws(MemoryError) {
    guard MemoryBudget.limit != nil else { return }
    keepOneArena()
    try MemoryBudget.check(base + perThread)
    captureRuntime()
    var stack = stack_t()
    stack.ss_size = 1 << 16
    stack.ss_sp = malloc(stack.ss_size)
    sigaltstack(&stack, nil)
    for number in [SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS] {
      var action = sigaction()
      action.sa_flags = SA_ONSTACK
      action.__sigaction_handler.sa_handler = { MemoryLimit.crashed($0) }
      sigaction(number, &action, nil)
    }
  }

  /// Limits malloc to one arena, because each reserves 64 MB of addresses.
  private static func keepOneArena() {
    // malloc.h is not in Swift's Glibc; M_ARENA_MAX is -8 there.
    guard let address = dlsym(nil, "mallopt") else { return }
    let mallopt = unsafeBitCast(address, to: (@convention(c) (CInt, CInt) -> CInt).self)
    _ = mallopt(-8, 1)
  }

  // MARK: - In a signal handler

  private static let farewell = Array("kws: memory ran out: raise ulimit -v or -d\n".utf8)
  /// The words of the runtime's message for a failed allocation.
  nonisolated(unsafe) private static let phrase = strdup("failed to allocate")!
  /// The captured output of the runtime; nil before `captureRuntime`.
  nonisolated(unsafe) private static var words: UnsafeMutablePointer<CChar>?

  /// Captures what the runtime prints about a failed allocation.
  ///
  /// It prints many lines to the C library's `stderr`, which is redirected to `words`. Our own
  /// messages use the file descriptor.
  private static func captureRuntime() {
    // These must be initialised before a signal handler uses them.
    _ = (farewell, phrase)
    let size = 1 << 14
    let buffer = calloc(size, 1).assumingMemoryBound(to: CChar.self)
    words = buffer
    guard let place = dlsym(nil, "stderr"), let file = fmemopen(buffer, size - 1, "w") else {
      return
    }
    setvbuf(file, nil, _IONBF, 0)
    place.assumingMemoryBound(to: UnsafeMutablePointer<FILE>?.self).pointee = file
  }

  /// Ends with exit code 71 if memory has run out.
  static func endIfExhausted() {
    guard let words else { return }
    guard strstr(words, phrase) != nil || !canMap(exhausted) else { return }
    farewell.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    _exit(EX_OSERR)
  }

  private static func crashed(_ number: CInt) {
    endIfExhausted()
    if let words { _ = Glibc.write(STDERR_FILENO, words, strlen(words)) }
    signal(number, SIG_DFL)
    raise(number)
  }

  /// Whether `count` more bytes can be allocated.
  private static func canMap(_ count: Int) -> Bool {
    let place = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard place != MAP_FAILED else { return false }
    munmap(place, count)
    return true
  }
}
