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
  public convenience init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil
  ) {
    self.init(
      model, channel: channel, threads: threads, workers: workers, memory: Recogniser.memory)
  }

  /// A classifier whose windows take `memory` bytes on their way through the network, or one window's.
  init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil,
    memory: Int
  ) {
    self.model = model
    self.threads = threads
    let own = ClipReader(model, workers: workers)
    var reader = own
    if let channel { (reader.decoder.channel, reader.hearsMono) = (channel, false) }
    self.reader = reader
    ownReader = reader.decoder.channel == model.channel ? nil : own
    recogniser = Recogniser(model, memory: memory)
  }

  /// This classifier with its decoding in this process timed: SIGPROF comes where it takes too long.
  package var watched: Classifier { Classifier(watching: self) }

  private init(watching other: Classifier) {
    (model, threads, recogniser) = (other.model, other.threads, other.recogniser)
    var reader = other.reader
    reader.isWatched = true
    self.reader = reader
    ownReader = other.ownReader
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

  /// Recognises clips and recordings of any length.
  ///
  /// The answer for one does not depend on the others, and memory does not grow with their length.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`, what was heard, or why a clip cannot be read.
  public func classify(_ sources: [ClipSource]) -> [Result<Classification, AudioError>] {
    classify(sources, observing: ()) { _, _ in }.map { $0.map(\.answer) }
  }

  /// Recognises clips, and lets somebody else look at their samples on the way.
  ///
  /// - Parameters:
  ///   - sources: Files, bytes or samples.
  ///   - initial: What each observation starts from.
  ///   - observe: Called with the samples of each clip as they come.
  /// - Returns: In the order of `sources`, what was heard and observed, or why a clip cannot be read.
  package func classify<Observation: Sendable>(
    _ sources: [ClipSource], observing initial: Observation,
    _ observe: @Sendable (inout Observation, [Float]) -> Void
  ) -> [Result<(answer: Classification, observation: Observation), AudioError>] {
    let read = Parallel.map(sources.count, threads: threads) { index, _ in
      Result { () throws(AudioError) in
        var observation = initial
        let clip = try self.read(sources[index], begin: { observation = initial }) {
          observe(&observation, $0)
        }
        return (clip: clip, observation: observation)
      }
    }
    let waiting = read.flatMap { (try? $0.get())?.clip.waiting ?? [] }
    let posteriors = recogniser.posteriors(of: waiting.map(\.features), threads: threads)
    var next = 0
    return read.map { result in
      result.map { clip, observation in
        defer { next += clip.waiting.count }
        let last = zip(clip.waiting, posteriors[next...]).map { window, posteriors in
          Session.Window(range: window.range, posteriors: posteriors)
        }
        return (
          Classification(
            clip.windows + last, model: model, source: clip.source, sampleCount: clip.sampleCount),
          observation
        )
      }
    }
  }

  /// A clip after reading; its samples are gone.
  private struct ReadClip: Sendable {
    var source: AudioFormat
    /// At the model's rate.
    var sampleCount: Int
    /// Windows that have their posteriors.
    var windows: [Session.Window]
    /// Those that wait for the network.
    var waiting: [WindowStream.Window]
  }

  private func read(
    _ source: ClipSource, begin: () -> Void, _ observe: ([Float]) -> Void
  ) throws(AudioError) -> ReadClip {
    let loan = recogniser.frontEnds.loan()
    var stream = WindowStream(recogniser.window, loan.frontEnd)
    var windows: [Session.Window] = []
    var waiting: [WindowStream.Window] = []
    func take(_ window: WindowStream.Window) {
      waiting.append(window)
      // Many windows, or large ones, do not wait for those of other clips.
      guard waiting.count == recogniser.windowsAtOnce else { return }
      windows += recogniser.recognised(waiting)
      waiting = []
    }
    var fault: FrontEndError?
    let found = try reader.read(
      source,
      begin: {
        begin()
        stream = WindowStream(recogniser.window, loan.frontEnd)
        (windows, waiting, fault) = ([], [], nil)
      },
      take: { samples in
        observe(samples)
        guard fault == nil else { return }
        do throws(FrontEndError) { try stream.push(samples, take) } catch { fault = error }
      })
    do throws(FrontEndError) {
      if let fault { throw fault }
      try stream.finish(take)
    } catch { throw .broken(name: source.name, reason: "\(error)") }
    return ReadClip(
      source: found.source, sampleCount: stream.sampleCount, windows: windows, waiting: waiting)
  }
}
