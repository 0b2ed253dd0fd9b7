import Basics

/// One tensor as a safetensors header declares it.
struct SafetensorsEntry {
  /// The supported element types, by their names in a header.
  enum ElementType: String {
    case float = "F32"
    case half = "F16"
    case int8 = "I8"
    case byte = "U8"

    /// Size of one element, in bytes.
    var size: Int {
      switch self {
      case .float: 4
      case .half: 2
      case .int8, .byte: 1
      }
    }
  }

  var name: String
  var type: ElementType
  /// The extents, row-major.
  var shape: [Int]
  /// Byte offsets from the start of the data.
  var start: Int
  var end: Int
  /// Start of the data in the file, in bytes.
  var dataStart = 0

  /// Number of elements.
  var count: Int { (end - start) / type.size }

  init(name: String, _ value: JSONValue) throws(SafetensorsFault) {
    guard case .string(let text)? = value["dtype"] else {
      throw .entry(name: name, problem: "dtype is missing or no string")
    }
    guard let type = ElementType(rawValue: text) else {
      throw .unsupportedType(name: name, type: text)
    }
    guard case .array(let extents)? = value["shape"], extents.count <= 8 else {
      throw .entry(name: name, problem: "shape is missing or no list of at most 8 extents")
    }
    guard case .array(let offsets)? = value["data_offsets"], offsets.count == 2,
      let start = offsets[0].count, let end = offsets[1].count, start <= end
    else { throw .entry(name: name, problem: "data_offsets are missing or no rising pair") }
    var shape: [Int] = []
    var count = 1
    for extent in extents {
      guard let extent = extent.count else {
        throw .entry(name: name, problem: "shape holds a value that is no whole number")
      }
      shape.append(extent)
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= 1 << 40 else {
        throw .sizeMismatch(name: name, shape: shape, bytes: end - start)
      }
      count = product
    }
    guard count * type.size == end - start else {
      throw .sizeMismatch(name: name, shape: shape, bytes: end - start)
    }
    (self.name, self.type, self.shape, self.start, self.end) = (name, type, shape, start, end)
  }

  /// The bytes of the tensor.
  func bytes(in file: RawSpan) -> [UInt8] {
    file.extracting(dataStart + start..<dataStart + end).withUnsafeBytes { Array($0) }
  }

  /// The numbers of the tensor; throws if one is not finite.
  func values(in file: RawSpan) throws(SafetensorsFault) -> [Float] {
    var fault: SafetensorsFault?
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, done in
      fault = copy(from: file, to: buffer)
      done = count
    }
    if let fault { throw fault }
    return values
  }

  /// Copies the numbers to `target`, which must have room for `count`; returns a fault if one is
  /// not finite.
  func copy(
    from file: RawSpan, to target: UnsafeMutableBufferPointer<Float>
  ) -> SafetensorsFault? {
    precondition(target.count >= count, "\(count) numbers of \(name) into \(target.count)")
    precondition(type != .byte, "\(name) holds bytes and no numbers")
    file.extracting(dataStart + start..<dataStart + end).withUnsafeBytes { data in
      switch type {
      case .half: Self.widen(data, into: target)
      case .int8: for index in data.indices { target[index] = Float(Int8(bitPattern: data[index])) }
      case .float, .byte: UnsafeMutableRawBufferPointer(target).copyMemory(from: data)
      }
    }
    guard target.largestMagnitude >= Float.infinity.bitPattern else { return nil }
    return .notFinite(name: name, index: target.firstIndex { !$0.isFinite } ?? 0)
  }

  /// Converts binary16 patterns to numbers; infinity for those that are not finite.
  ///
  /// After the shift the exponent is 112 too low; a multiplication corrects it, also for
  /// subnormals. This takes a few instructions on any processor; the standard conversion calls a
  /// function for each number.
  private static func widen(
    _ data: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>
  ) {
    for index in 0..<data.count / 2 {
      let half = UInt32(
        UInt16(littleEndian: data.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)))
      let magnitude = Float(bitPattern: (half & 0x7FFF) &<< 13) * 0x1p112
      // Values from 65,536 on are not finite in binary16.
      let bits = magnitude.bitPattern
      let finite = bits < 0x4780_0000 ? bits : Float.infinity.bitPattern
      target[index] = Float(bitPattern: finite | (half & 0x8000) &<< 16)
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// The largest bit pattern without its sign: the order of magnitudes, with infinity and NaN above
  /// all numbers.
  ///
  /// There is no branch, so the loop is vectorised.
  var largestMagnitude: UInt32 {
    var largest: UInt32 = 0
    for index in indices { largest = Swift.max(largest, self[index].bitPattern & 0x7FFF_FFFF) }
    return largest
  }
}
