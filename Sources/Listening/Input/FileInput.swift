import Recognition
import Sound

/// A recording, as fast as it can be decoded.
public struct FileInput: SoundInput {
  private let source: ClipSource
  private let reader: ClipReader
  private let sampleRate: Int

  /// A recording that `reader` decodes for a model with `sampleRate`.
  public init(_ source: ClipSource, reader: ClipReader, sampleRate: Int) {
    (self.source, self.reader, self.sampleRate) = (source, reader, sampleRate)
  }

  /// Hands over the samples, one channel at the model's rate.
  public func run(into sink: SoundSink) {
    let origin = SoundOrigin(
      format: StreamFormat(sampleRate: sampleRate, channels: 1), name: source.name, details: "")
    guard sink.give(.begin(origin)) else { return }
    var (given, place, isHeard) = (0, 0, true)
    do {
      _ = try reader.read(
        source, begin: { place = 0 },
        take: { samples in
          // A decoder that died is replaced and starts again: samples that were passed on are
          // skipped.
          let isNew = place + samples.count > given
          let rest = isNew ? Array(samples[max(0, given - place)...]) : []
          place += samples.count
          guard isNew, isHeard else { return }
          given = place
          isHeard = sink.give(.samples(rest, arrived: .now))
        })
      _ = sink.give(.end(nil))
    } catch { _ = sink.give(.end(.audio(error))) }
  }
}
