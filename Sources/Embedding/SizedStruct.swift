/// A C struct whose first field is its size, as the program that was compiled with it knows it.
///
/// Fields are only added at the end, so a program and a library of different versions share a prefix.
enum SizedStruct {
  /// Reads a struct of the caller.
  ///
  /// - Throws: `CallError` if its size is not set, or if it has fields that this library does not know
  ///   and that are not 0.
  static func read<Value>(
    _ source: UnsafePointer<Value>, name: String, initial: Value
  ) throws(CallError) -> Value {
    let bytes = UnsafeRawPointer(source)
    let size = try size(of: bytes, Value.self, name: name)
    let known = MemoryLayout<Value>.size
    if size > known,
      (known..<size).contains(where: { bytes.load(fromByteOffset: $0, as: UInt8.self) != 0 })
    {
      throw .wrongUse("\(name) has fields that this version of libkws does not know: update libkws")
    }
    var value = initial
    withUnsafeMutableBytes(of: &value) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: min(size, known)))
    }
    return value
  }

  /// Writes a struct of the caller but for its size; fields that this library does not know become 0.
  ///
  /// - Throws: `CallError` if its size is not set.
  static func write<Value>(
    _ value: Value, to target: UnsafeMutablePointer<Value>, name: String
  ) throws(CallError) {
    let bytes = UnsafeMutableRawPointer(target)
    let size = try size(of: UnsafeRawPointer(bytes), Value.self, name: name)
    let known = MemoryLayout<Value>.size
    let first = MemoryLayout<Int>.size
    withUnsafeBytes(of: value) { source in
      for place in first..<size {
        bytes.storeBytes(
          of: place < known ? source[place] : 0, toByteOffset: place, as: UInt8.self)
      }
    }
  }

  /// Checks that the size of the caller's struct is set: at least that of the first version.
  ///
  /// - Throws: `CallError` with both numbers.
  static func size<Value>(
    of bytes: UnsafeRawPointer, _ type: Value.Type, name: String
  ) throws(CallError) -> Int {
    let size = bytes.load(as: Int.self)
    // A larger one than 4 KiB was never set.
    guard (MemoryLayout<Value>.size...4_096).contains(size) else {
      throw .wrongUse(
        "\(name) has the size \(size), not \(MemoryLayout<Value>.size): set size to sizeof(\(name))"
      )
    }
    return size
  }
}
