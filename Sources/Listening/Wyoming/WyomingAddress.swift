import Basics
import Glibc
import SystemPackage

/// Where a Wyoming server listens: `tcp://127.0.0.1:10400`, `unix:///run/kws.sock` or `stdio://`.
public enum WyomingAddress: Equatable, Sendable {
  /// A TCP port; port 0 lets the system choose one.
  case tcp(host: String, port: Int)
  /// A Unix socket.
  case unix(FilePath)
  /// One client on standard input and output.
  case standardStreams

  /// Reads an address; nil if it is none of these.
  ///
  /// Without a host it is the loopback one.
  public init?(_ text: String) {
    if text == "stdio" || text == "stdio://" {
      self = .standardStreams
    } else if text.hasPrefix("unix://") {
      let path = text.dropFirst("unix://".count)
      // The system's structure for Unix sockets holds 107 bytes.
      guard !path.isEmpty, path.utf8.count < 108 else { return nil }
      self = .unix(FilePath(String(path)))
    } else if text.hasPrefix("tcp://") {
      let rest = text.dropFirst("tcp://".count)
      guard let colon = rest.lastIndex(of: ":"), let port = Int(rest[rest.index(after: colon)...]),
        (0...65_535).contains(port)
      else { return nil }
      var host = rest[..<colon]
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      self = .tcp(host: host.isEmpty ? "127.0.0.1" : String(host), port: port)
    } else {
      return nil
    }
  }

  /// Whether only programs on this machine can connect.
  public var isLocal: Bool {
    guard case .tcp(let host, _) = self else { return true }
    return host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}

/// Why a server does not start, in one sentence.
public enum WyomingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The host is unknown.
  case unknownHost(String)
  /// The system refuses the address.
  case cannotListen(String, reason: String)

  /// One sentence: what is wrong.
  public var description: String {
    switch self {
    case .unknownHost(let host): "\(host): no address is known for this host"
    case .cannotListen(let address, let reason): "\(address): cannot listen: \(reason)"
    }
  }
}
