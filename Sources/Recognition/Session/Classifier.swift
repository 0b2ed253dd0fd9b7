import Basics
import Sound

/// Recognises clips with a model.
///
/// One classifier serves any number of clips.
public final class Classifier: Sendable {
  /// The model.
  public let model: KeywordModel
  /// Reads files at the model's rate.
  public let reader: ClipReader
  /// Reads the model's own channel, if `reader` reads another one; else nil.
  private let ownReader: ClipReader?
  package let threads: Int
  /// The model's network with its weights packed.
  public let recogniser: Recogniser

  /// - Parameters:
  ///   - model: The model.
  ///   - channel: The channel to read, from 1; nil reads the model's own.
  ///   - threads: Number of clips processed at the same time.
  ///   - workers: Worker processes that decode files; nil decodes in this process.
  public convenience init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil
  ) {
    self.init(
      model, channel: channel, threads: threads, workers: workers, memory: Recogniser.memory)
  }

  /// A classifier whose windows use at most `memory` bytes in the network, or the memory of one
  /// window.
  convenience init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil,
    memory: Int
  ) {
    self.init(
      model, channel: channel, threads: threads, workers: workers,
      recogniser: Recogniser(model, memory: memory))
  }

  /// A classifier with the packed weights of another one, whose model differs from this one in
  /// thresholds at most.
  package init(
    _ model: KeywordModel, channel: Int?, threads: Int, workers: DecodingWorkers? = nil,
    recogniser: Recogniser
  ) {
    self.model = model
    self.threads = threads
    let own = ClipReader(model, workers: workers)
    var reader = own
    if let channel { (reader.decoder.channel, reader.acceptsMono) = (channel, false) }
    self.reader = reader
    ownReader = reader.decoder.channel == model.channel ? nil : own
    self.recogniser = recogniser
  }

  /// This classifier with limited decoding time: this process gets SIGPROF if decoding takes too
  /// long.
  package var watched: Classifier { Classifier(watching: self) }

  private init(watching other: Classifier) {
    (model, threads, recogniser) = (other.model, other.threads, other.recogniser)
    var reader = other.reader
    reader.isWatched = true
    self.reader = reader
    ownReader = other.ownReader
  }

  /// Whether clips are read on the model's own channel, as in training.
  package var readsOwnChannel: Bool { ownReader == nil }

  /// Reads files as training does, to compute content hashes.
  package var identityReader: ClipReader { ownReader ?? reader }

  /// Reads noise with all channels mixed, as in training, on whichever channel clips are read.
  package var noiseReader: ClipReader {
    var mixing = reader
    mixing.decoder.channel = nil
    return mixing
  }

  /// Recognises clips and recordings of any length.
  ///
  /// The answer for a clip does not depend on the others, and memory does not grow with their
  /// length.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`: the result, or why a clip cannot be read.
  public func classify(_ sources: [ClipSource]) -> [Result<Classification, AudioError>] {
    classify(sources, observing: (), { _, _ in }, { $0 }).map { $0.map(\.answer) }
  }

  /// Recognises clips, and passes their samples to an observer.
  ///
  /// - Parameters:
  ///   - sources: Files, bytes or samples.
  ///   - initial: The initial value of each observation.
  ///   - observe: Called with each block of samples of a clip.
  ///   - conclude: Called after the last block; only its value is kept until all clips are answered.
  /// - Returns: In the order of `sources`: the result and what was concluded, or why a clip cannot
  ///   be read.
  package func classify<Observation: Sendable, Conclusion: Sendable>(
    _ sources: [ClipSource], observing initial: Observation,
    _ observe: @Sendable (inout Observation, [Float]) -> Void,
    _ conclude: @Sendable (Observation) -> Conclusion
  ) -> [Result<(answer: Classification, conclusion: Conclusion), AudioError>] {
    let read = Parallel.map(sources.count, threads: threads) { index, _ in
      Result { () throws(AudioError) in
        var observation = initial
        let clip = try self.read(sources[index], begin: { observation = initial }) {
          observe(&observation, $0)
        }
        return (clip: clip, conclusion: conclude(observation))
      }
    }
    let waiting = read.flatMap { (try? $0.get())?.clip.waiting ?? [] }
    let posteriors = recogniser.posteriors(of: waiting.map(\.features), threads: threads)
    var next = 0
    return read.map { result in
      result.map { clip, conclusion in
        defer { next += clip.waiting.count }
        let last = zip(clip.waiting, posteriors[next...]).map { window, posteriors in
          Session.Window(range: window.range, posteriors: posteriors)
        }
        return (
          Classification(
            clip.windows + last, model: model, source: clip.source, sampleCount: clip.sampleCount),
          conclusion
        )
      }
    }
  }

  /// A clip after reading, without its samples.
  private struct ReadClip: Sendable {
    var source: AudioFormat
    /// Number of samples, at the model's rate.
    var sampleCount: Int
    /// Windows with posteriors.
    var windows: [Session.Window]
    /// Windows that are not recognised yet.
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
      // Enough windows to fill a batch are recognised at once, without those of other clips.
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
