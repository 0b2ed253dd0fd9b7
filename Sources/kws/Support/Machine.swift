#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the machine offers.
enum Machine {
  /// Processors that this process may run on.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
}
