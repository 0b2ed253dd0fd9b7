import Glibc

/// Texts as C strings, as long as this value lives.
///
/// Unchecked: no text ever changes.
final class CStrings: @unchecked Sendable {
  private let texts: [UnsafeMutablePointer<CChar>?]

  /// Copies texts; one with a zero byte ends before it.
  init(_ texts: [String]) { self.texts = texts.map { strdup($0) } }

  deinit { texts.forEach { free($0) } }

  /// A text, or nil beyond the last.
  subscript(index: Int) -> UnsafePointer<CChar>? {
    texts.indices.contains(index) ? UnsafePointer(texts[index]) : nil
  }
}

/// Numbers at an address that does not change, as long as this value lives.
final class CFloats {
  private let storage: UnsafeMutableBufferPointer<Float>

  /// The first number.
  var start: UnsafePointer<Float>? { UnsafePointer(storage.baseAddress) }

  /// Copies numbers.
  init(_ values: [Float]) {
    storage = .allocate(capacity: values.count)
    _ = storage.initialize(from: values)
  }

  deinit { storage.deallocate() }
}
