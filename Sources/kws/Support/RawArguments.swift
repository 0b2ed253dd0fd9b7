import SystemPackage

/// Command-line arguments that keep every byte.
///
/// A file's name may have bytes that are not UTF-8, which `String` would replace. Such a byte b
/// passes through the argument parser as the private-use character U+10FF00 + b.
enum RawArguments {
  private static let firstStandIn: UInt32 = 0x10FF00

  /// The arguments, with private-use characters for bytes that are not UTF-8.
  static var afterProgramName: [String] {
    (1..<Int(CommandLine.argc)).compactMap { index in
      CommandLine.unsafeArgv[index].map { pointer in
        text(
          UnsafeBufferPointer(start: pointer, count: length(pointer)).map { UInt8(bitPattern: $0) })
      }
    }
  }

  /// The path of an argument, byte for byte.
  static func path(_ argument: String) -> FilePath {
    let bytes = argument.unicodeScalars.flatMap { scalar -> [UInt8] in
      (firstStandIn...firstStandIn + 0xFF).contains(scalar.value)
        ? [UInt8(scalar.value - firstStandIn)] : Array(UTF8.encode(scalar)!)
    }
    return path(bytes: bytes)
  }

  /// The path of these bytes, which must not contain zero.
  static func path(bytes: [UInt8]) -> FilePath {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CInterop.PlatformChar.self) {
        FilePath(platformString: $0.baseAddress!)
      }
    }
  }

  /// UTF-8 unchanged, every other byte as its private-use character.
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
