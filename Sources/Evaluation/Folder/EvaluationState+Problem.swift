import Recognition
import Sound

/// Checks of a state from a file before anything is computed with it: sizes must agree, and counts
/// must add up to the number of finished items.
extension EvaluationState {
  /// The most clips, recordings or cuts of an evaluation.
  ///
  /// All sums can hold this many, including those of `FixedPoint`.
  private static let mostItems = 100_000_000

  /// The first thing that is wrong, or nil.
  var problem: String? {
    if Shard("\(shard.number)/\(shard.count)") == nil {
      return "shard \(shard.number) of \(shard.count)"
    }
    let sizes = [plan.clips, plan.total, plan.silenceCuts, plan.alarmRecordings]
    if !sizes.allSatisfy((0...Self.mostItems).contains) { return "a plan of \(sizes) items" }
    let items = shard.range(of: plan.clips + plan.silenceCuts + plan.alarmRecordings).count
    if !(0...items).contains(tally.done) || isFinished && tally.done != items {
      return "\(tally.done) of \(items) items are done, finished: \(isFinished)"
    }
    if plan.leftOut.contains(where: { $0.count < $0.names.count || $0.count > Self.mostItems }) {
      return "entries that are no clips"
    }
    if labels.isEmpty || labels.contains(where: \.isEmpty) || Set(labels).count != labels.count {
      return "\(labels.count) labels, some of them empty or twice there"
    }
    if rowBytes < 0 || !(0...Self.mostItems).contains(clipLimit) {
      return "\(rowBytes) bytes of rows, \(clipLimit) clips to show"
    }
    let seconds = [
      alarmRule.windowSeconds, alarmRule.hopSeconds, alarmRule.mergeSeconds, measurement.seconds,
    ]
    if !seconds.allSatisfy((0...1e9).contains) { return "times of \(seconds) s" }
    if let problem = tally.problem(labels: labels) { return "tally: " + problem }
    return evidence.contains { !$0.isSound(classes: labels.count) }
      ? "the sound or the picture of a wrong clip" : nil
  }

  /// The difference to another shard of the same evaluation that prevents merging, or nil.
  func difference(from other: Self) -> String? {
    if let what = identity.difference(from: other.identity) { return what }
    if shard.count != other.shard.count { return "\(other.shard.count) shards, not \(shard.count)" }
    if labels != other.labels { return "other labels" }
    if plan.figures != other.plan.figures { return "another plan" }
    if clipLimit != other.clipLimit || alarmRule != other.alarmRule { return "other options" }
    return tally.clips.conditions == other.tally.clips.conditions ? nil : "other conditions"
  }
}

extension EvaluationTally {
  /// The first thing that is wrong, or nil.
  func problem(labels: [String]) -> String? {
    let left = done - skipped.count - skippedAlarmAudio.count
    if left < 0 {
      return "\(skipped.count + skippedAlarmAudio.count) of \(done) items were skipped"
    }
    return clips.problem(labels: labels, atMost: left)
  }
}

extension MeasuredClips {
  /// The first fault in the counts of at most `items` items, or nil.
  func problem(labels: [String], atMost items: Int) -> String? {
    for counts in [unseen, seen] {
      if let problem = counts.clips.problem(labels: labels, atMost: items)
        ?? counts.robustness.flatMap({ $0.problem(atMost: items) })
      {
        return problem
      }
    }
    if unseen.robustness?.names != seen.robustness?.names { return "two lists of conditions" }
    if unseen.clips.confusion.total + seen.clips.confusion.total > items {
      return "more than \(items) clips"
    }
    if !met.isSound(clips: seen.clips.confusion.total) { return "the clips that the model met" }
    if !(0...items).contains(unseenFiles) { return "\(unseenFiles) of \(items) clips are files" }
    let isSound = metAlarmAudio.allSatisfy {
      ClipRole(rawValue: $0.key) != nil && (1...max(1, items)).contains($0.value)
    }
    return isSound ? nil : "the alarm recordings that the model met"
  }
}

extension MetCounts {
  /// Whether these can be counts of this many clips.
  fileprivate func isSound(clips: Int) -> Bool {
    rows.allSatisfy {
      ClipRole(rawValue: $0.role) != nil && (0...max(0, $0.n)).contains($0.correct)
    }
      && CountSum.of(rows.map(\.n), atMost: clips) == clips
  }
}

extension ClipEvidence {
  /// Whether a page can show this clip.
  fileprivate func isSound(classes: Int) -> Bool {
    let times = [offset, seconds] + timeline.times
    return AudioLimits.sampleRates.contains(sampleRate)
      && samples.count <= Int(Self.longest * Double(sampleRate)) && samples.allSatisfy(\.isFinite)
      && times.allSatisfy((0...1e6).contains)
      && timeline.times.count == timeline.probabilities.count
      && timeline.probabilities.allSatisfy {
        $0.count == classes && $0.allSatisfy { 0 <= $0 && $0 <= 1.0001 }
      }
  }
}
