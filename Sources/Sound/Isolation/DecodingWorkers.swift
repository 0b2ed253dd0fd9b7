#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Glibc
import Synchronization
import SystemPackage

/// Processes that decode files for this one, at most one for each thread that decodes.
///
/// Each has a limit on memory, and on processor time per file. One that dies or hangs is replaced;
/// if that happens twice with a clip, the clip is skipped.
public final class DecodingWorkers: Sendable {
  private let command: [String]
  private let idle = Mutex<[DecodingWorker]>([])

  /// Makes workers that are started by `command`: a program, with arguments for which it calls
  /// `serve()`.
  public init(command: [String]) { self.command = command }

  /// Decodes a file in a worker; the arguments are those of `ClipReader.read`.
  func decode(
    _ path: FilePath, with decoder: AudioDecoder, isWhole: Bool, begin: () -> Void,
    take: ([Float]) -> Void
  ) throws(AudioError) -> ClipReader.Found {
    let limit = DecodingLimit.seconds(for: path)
    let request = DecodingMessage.Request(
      path: Data(path.bytes), sampleRate: decoder.sampleRate, channel: decoder.channel,
      maximumSeconds: decoder.maximumSeconds, isWhole: isWhole)
    // A worker may be killed for a reason outside the clip, and a missing clip would change the
    // model, so the clip is tried twice. A timeout is final.
    for isLast in [false, true] {
      // An idle worker may have been killed earlier, so the last attempt uses a new one.
      let rested = isLast ? nil : idle.withLock { $0.popLast() }
      guard let worker = rested ?? DecodingWorker(command) else { break }
      begin()
      if let result = worker.decode(request, patience: 10 * limit, take: take) {
        idle.withLock { $0.append(worker) }
        return try result.get()
      }
      let end = worker.end(limit: limit)
      guard !isLast, end != .timedOut(seconds: limit) else {
        throw .broken(name: path.string, reason: end.reason)
      }
    }
    // If no process can be started, this process decodes the file.
    begin()
    let reader = try decoder.open(path)
    try decoder.read(reader, isWhole: isWhole, into: take)
    return (reader.sampleRate, reader.format)
  }

  /// The main loop of a worker: decodes the files requested on standard input until it ends.
  public static func serve() -> Never {
    // Signals may be sent to the whole process group, but only the program ends its workers.
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
    signal(SIGPROF, SIG_DFL)
    limitMemory()
    while let request = DecodingMessage.receive(DecodingMessage.Request.self, from: STDIN_FILENO) {
      let path = FilePath(bytes: Array(request.path))
      var decoder = AudioDecoder(maximumSeconds: request.maximumSeconds)
      (decoder.sampleRate, decoder.channel) = (request.sampleRate, request.channel)
      var reply = DecodingMessage.Reply()
      let watch = DecodingWatch(seconds: DecodingLimit.seconds(for: path))
      do {
        let reader = try decoder.open(path)
        try decoder.read(reader, isWhole: request.isWhole) { samples in
          watch.extend(samples: samples.count, sampleRate: reader.sampleRate)
          give(samples)
        }
        (reply.format, reply.sampleRate) = (reader.format, reader.sampleRate)
      } catch { reply.error = error }
      watch.end()
      give([])
      guard DecodingMessage.send(reply, to: STDIN_FILENO) else { break }
    }
    exit(0)
  }

  /// Sends samples to the program; exits if the program has closed the socket.
  private static func give(_ samples: [Float]) {
    guard DecodingMessage.send(samples: samples, to: STDIN_FILENO) else { exit(0) }
  }

  /// Limits the address space to the current size plus `DecodingLimit.memory`.
  private static func limitMemory() {
    guard let text = try? readPseudoFile("/proc/self/statm"),
      let pages = Int(text.prefix { $0 != " " })
    else { return }
    let bytes = rlim_t(pages * sysconf(CInt(_SC_PAGESIZE)) + DecodingLimit.memory)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }
}
