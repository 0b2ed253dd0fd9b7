import Glibc
import SystemPackage

/// The memory available to this process.
package enum MemoryBudget {
  /// A quarter of the memory that this process may use, in bytes.
  package static var quarterOfMachine: Int { min(most, limit?.bytes ?? most) / 4 }

  /// The machine's memory, or the container's limit, in bytes.
  static var most: Int {
    let machine = sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))
    // The file holds "max" where there is no limit.
    let text = try? readPseudoFile("/sys/fs/cgroup/memory.max")
    let container = text.flatMap { Int($0.prefix(while: \.isNumber)) } ?? machine
    return min(machine, container)
  }

  /// A limit of this process, set by `ulimit`.
  package struct Limit: Equatable, Sendable {
    /// The option of `ulimit` that sets it.
    package let option: String
    /// The limit, in bytes.
    package let bytes: Int
    /// The part in use, in bytes.
    package let taken: Int
    /// The rest, in bytes.
    package var left: Int { max(0, bytes - taken) }
  }

  /// The tighter of the limits on address space and on data; nil without either.
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

  /// Throws if `needed` bytes are more than a limit leaves, or more than the machine has.
  package static func check(_ needed: Int) throws(MemoryError) {
    if needed > most { throw MemoryError(needed: needed, left: most, option: nil) }
    if let limit, needed > limit.left {
      throw MemoryError(needed: needed, left: limit.left, option: limit.option)
    }
  }
}

/// Too little memory for the work; prints as one sentence.
public struct MemoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The memory that the work needs, in bytes.
  public let needed: Int
  /// The memory that is available, in bytes.
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
