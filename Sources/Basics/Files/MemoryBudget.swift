import Glibc
import SystemPackage

/// Memory that a program may count on.
package enum MemoryBudget {
  /// A quarter of what this process may have at most, in bytes.
  package static var quarterOfMachine: Int { min(most, limit?.bytes ?? most) / 4 }

  /// The machine's memory, or what a container gives this process, in bytes.
  static var most: Int {
    let machine = sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))
    // "max" without a limit.
    let text = try? readPseudoFile("/sys/fs/cgroup/memory.max")
    let container = text.flatMap { Int($0.prefix(while: \.isNumber)) } ?? machine
    return min(machine, container)
  }

  /// A limit on this process alone.
  package struct Limit: Equatable, Sendable {
    /// The option of `ulimit` that sets it.
    package let option: String
    /// What it allows, in bytes.
    package let bytes: Int
    /// What of that is taken already, in bytes.
    package let taken: Int
    /// What is left, in bytes.
    package var left: Int { max(0, bytes - taken) }
  }

  /// The tighter one of the limits on address space and on data; nil where there is neither.
  package static var limit: Limit? {
    guard let text = try? readPseudoFile("/proc/self/statm") else { return nil }
    // Pages: size, resident, shared, text, lib, data, dirty.
    let pages = text.split(separator: " ").map { Int($0) ?? 0 }
    guard pages.count > 5 else { return nil }
    func limit(_ option: String, _ resource: __rlimit_resource, pages: Int) -> Limit? {
      var limits = rlimit()
      getrlimit(__rlimit_resource_t(resource.rawValue), &limits)
      guard limits.rlim_cur < rlim_t(Int.max) else { return nil }
      return Limit(
        option: option, bytes: Int(limits.rlim_cur), taken: pages * sysconf(CInt(_SC_PAGESIZE)))
    }
    return [limit("-v", RLIMIT_AS, pages: pages[0]), limit("-d", RLIMIT_DATA, pages: pages[5])]
      .compactMap { $0 }.min { $0.left < $1.left }
  }

  /// Refuses work that needs more bytes than a limit leaves, or than the machine has.
  package static func check(_ needed: Int) throws(MemoryError) {
    if needed > most { throw MemoryError(needed: needed, left: most, option: nil) }
    if let limit, needed > limit.left {
      throw MemoryError(needed: needed, left: limit.left, option: limit.option)
    }
  }
}

/// Memory that is not to be had, in one sentence.
public struct MemoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the work needs, in bytes.
  public let needed: Int
  /// What there is, in bytes.
  public let left: Int
  /// The option of `ulimit` that sets the limit; nil for the machine's own memory.
  public let option: String?

  /// One sentence: what is wrong and what to do.
  public var description: String {
    let (needed, left) = ((needed + 999_999) / 1_000_000, left / 1_000_000)
    return option.map {
      "needs \(needed) MB of memory, and ulimit \($0) leaves \(left) MB: raise that limit"
    } ?? "needs \(needed) MB of memory, and there are \(left) MB"
  }
}
