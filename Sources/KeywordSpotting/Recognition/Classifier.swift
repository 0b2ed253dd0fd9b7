import Neural
import Sound
import SystemPackage

/// Recognises clips with one model.
///
/// Made once, used for any number of clips.
public final class Classifier: Sendable {
  /// The model.
  public let model: KeywordModel
  /// Reads files at the model's rate.
  public let decoder: AudioDecoder
  private let threads: Int
  private let isKeyword: [Bool]

  /// - Parameters:
  ///   - model: The model.
  ///   - channel: The channel to hear, from 1; nil mixes all.
  ///   - threads: How many clips are worked on at once.
  public init(_ model: KeywordModel, channel: Int? = nil, threads: Int) {
    self.model = model
    self.threads = threads
    decoder = AudioDecoder(sampleRate: model.frontEnd.sampleRate, channel: channel)
    isKeyword = model.labels.map(Dataset.isKeyword)
  }

  /// Recognises clips.
  ///
  /// The answer for one does not depend on the others.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`, what was heard, or why a clip cannot be read.
  public func classify(_ sources: [ClipSource]) -> [Result<Classification, AudioError>] {
    let read = parallelMap(count: sources.count, threads: threads) {
      // The model was checked when it was made or read, so its front end is valid.
      try! FrontEnd(self.model.frontEnd, normalization: self.model.normalization)
    } body: { frontEnd, index in
      Result { () throws(AudioError) in
        let clip = try sources[index].decode(with: self.decoder)
        let windows = ClipFeatures.windows(
          of: clip.samples, window: self.model.window, frontEnd: frontEnd)
        // Measured here, on all threads.
        let facts = ClipFacts(clip.samples, sampleRate: clip.sampleRate)
        return (clip: clip, windows: windows, facts: facts, hash: ContentHash.of(clip.samples))
      }
    }
    let windows = read.flatMap { (try? $0.get())?.windows ?? [] }
    let probabilities = self.probabilities(windows)
    var next = 0
    return read.map { result in
      result.map { clip, windows, facts, hash in
        defer { next += windows.count }
        return classification(
          of: clip, Array(probabilities[next..<next + windows.count]), facts, hash)
      }
    }
  }

  /// (windows, C): the posteriors of each window.
  func probabilities(_ windows: [Features]) -> [[Float]] {
    let inference = Inference(model.network, threads: threads)
    var rows: [[Float]] = []
    for start in stride(from: 0, to: windows.count, by: 256) {
      let part = windows[start..<min(windows.count, start + 256)]
      let logits = inference.logits(
        SequenceBatch(
          featureCount: model.network.shape.features, sequences: part.map(\.values)))
      rows += logits.map { row in softmax(row.map { $0 / model.decision.temperature }) }
    }
    return rows
  }

  private func classification(
    of clip: Clip, _ probabilities: [[Float]], _ facts: ClipFacts, _ hash: UInt64
  ) -> Classification {
    let best = BestWindow.index(probabilities, isKeyword: isKeyword)
    let ranges = model.window.windows(
      sampleCount: clip.samples.count, sampleRate: clip.sampleRate)
    let rate = Double(clip.sampleRate)
    return Classification(
      label: model.decision.answer(probabilities[best], labels: model.labels),
      probabilities: probabilities[best],
      window: Double(ranges[best].lowerBound) / rate...Double(ranges[best].upperBound) / rate,
      windows: zip(ranges, probabilities).map { range, row in
        Classification.Window(start: Double(range.lowerBound) / rate, probabilities: row)
      }, facts: facts, source: clip.source, contentHash: hash)
  }
}
