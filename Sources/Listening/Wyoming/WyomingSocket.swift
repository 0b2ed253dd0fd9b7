import Basics
import Glibc
import SystemPackage

/// A socket on which clients connect.
public final class WyomingSocket {
  private let descriptor: CInt
  private let path: FilePath?
  /// Where clients connect, with the port that the system chose.
  public let address: String

  /// Listens.
  ///
  /// - Throws: `WyomingError`.
  public init(_ address: WyomingAddress) throws(WyomingError) {
    switch address {
    case .tcp(let host, let port):
      (descriptor, self.address) = try Self.listen(host, port)
      path = nil
    case .unix(let path):
      descriptor = try Self.listen(path)
      self.address = "unix://\(path)"
      self.path = path
    case .standardStreams: preconditionFailure("standard streams need no socket")
    }
  }

  deinit {
    close(descriptor)
    if let path { _ = path.withPlatformString { unlink($0) } }
  }

  /// The next client's descriptor and address; nil if none comes within so many seconds.
  func accept(within seconds: Double) -> (descriptor: CInt, name: String)? {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&wanted, 1, CInt(seconds * 1_000)) > 0 else { return nil }
    var place = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let client = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Self.accept(descriptor, $0, &size)
      }
    }
    guard client >= 0 else {
      // No descriptor is free: not to ask again at once leaves time for one to become so.
      if errno == EMFILE || errno == ENFILE { usleep(20_000) }
      return nil
    }
    // Small answers shall not wait for more.
    var one: CInt = 1
    setsockopt(client, CInt(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<CInt>.size))
    return (client, path.map { "unix:\($0)" } ?? Self.name(&place, size))
  }

  /// Accepts a client whose descriptor no program that an event starts gets.
  private static func accept(
    _ descriptor: CInt, _ place: UnsafeMutablePointer<sockaddr>, _ size: inout socklen_t
  ) -> CInt {
    typealias Accept =
      @convention(c) (
        CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>, CInt
      ) -> CInt
    // accept4 is not in Swift's Glibc; without it there is a moment before the flag is set.
    if let address = dlsym(nil, "accept4") {
      let flags = CInt(SOCK_CLOEXEC.rawValue)
      return unsafeBitCast(address, to: Accept.self)(descriptor, place, &size, flags)
    }
    let client = Glibc.accept(descriptor, place, &size)
    if client >= 0 { _ = fcntl(client, F_SETFD, FD_CLOEXEC) }
    return client
  }

  private static func listen(
    _ host: String, _ port: Int
  ) throws(WyomingError) -> (CInt, String) {
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let first = list else {
      throw .unknownHost(host)
    }
    defer { freeaddrinfo(first) }
    var failure: CInt = 0
    var next: UnsafeMutablePointer<addrinfo>? = first
    while let info = next {
      let descriptor = socket(
        info.pointee.ai_family, info.pointee.ai_socktype | CInt(SOCK_CLOEXEC.rawValue), 0)
      var one: CInt = 1
      setsockopt(
        descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<CInt>.size))
      if descriptor >= 0, bind(descriptor, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0,
        Glibc.listen(descriptor, 16) == 0
      {
        var place = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &place) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            getsockname(descriptor, $0, &size)
          }
        }
        return (descriptor, "tcp://" + name(&place, size))
      }
      failure = errno
      if descriptor >= 0 { close(descriptor) }
      next = info.pointee.ai_next
    }
    throw .cannotListen("tcp://\(host):\(port)", reason: systemMessage(failure))
  }

  private static func listen(_ path: FilePath) throws(WyomingError) -> CInt {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: path.bytes.prefix(107)) }
    let isBound = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard descriptor >= 0, isBound, Glibc.listen(descriptor, 16) == 0 else {
      let failure = errno
      if descriptor >= 0 { close(descriptor) }
      throw .cannotListen("unix://\(path)", reason: systemMessage(failure))
    }
    return descriptor
  }

  /// An address as numbers.
  private static func name(_ place: inout sockaddr_storage, _ size: socklen_t) -> String {
    var (host, port) = ([CChar](repeating: 0, count: 64), [CChar](repeating: 0, count: 8))
    let error = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getnameinfo(
          $0, size, &host, socklen_t(host.count), &port, socklen_t(port.count),
          NI_NUMERICHOST | NI_NUMERICSERV)
      }
    }
    guard error == 0 else { return "unknown" }
    func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let isSix = host.contains(CChar(UInt8(ascii: ":")))
    return isSix ? "[\(text(host))]:\(text(port))" : "\(text(host)):\(text(port))"
  }
}
