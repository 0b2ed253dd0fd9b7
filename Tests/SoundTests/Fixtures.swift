import Foundation
import Testing

/// Files of the repository's Fixtures folder.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")
}

/// A two-dimensional array of float32 as numpy writes it.
struct Npy {
  let rows: Int
  let columns: Int
  let values: [Float]

  /// Some rows, one after the other.
  func rows(_ range: Range<Int>) -> [Float] {
    Array(values[range.lowerBound * columns..<range.upperBound * columns])
  }

  /// Reads version 1 files of little-endian float32 in C order.
  init(_ url: URL) throws {
    let data = [UInt8](try Data(contentsOf: url))
    try #require(data.count > 10 && data[6] == 1, "\(url.path) is no npy file of version 1")
    let length = Int(data[8]) | Int(data[9]) << 8
    let header = String(decoding: data[10..<10 + length], as: UTF8.self)
    try #require(header.contains("'<f4'") && header.contains("'fortran_order': False"))
    let shape = try #require(header.firstMatch(of: #/\((\d+), (\d+)\)/#))
    rows = try #require(Int(shape.1))
    columns = try #require(Int(shape.2))
    let body = data[(10 + length)...]
    try #require(body.count == rows * columns * 4)
    values = body.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }
}
