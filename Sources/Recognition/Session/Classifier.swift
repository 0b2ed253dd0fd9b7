import Basics
import Sound

/// Recognises clips with one model.
///
/// Made once, used for any number of clips.
public final class Classifier: Sendable {
  /// The model.
  public let model: KeywordModel
  /// Reads files at the model's rate.
  public let reader: ClipReader
  /// Reads the model's own channel, where another one is heard; nil where that is the same.
  private let ownReader: ClipReader?
  package let threads: Int
  /// The model's network with its weights packed.
  public let recogniser: Recogniser

  /// - Parameters:
  ///   - model: The model.
  ///   - channel: The channel to hear, from 1; nil hears the model's own.
  ///   - threads: How many clips are worked on at once.
  ///   - workers: Processes that decode files; nil decodes in this one.
  public init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil
  ) {
    self.model = model
    self.threads = threads
    let own = ClipReader(model, workers: workers)
    var reader = own
    if let channel { (reader.decoder.channel, reader.hearsMono) = (channel, false) }
    self.reader = reader
    ownReader = reader.decoder.channel == model.channel ? nil : own
    recogniser = Recogniser(model)
  }

  /// Whether what is heard is what training would have heard.
  package var hearsOwnChannel: Bool { ownReader == nil }

  /// Reads files as training would have, for what names a clip by its content.
  package var identityReader: ClipReader { ownReader ?? reader }

  /// Reads noise, which is mixed to one channel as in training, whichever one the clips are heard on.
  package var noiseReader: ClipReader {
    var mixing = reader
    mixing.decoder.channel = nil
    return mixing
  }

  /// Recognises clips.
  ///
  /// The answer for one does not depend on the others.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`, what was heard, or why a clip cannot be read.
  public func classify(_ sources: [ClipSource]) -> [Result<Classification, AudioError>] {
    let read = Parallel.map(sources.count, threads: threads) { index, _ in
      Result { () throws(AudioError) in try self.windows(of: sources[index]) }
    }
    let waiting = read.flatMap { (try? $0.get())?.waiting ?? [] }
    let posteriors = recogniser.posteriors(of: waiting.map(\.features), threads: threads)
    var next = 0
    return read.map { result in
      result.map { clip in
        defer { next += clip.waiting.count }
        let last = zip(clip.waiting, posteriors[next...]).map { window, posteriors in
          Session.Window(range: window.range, posteriors: posteriors)
        }
        return Classification(
          clip.windows + last, model: model, facts: clip.facts, source: clip.source,
          contentHash: clip.contentHash)
      }
    }
  }

  /// A clip after reading; its samples are gone.
  private struct ReadClip: Sendable {
    /// More windows than these do not wait for those of other clips, so that memory stays flat.
    static let most = 32

    var source: AudioFormat
    var facts: ClipFacts
    var contentHash: UInt64
    /// Windows that have their posteriors.
    var windows: [Session.Window] = []
    /// Those that wait for the network.
    var waiting: [WindowStream.Window] = []
  }

  private func windows(of source: ClipSource) throws(AudioError) -> ReadClip {
    let clip = try reader.read(source)
    var read = ReadClip(
      source: clip.source, facts: ClipFacts(clip.samples, sampleRate: clip.sampleRate),
      contentHash: ContentHash.of(clip.samples))
    let loan = recogniser.frontEnds.loan()
    var stream = WindowStream(recogniser.window, loan.frontEnd)
    func take(_ window: WindowStream.Window) {
      read.waiting.append(window)
      guard read.waiting.count == ReadClip.most else { return }
      read.windows += recogniser.recognised(read.waiting)
      read.waiting = []
    }
    do {
      try stream.push(clip.samples, take)
      try stream.finish(take)
    } catch { throw .broken(name: source.name, reason: "\(error)") }
    if let ownReader, let clip = try? ownReader.read(source) {
      read.contentHash = ContentHash.of(clip.samples)
    }
    return read
  }
}
