import Basics
import Recognition
import Sound

/// What was heard in a clip, with what its samples alone say.
public struct InspectedClip: Sendable {
  /// What the model heard.
  public var answer: Classification
  /// Length, level and noise.
  public var facts: ClipFacts
  /// Names the clip, as `ContentHash.of` gives it, by its samples on the model's own channel.
  public var contentHash: UInt64
}

extension Classifier {
  /// Looks at the samples on their way to the network.
  private struct Inspection: Sendable {
    var facts: ClipFacts.Accumulator
    var hash = ContentHash.Accumulator()
  }

  /// Recognises clips, and measures and names each by its samples.
  ///
  /// - Parameter sources: Files, bytes or samples.
  /// - Returns: In the order of `sources`, what was found, or why a clip cannot be read.
  package func inspect(_ sources: [ClipSource]) -> [Result<InspectedClip, AudioError>] {
    let start = Inspection(facts: ClipFacts.Accumulator(sampleRate: model.frontEnd.sampleRate))
    let found = classify(sources, observing: start) { inspection, samples in
      inspection.facts.add(samples)
      inspection.hash.add(samples)
    }
    return Parallel.map(sources.count, threads: threads) { index, _ in
      found[index].map { answer, inspection in
        // Another channel than the model's own names nothing that it has met.
        let own = hearsOwnChannel ? nil : try? identityReader.read(sources[index])
        return InspectedClip(
          answer: answer, facts: inspection.facts.facts,
          contentHash: own.map { ContentHash.of($0.samples) } ?? inspection.hash.value)
      }
    }
  }
}
