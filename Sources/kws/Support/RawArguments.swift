import SystemPackage

/// Command-line arguments with every byte kept.
///
/// A file's name may hold bytes that are no UTF-8, and `String` would replace them. Such a byte b
/// travels through the argument parser as the private-use character U+10FF00 + b.
enum RawArguments {
  private static let firstStandIn: UInt32 = 0x10FF00

  /// The arguments, with stand-ins for bytes that are no UTF-8.
  static var afterProgramName: [String] {
    (1..<Int(CommandLine.argc)).compactMap { index in
      CommandLine.unsafeArgv[index].map { pointer in
        text(
          UnsafeBufferPointer(start: pointer, count: length(pointer)).map { UInt8(bitPattern: $0) })
      }
    }
  }

  /// The path that an argument names, byte for byte.
  static func path(_ argument: String) -> FilePath {
    let bytes = argument.unicodeScalars.flatMap { scalar -> [UInt8] in
      (firstStandIn...firstStandIn + 0xFF).contains(scalar.value)
        ? [UInt8(scalar.value - firstStandIn)] : Array(UTF8.encode(scalar)!)
    }
    return path(bytes: bytes)
  }

  /// The path of these bytes, which hold no zero.
  static func path(bytes: [UInt8]) -> FilePath {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CInterop.PlatformChar.self) {
        FilePath(platformString: $0.baseAddress!)
      }
    }
  }

  /// UTF-8 as it is, every other byte as its stand-in.
  static func text(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    var rest = bytes[...]
    while !rest.isEmpty {
      var decoder = UTF8()
      var iterator = rest.prefix(4).makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&iterator) {
        text.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        text.append(Unicode.Scalar(firstStandIn + UInt32(rest.first!))!)
        rest = rest.dropFirst()
      }
    }
    return String(text)
  }

  private static func length(_ pointer: UnsafeMutablePointer<CChar>) -> Int {
    var count = 0
    while pointer[count] != 0 { count += 1 }
    return count
  }
}
