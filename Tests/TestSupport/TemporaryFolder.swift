import Glibc
import SystemPackage

/// A folder of its own in /tmp, removed with everything in it when the value goes.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let path: FilePath

  /// Makes the folder.
  public init() {
    var template = Array("/tmp/kws-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }
    path = FilePath(platformString: made!)
  }

  deinit { Self.remove(path) }

  /// A path in the folder.
  public subscript(_ name: String) -> FilePath { path.appending(name) }

  /// Writes a file and the folders that lead to it.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) -> FilePath {
    let file = path.appending(name)
    Self.write(bytes, to: file)
    return file
  }

  /// Writes a file of text.
  @discardableResult
  public func write(_ name: String, text: String) -> FilePath { write(name, Array(text.utf8)) }

  /// Makes a folder and those that lead to it.
  public func makeFolder(_ name: String) { Self.makeFolders(path.appending(name)) }

  /// Writes `bytes` to a path of any bytes.
  public static func write(_ bytes: [UInt8], to file: FilePath) {
    makeFolders(file.removingLastComponent())
    let descriptor = file.withPlatformString { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) }
    precondition(descriptor >= 0, "open \(file): \(errno)")
    let put = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    precondition(put == bytes.count, "write \(file): \(put) of \(bytes.count) bytes")
    close(descriptor)
  }

  /// A file's bytes, or nil where there is no such file.
  public static func read(_ file: FilePath) -> [UInt8]? {
    let descriptor = file.withPlatformString { open($0, O_RDONLY) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = Glibc.read(descriptor, &block, block.count)
      guard got > 0 else { return bytes }
      bytes += block[..<got]
    }
  }

  /// A file's text, or nil where there is no such file.
  public static func text(_ file: FilePath) -> String? {
    read(file).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The names in a folder, in byte order of their text.
  public static func names(in folder: FilePath) -> [String] {
    guard let stream = folder.withPlatformString({ opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func makeFolders(_ folder: FilePath) {
    if folder.isEmpty || folder.withPlatformString({ access($0, F_OK) }) == 0 { return }
    makeFolders(folder.removingLastComponent())
    let made = folder.withPlatformString { mkdir($0, 0o755) }
    precondition(made == 0 || errno == EEXIST, "mkdir \(folder): \(errno)")
  }

  /// `unlink` takes files and links but no folders, so that links out of the folder are safe.
  private static func remove(_ path: FilePath) {
    if path.withPlatformString({ unlink($0) }) == 0 { return }
    _ = path.withPlatformString { chmod($0, 0o755) }
    guard let stream = path.withPlatformString({ opendir($0) }) else { return }
    while let entry = readdir(stream) {
      let child = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) {
          FilePath.Component(platformString: $0)
        }
      }
      if let child, child.kind == .regular { remove(path.appending(child)) }
    }
    closedir(stream)
    _ = path.withPlatformString { rmdir($0) }
  }
}
