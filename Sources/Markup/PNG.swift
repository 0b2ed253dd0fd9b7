/// Pictures with 256 levels, shown in a fixed palette, as PNG (W3C PNG, second edition).
///
/// The pixels are stored without compression: a spectrogram of one second has 13 kB, and a
/// compressor would be much code.
enum PNG {
  /// The file's bytes.
  ///
  /// - Parameters:
  ///   - width: Columns.
  ///   - height: Rows.
  ///   - levels: (height, width), row by row from the top.
  /// - Returns: The bytes of a PNG file.
  package static func bytes(width: Int, height: Int, levels: [UInt8]) -> [UInt8] {
    precondition(
      levels.count == width * height, "\(levels.count) levels of \(width) x \(height) pixels")
    var rows: [UInt8] = []
    for row in 0..<height {
      // Filter 0: the pixels as they are.
      rows += [0] + levels[row * width..<(row + 1) * width]
    }
    // Eight bits, colours by palette, no interlacing.
    let header = big(width) + big(height) + [8, 3, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("PLTE", palette) + chunk("IDAT", zlib(rows))
      + chunk("IEND", [])
  }

  /// From dark blue through red to light yellow.
  ///
  /// Lightness rises with the level, so the palette also works in grey.
  private static let palette: [UInt8] = {
    let stops: [[Double]] = [
      [0, 0, 12], [40, 11, 84], [101, 21, 110], [159, 42, 99], [212, 72, 66], [245, 125, 21],
      [250, 193, 39], [252, 255, 164],
    ]
    return (0..<256).flatMap { level -> [UInt8] in
      let place = Double(level) / 255 * Double(stops.count - 1)
      let index = min(Int(place), stops.count - 2)
      let share = place - Double(index)
      return (0..<3).map {
        UInt8(stops[index][$0] + share * (stops[index + 1][$0] - stops[index][$0]))
      }
    }
  }()

  /// RFC 1950 around stored blocks of RFC 1951.
  private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(bytes.count, start + 65_535)
      let count = end - start
      result.append(end == bytes.count ? 1 : 0)
      for value in [count, ~count] {
        result += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
      }
      result += bytes[start..<end]
      start = end
    } while start < bytes.count
    return result + big(adler(bytes))
  }

  private static func chunk(_ name: StaticString, _ data: [UInt8]) -> [UInt8] {
    let body = Array("\(name)".utf8) + data
    return big(data.count) + body + big(Int(CRC32.of(body)))
  }

  private static func adler(_ bytes: [UInt8]) -> Int {
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  private static func big(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

/// The check sum of PNG and zip (ISO 3309), bit by bit over a table.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320
    }
  }

  package static func of(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
  }
}
