import Basics
import Recognition
import Sound

/// The result of recognising a clip, with measures of its samples.
public struct InspectedClip: Sendable {
  /// The model's answer.
  public var answer: Classification
  /// Length, level and noise.
  public var facts: ClipFacts
  /// `ContentHash.of` the clip's samples on the model's own channel.
  public var contentHash: UInt64
}

extension Classifier {
  /// Measures of the samples, taken while they are recognised.
  private struct Inspection: Sendable {
    var facts: ClipFacts.Accumulator
    var hash = ContentHash.Accumulator()
  }

  /// Recognises clips, and measures and hashes their samples.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`: the result, or why a clip cannot be read.
  package func inspect(_ sources: [ClipSource]) -> [Result<InspectedClip, AudioError>] {
    let start = Inspection(facts: ClipFacts.Accumulator(sampleRate: model.frontEnd.sampleRate))
    let found = classify(sources, observing: start) { inspection, samples in
      inspection.facts.add(samples)
      inspection.hash.add(samples)
    } _: { inspection in
      (facts: inspection.facts.facts, hash: inspection.hash.value)
    }
    return Parallel.map(sources.count, threads: threads) { index, _ in
      found[index].map { answer, measures in
        // The hash must be that of the model's own channel.
        let own = readsOwnChannel ? nil : try? identityReader.read(sources[index])
        return InspectedClip(
          answer: answer, facts: measures.facts,
          contentHash: own.map { ContentHash.of($0.samples) } ?? measures.hash)
      }
    }
  }
}
