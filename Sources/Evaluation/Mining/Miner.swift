import Basics
import Datasets
import Recognition
import Sound
import SystemPackage

/// Finds parts of recordings that fire wrongly, or nearly, to train on as unknown.
public struct Miner: Sendable {
  /// The model at work.
  public let classifier: Classifier
  /// What is known of the recordings.
  public let labels: EventLabels
  /// The averaged posterior from which on a keyword without an event is near.
  public var near: Float
  /// How many clips are kept.
  public var limit: Int
  /// Finds a speaker in a recording's name; the labels' own goes before.
  public var speakers: SpeakerFinder

  /// What was found.
  public struct Outcome: Sendable {
    /// The nearest first.
    public var clips: [MinedClip]
    /// How many there are, before those beyond the limit and those that lie on others were left out.
    public var found: Int
    /// Length of the recordings, in hours.
    public var hours: Double
    /// Recordings that could not be read.
    public var skipped: [SkippedClip]
  }

  /// A miner for `classifier`'s model.
  public init(
    _ classifier: Classifier, _ labels: EventLabels, near: Float, limit: Int,
    speakers: SpeakerFinder
  ) {
    (self.classifier, self.labels, self.near) = (classifier, labels, near)
    (self.limit, self.speakers) = (limit, speakers)
  }

  /// Listens to recordings; memory does not grow with their length or number.
  ///
  /// If a recording has a keyword without a time, that keyword's events in it are ignored, and so
  /// is every part that has the middle of a keyword.
  ///
  /// - Throws: `DatasetError` for a pattern without a group.
  public func mine(
    _ recordings: [FilePath], isCancelled: () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) throws -> Outcome {
    let names = try speakers.speakers(of: recordings)
    // Those that lie on others are left out at the end, so more are kept until then.
    var kept = Foremost<MinedClip>(4 * limit, by: MinedClip.precedes)
    var outcome = Outcome(clips: [], found: 0, hours: 0, skipped: [])
    let group = 8 * classifier.threads
    var done = 0
    while done < recordings.count, !isCancelled() {
      let end = min(recordings.count, done + group)
      let results = Parallel.map(end - done, threads: classifier.threads) { index, _ in
        Result { () throws(AudioError) in
          try listen(recordings[done + index], speaker: names[done + index])
        }
      }
      for (index, result) in results.enumerated() {
        switch result {
        case .success(let found):
          outcome.hours += found.seconds / 3_600
          found.clips.forEach { kept.add($0) }
        case .failure(let error):
          outcome.skipped.append(
            SkippedClip(
              path: recordings[done + index].displayName, reason: error.description))
        }
      }
      done = end
      progress(done)
    }
    outcome.found = kept.count
    for clip in kept.sorted where outcome.clips.count < limit {
      if !outcome.clips.contains(where: clip.isMuchOf) { outcome.clips.append(clip) }
    }
    return outcome
  }

  private func listen(
    _ path: FilePath, speaker: String?
  ) throws(AudioError) -> (clips: [MinedClip], seconds: Double) {
    let model = classifier.model
    let format = StreamFormat(sampleRate: model.frontEnd.sampleRate, channels: 1)
    func fresh() -> Listener {
      Listener(model, classifier.recogniser, format, near: near)
    }
    var listener = fresh()
    var findings: [Finding] = []
    var fault: FrontEndError?
    _ = try classifier.reader.read(
      .file(path), begin: { (listener, findings, fault) = (fresh(), [], nil) },
      take: { samples in
        guard fault == nil else { return }
        do throws(FrontEndError) { findings += try listener.push(samples) } catch { fault = error }
      })
    do throws(FrontEndError) {
      if let fault { throw fault }
      findings += try listener.finish()
    } catch { throw .broken(name: path.displayName, reason: "\(error)") }
    return (clips(findings, path, speaker), listener.seconds)
  }

  /// Whether a word is why a keyword fires in a part: it is the word itself, or the part holds the word's
  /// middle, so that it is no negative.
  private func explains(
    _ word: LabelledWord, _ label: String, _ part: ClosedRange<Double>
  ) -> Bool {
    let (start, end) = (word.seconds.lowerBound, word.seconds.upperBound)
    if part.contains((start + end) / 2) { return true }
    return word.label == label && part.overlaps(start...end + EventPlan.usualTolerance)
  }

  private func clips(_ findings: [Finding], _ path: FilePath, _ speaker: String?) -> [MinedClip] {
    let model = classifier.model
    let known = labels[path]
    let said = Set((known?.mentions(of: model.keywords) ?? [:]).keys)
    let words = known?.words(of: Set(model.keywords)) ?? []
    let stem = PathBytes(PathBytes(path.bytes.fileName).withoutEnding).displayName
    let cluster = known?.speaker ?? speaker ?? stem
    return findings.compactMap { finding in
      let (label, probability, seconds, reason): (String, Float, ClosedRange<Double>, String)
      switch finding {
      case .event(let event):
        (label, probability, seconds) = (event.label, event.probability, event.seconds)
        reason = "event"
      case .nearMiss(let miss):
        (label, probability, seconds) = (miss.label, miss.probability, miss.seconds)
        reason = miss.reason.rawValue
      }
      // A word that was said may also be near again while its event is under way.
      if said.contains(label) { return nil }
      let longest = 2 * model.window.maximumSeconds
      let part = max(seconds.lowerBound, seconds.upperBound - longest)...seconds.upperBound
      if words.contains(where: { explains($0, label, part) }) { return nil }
      return MinedClip(
        path: path, cluster: cluster, label: label, probability: probability,
        threshold: model.rule.threshold(of: label, model.decision), seconds: part, reason: reason)
    }
  }
}
