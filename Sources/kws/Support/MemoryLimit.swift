import Glibc
import KeywordSpotting

/// What to do where the system limits this program's memory (`ulimit -v`, `-d`).
///
/// Memory that runs out ends a Swift program by a signal, and where Dispatch gets no thread it waits
/// for ever. So too tight a limit is refused at the start, and what runs out later ends in one line.
enum MemoryLimit {
  /// What every command needs beside its threads, in bytes: measured 70 MB, with some to spare.
  private static let base = 96_000_000
  /// What a thread needs, its stack of 8 MB among it, in bytes.
  private static let perThread = 16_000_000
  /// With less than this left, in bytes, whatever crashed did so for want of memory.
  private static let exhausted = 16_000_000

  /// How many threads there is memory for; at least 1.
  static var threads: Int {
    guard let limit = MemoryBudget.limit else { return .max }
    return max(1, (limit.left - base) / perThread)
  }

  /// Refuses a limit that no command gets along with, and prepares for memory that runs out.
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

  /// Each further arena of malloc reserves 64 MB of addresses.
  private static func keepOneArena() {
    // malloc.h is not in Swift's Glibc; M_ARENA_MAX is -8 there.
    guard let address = dlsym(nil, "mallopt") else { return }
    let mallopt = unsafeBitCast(address, to: (@convention(c) (CInt, CInt) -> CInt).self)
    _ = mallopt(-8, 1)
  }

  // MARK: - In a signal handler

  private static let farewell = Array("kws: memory ran out: raise ulimit -v or -d\n".utf8)
  /// How the runtime tells of memory that it did not get.
  nonisolated(unsafe) private static let phrase = strdup("failed to allocate")!
  /// What the runtime has said; nil before it is captured.
  nonisolated(unsafe) private static var words: UnsafeMutablePointer<CChar>?

  /// Catches what the runtime prints of a failed allocation.
  ///
  /// It prints many lines on the C library's `stderr`; they go to `words`. Our own messages go to the
  /// descriptor.
  private static func captureRuntime() {
    // A handler may not be the first to ask for these.
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

  /// Ends with exit code 71 where memory has run out.
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

  /// Whether so many bytes more are to be had.
  private static func canMap(_ count: Int) -> Bool {
    let place = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard place != MAP_FAILED else { return false }
    munmap(place, count)
    return true
  }
}
