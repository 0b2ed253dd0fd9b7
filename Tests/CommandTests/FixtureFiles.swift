import Glibc
import SystemPackage
import TestSupport

/// The fixtures as files: where they are, what they weigh.
enum FixtureFiles {
  /// The repository's Fixtures folder.
  static let root = Repository.fixtures

  /// Paths of all files below a folder of Fixtures, relative to it, in order of name.
  static func list(_ folder: String) -> [String] {
    names(in: root.appending(folder)).sorted()
  }

  /// Size of a file of Fixtures, in bytes.
  static func size(_ path: String) -> Int {
    var status = stat()
    let result = root.appending(path).withPlatformString { stat($0, &status) }
    precondition(result == 0, "Fixtures/\(path) is not there")
    return Int(status.st_size)
  }

  /// Lines of a text file of Fixtures, without the empty ones.
  static func lines(_ path: String) -> [String] {
    let text = (try? String(contentsOf: root.appending(path))) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  private static func names(in folder: FilePath) -> [String] {
    guard let stream = folder.withPlatformString({ opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      found += isFolder ? names(in: folder.appending(name)).map { "\(name)/\($0)" } : [name]
    }
    return found
  }
}

extension String {
  /// Reads a whole file as UTF-8.
  fileprivate init(contentsOf path: FilePath) throws {
    let file = try FileDescriptor.open(path, .readOnly)
    self = try file.closeAfter {
      var bytes: [UInt8] = []
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
      defer { block.deallocate() }
      while case let count = try file.read(into: block), count > 0 { bytes += block[..<count] }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
