import Glibc
import SystemPackage

/// Memory that a program may count on.
package enum MemoryBudget {
  /// A quarter of the machine's memory, or of what a container gives this process, in bytes.
  package static var quarterOfMachine: Int {
    let machine = sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))
    // "max" without a limit.
    let text = try? readPseudoFile("/sys/fs/cgroup/memory.max")
    let container = text.flatMap { Int($0.prefix(while: \.isNumber)) } ?? machine
    return min(machine, container) / 4
  }
}
