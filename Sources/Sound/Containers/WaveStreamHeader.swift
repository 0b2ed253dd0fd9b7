/// The header of a WAV file that comes through a pipe, byte after byte.
package struct WaveStreamHeader: Equatable, Sendable {
  /// Chunks before the audio may have so many bytes in all.
  private static let mostBytes = 1 << 20

  /// What the bytes behind it are.
  package var raw: RawFormat
  /// Bytes of audio; nil where the writer did not know, and they go on to the end of the pipe.
  package var byteCount: Int?

  /// Reads a header up to its audio.
  ///
  /// - Parameters:
  ///   - name: The pipe, in messages.
  ///   - read: Gives so many bytes, fewer only at the end.
  /// - Throws: `AudioError` where it is no WAV or holds what is not read, and what `read` throws.
  package init(name: String, _ read: (Int) throws(AudioError) -> [UInt8]) throws(AudioError) {
    let head = try read(12)
    guard !head.isEmpty else { throw .empty(name: name) }
    let kind = head.letters(at: 0)
    guard kind == "RIFF" || kind == "RF64", head.letters(at: 8) == "WAVE" else {
      throw .noStream(name: name)
    }
    var fields: (encoding: SampleEncoding, format: StreamFormat)?
    var (taken, largeSize) = (0, Int?.none)
    while true {
      let chunk = try read(8)
      guard let id = chunk.letters(at: 0), let size = chunk.number(at: 4, count: 4, .little) else {
        throw .broken(name: name, reason: "it ends before its audio")
      }
      if id == "data" {
        guard let fields else { throw .broken(name: name, reason: "it has no fmt chunk") }
        raw = RawFormat(encoding: fields.encoding, format: fields.format)
        byteCount = Self.byteCount(size, largeSize, isLarge: kind == "RF64")
        return
      }
      taken += size + size % 2
      guard taken <= Self.mostBytes else {
        throw .broken(name: name, reason: "\(taken) bytes of chunks stand before its audio")
      }
      let body = try read(size + size % 2)
      if id == "fmt ", fields == nil { fields = try Self.fields(Array(body.prefix(size)), name) }
      if id == "ds64" { largeSize = body.number(at: 8, count: 8, .little) }
    }
  }

  /// The length that a header means; 0 and what no writer reaches mean that it was not known.
  private static func byteCount(_ size: Int, _ large: Int?, isLarge: Bool) -> Int? {
    if isLarge, size == 0xFFFF_FFFF { return large == 0 ? nil : large }
    return size == 0 || size >= RiffHeader.openSize ? nil : size
  }

  private static func fields(
    _ chunk: [UInt8], _ name: String
  ) throws(AudioError) -> (SampleEncoding, StreamFormat) {
    var chunk = chunk
    let (channels, rate, frameSize) = try RiffHeader.fields(&chunk, .little, name: name)
    guard AudioLimits.sampleRates.contains(rate) else {
      throw .sampleRateOutOfRange(name: name, sampleRate: rate)
    }
    let tag = chunk.number(at: 0, count: 2, .little)!
    let encoding: SampleEncoding? =
      switch (tag == 0xFFFE ? chunk.number(at: 24, count: 2, .little)! : tag, frameSize / channels)
      {
      case (1, 1): .u8
      case (1, 2): .s16le
      case (1, 3): .s24le
      case (1, 4): .s32le
      case (3, 4): .f32le
      case (3, 8): .f64le
      case (6, 1): .alaw
      case (7, 1): .mulaw
      default: nil
      }
    guard let encoding else { throw .unsupported(name: name, what: "this WAV in a pipe") }
    return (encoding, StreamFormat(sampleRate: rate, channels: channels))
  }
}
