/// How a sample stands in the bytes of a stream, little end first.
public enum SampleEncoding: String, CaseIterable, Sendable {
  /// Whole numbers of 8 (without sign), 16, 24 and 32 bits.
  case u8, s16le, s24le, s32le
  /// Floating point, +-1.
  case f32le, f64le
  /// 8 bits of G.711.
  case alaw, mulaw

  /// Bytes of a sample.
  public var byteCount: Int {
    switch self {
    case .u8, .alaw, .mulaw: 1
    case .s16le: 2
    case .s24le: 3
    case .s32le, .f32le: 4
    case .f64le: 8
    }
  }

  /// The samples in bytes, of which the last `count % byteCount` are left alone; full scale is +-1.
  ///
  /// The same numbers as libsndfile gives for a file.
  package func samples(in bytes: [UInt8]) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<bytes.count / byteCount).map { index in
        let place = index * byteCount
        switch self {
        case .u8: return Float(Int(raw[place]) - 128) / 128
        case .s16le:
          let value = Int16(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: Int16.self))
          return Float(value) / 32_768
        case .s24le:
          let low = Int32(raw[place]) | Int32(raw[place + 1]) << 8
          return Float(low | Int32(Int8(bitPattern: raw[place + 2])) << 16) / 8_388_608
        case .s32le:
          let value = Int32(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: Int32.self))
          return Float(value) / 2_147_483_648
        case .f32le:
          let bits = raw.loadUnaligned(fromByteOffset: place, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        case .f64le:
          let bits = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          return Float(Double(bitPattern: UInt64(littleEndian: bits)))
        case .alaw: return Float(Self.expandA(raw[place])) / 32_768
        case .mulaw: return Float(Self.expandMu(raw[place])) / 32_768
        }
      }
    }
  }

  /// ITU-T G.711, A-law to 16 bits.
  private static func expandA(_ byte: UInt8) -> Int {
    let value = byte ^ 0x55
    let segment = Int(value & 0x70) >> 4
    let step = Int(value & 0x0F) << 4
    let size = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1)
    return value & 0x80 != 0 ? size : -size
  }

  /// ITU-T G.711, mu-law to 16 bits.
  private static func expandMu(_ byte: UInt8) -> Int {
    let value = ~byte
    let size = ((Int(value & 0x0F) << 3 + 0x84) << (Int(value & 0x70) >> 4)) - 0x84
    return value & 0x80 != 0 ? -size : size
  }
}

/// Sound without a header, as `--raw` says it: `s16le:48000:2`.
public struct RawFormat: Equatable, Sendable {
  /// How a sample stands in the bytes.
  public var encoding: SampleEncoding
  /// Rate and channels.
  public var format: StreamFormat

  /// Sound without a header.
  public init(encoding: SampleEncoding, format: StreamFormat) {
    (self.encoding, self.format) = (encoding, format)
  }

  /// Reads `encoding:rate:channels`, where one channel may be left out; nil where it is none or lies
  /// outside `AudioLimits`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let encoding = SampleEncoding(rawValue: String(parts[0])),
      let rate = Int(parts[1]), AudioLimits.sampleRates.contains(rate),
      let channels = parts.count == 3 ? Int(parts[2]) : 1,
      AudioLimits.channelCounts.contains(channels)
    else { return nil }
    self.init(encoding: encoding, format: StreamFormat(sampleRate: rate, channels: channels))
  }

  /// Bytes of a frame.
  package var frameBytes: Int { encoding.byteCount * format.channels }
}
