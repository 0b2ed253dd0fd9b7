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
  public let reader: ClipReader
  let threads: Int
  private let isKeyword: [Bool]
  let frontEnds: FrontEndPool

  /// - Parameters:
  ///   - model: The model.
  ///   - channel: The channel to hear, from 1; nil mixes all.
  ///   - threads: How many clips are worked on at once.
  ///   - workers: Processes that decode files; nil decodes in this one.
  public convenience init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil
  ) {
    self.init(
      model, channel: channel, threads: threads, workers: workers, memory: Self.memory)
  }

  /// A classifier whose windows take `memory` bytes on their way through the network, or a window's.
  init(
    _ model: KeywordModel, channel: Int? = nil, threads: Int, workers: DecodingWorkers? = nil,
    memory: Int
  ) {
    self.model = model
    self.threads = threads
    reader = ClipReader(
      AudioDecoder(sampleRate: model.frontEnd.sampleRate, channel: channel), workers: workers)
    isKeyword = model.labels.map(Dataset.isKeyword)
    frontEnds = FrontEndPool(model.frontEnd, model.normalization)
    // The options were checked when the model was made or read.
    let work = frontEnds.lend { ModelWork(model.window, $0, model.network.shape) }
    windowsAtOnce = max(1, min(Self.manyWindows, memory / max(1, work.bytes)))
  }

  /// Clips of more windows than this are recognised one at a time, so that memory stays flat.
  private static let manyWindows = 32
  /// Windows on their way through the network may take so much memory, in bytes.
  private static let memory = 256 << 20
  /// Windows that go through the network together where a clip has many, or where they are large.
  private let windowsAtOnce: Int

  /// Recognises clips.
  ///
  /// The answer for one does not depend on the others.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`, what was heard, or why a clip cannot be read.
  public func classify(_ sources: [ClipSource]) -> [Result<Classification, AudioError>] {
    let read = Parallel.map(sources.count, threads: threads) { index, _ in
      Result { () throws(AudioError) in
        try self.reader.read(sources[index]) { clip in
          self.frontEnds.lend { self.heard(clip, $0) }
        }
      }
    }
    let inference = Inference(model.network, threads: threads)
    let waiting = read.flatMap { (try? $0.get())?.features ?? [] }
    let probabilities = self.probabilities(waiting, inference)
    var next = 0
    return read.map { result in
      result.map { heard in
        defer { next += heard.features.count }
        let rows = Array(probabilities[next..<next + heard.features.count])
        return classification(of: heard, heard.probabilities + rows)
      }
    }
  }

  /// A clip after decoding; its samples are gone.
  private struct Heard {
    var source: AudioFormat
    var contentHash: UInt64
    var facts: ClipFacts
    /// Its windows, in samples.
    var ranges: [Range<Int>]
    /// Their features, where they wait for the network.
    var features: [Features] = []
    /// (windows, C), where the clip was long and has its answers already.
    var probabilities: [[Float]] = []
  }

  private func heard(_ clip: Clip, _ frontEnd: FrontEnd) -> Heard {
    var heard = Heard(
      source: clip.source, contentHash: ContentHash.of(clip.samples),
      facts: ClipFacts(clip.samples, sampleRate: clip.sampleRate),
      ranges: model.window.windows(sampleCount: clip.samples.count, sampleRate: clip.sampleRate))
    func features(_ range: Range<Int>) -> Features {
      ClipFeatures.features(
        of: Array(clip.samples[range]), window: model.window, frontEnd: frontEnd)
    }
    // Where windows are large, those of many clips shall not wait for the network together.
    guard windowsAtOnce < Self.manyWindows || heard.ranges.count > Self.manyWindows else {
      heard.features = heard.ranges.map(features)
      return heard
    }
    let inference = Inference(model.network, threads: 1)
    for start in stride(from: 0, to: heard.ranges.count, by: windowsAtOnce) {
      let part = heard.ranges[start..<min(heard.ranges.count, start + windowsAtOnce)]
      heard.probabilities += probabilities(part.map(features), inference)
    }
    return heard
  }

  /// (windows, C): the posteriors of each window.
  func probabilities(
    _ windows: [Features], _ inference: Inference<Float>
  ) -> [[Float]] {
    stride(from: 0, to: windows.count, by: 256).flatMap { start in
      let part = windows[start..<min(windows.count, start + 256)]
      let logits = inference.logits(
        SequenceBatch(
          featureCount: model.network.shape.features, sequences: part.map(\.values)))
      return logits.map { row in softmax(row.map { $0 / model.decision.temperature }) }
    }
  }

  private func classification(of heard: Heard, _ probabilities: [[Float]]) -> Classification {
    let best = BestWindow.index(probabilities, isKeyword: isKeyword)
    let rate = Double(model.frontEnd.sampleRate)
    return Classification(
      label: model.decision.answer(probabilities[best], labels: model.labels),
      probabilities: probabilities[best],
      window: Double(heard.ranges[best].lowerBound) / rate...Double(
        heard.ranges[best].upperBound) / rate,
      windows: zip(heard.ranges, probabilities).map { range, row in
        Classification.Window(start: Double(range.lowerBound) / rate, probabilities: row)
      }, facts: heard.facts, source: heard.source, contentHash: heard.contentHash)
  }
}
