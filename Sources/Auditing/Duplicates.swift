import Basics
import Datasets
import Recognition
import Sound

/// Finds clips that are copies of one recording.
enum Duplicates {
  /// The most signs in which the envelopes of copies may differ.
  private static let mostSigns = 10
  /// The lowest correlation of copies: codec noise 10 dB below the sound leaves 0.95.
  private static let leastCorrelation = 0.95

  typealias Known = (recording: Recording, audit: ClipAudit)

  static func findings(_ clips: [Known], threads: Int) -> [AuditReport.Finding] {
    let loud = clips.filter { $0.audit.facts.level >= ClipChecks.silentLevel }
    var groups = Groups(count: loud.count)
    var first: [UInt64: Int] = [:]
    for (index, clip) in loud.enumerated() {
      if let other = first[clip.audit.contentHash] {
        groups.join(other, index)
      } else {
        first[clip.audit.contentHash] = index
      }
    }
    let candidates = candidates(loud)
    // A low rate works for any recording and still distinguishes two takes of a word.
    let decoder = AudioDecoder(sampleRate: Self.rate)
    let checked = Parallel.map(candidates.count, threads: threads) { index, _ in
      let pair = candidates[index]
      return areCopies(loud[pair.first], loud[pair.second], pair.shift, decoder)
    }
    for (pair, isCopy) in zip(candidates, checked) where isCopy {
      groups.join(pair.first, pair.second)
    }
    return groups.all.flatMap { group in findings(group.map { loud[$0] }) }
  }

  /// One finding, or two if copies are in several parts and under several labels.
  private static func findings(_ group: [Known]) -> [AuditReport.Finding] {
    let words = Set(group.map(\.recording.word)).sorted()
    let splits = Split.allCases.filter { split in group.contains { $0.recording.split == split } }
    let isExact = Set(group.map(\.audit.contentHash)).count == 1
    let how = isExact ? "identical" : "nearly identical"
    var kinds: [AuditReport.Kind] = []
    if splits.count > 1 { kinds.append(.duplicateAcrossSplits) }
    if words.count > 1 { kinds.append(.duplicateAcrossLabels) }
    return (kinds.isEmpty ? [.duplicate] : kinds).map { kind in
      AuditReport.Finding(
        kind: kind, subject: group[0].recording.name,
        detail:
          "\(how), \(counted(group.count, "clip")), labels \(words.joined(separator: ", ")), parts "
          + splits.map(\.rawValue).joined(separator: ", "),
        related: group.dropFirst().map(\.recording.name))
    }
  }

  /// Two clips that may be copies; the second starts later by `shift` seconds.
  private struct Candidate: Hashable {
    var first: Int
    var second: Int
    var shift: Double
  }

  /// Pairs with similar envelopes that are not equal already, in order: with similar lengths, or
  /// shifted so that their loudest moments match.
  private static func candidates(_ clips: [Known]) -> [Candidate] {
    var found: Set<Candidate> = []
    for pair in pairs(clips, \.fingerprint) {
      let ratio =
        clips[pair.0].audit.facts.seconds / clips[pair.1].audit.facts.seconds
      if abs(ratio - 1) < 0.02 {
        found.insert(Candidate(first: pair.0, second: pair.1, shift: 0))
      }
    }
    for pair in pairs(clips, \.anchored) {
      let shift = clips[pair.0].audit.anchor - clips[pair.1].audit.anchor
      if abs(shift) > lagSeconds
        || !found.contains(Candidate(first: pair.0, second: pair.1, shift: 0))
      {
        found.insert(Candidate(first: pair.0, second: pair.1, shift: shift))
      }
    }
    return found.sorted { ($0.first, $0.second, $0.shift) < ($1.first, $1.second, $1.shift) }
  }

  /// Pairs of clips whose fingerprints differ in few signs.
  private static func pairs(
    _ clips: [Known], _ fingerprint: KeyPath<ClipAudit, EnvelopeFingerprint>
  ) -> [(Int, Int)] {
    var buckets: [UInt32: [Int]] = [:]
    for (index, clip) in clips.enumerated() {
      for piece in clip.audit[keyPath: fingerprint].pieces {
        buckets[piece, default: []].append(index)
      }
    }
    var pairs: Set<[Int]> = []
    for bucket in buckets.values where bucket.count > 1 {
      for (place, left) in bucket.enumerated() {
        for right in bucket[(place + 1)...] {
          let (first, second) = (clips[left].audit, clips[right].audit)
          if first.contentHash != second.contentHash,
            first[keyPath: fingerprint].distance(to: second[keyPath: fingerprint]) <= mostSigns
          {
            pairs.insert([left, right])
          }
        }
      }
    }
    return pairs.map { ($0[0], $0[1]) }
  }

  /// Rate at which copies are compared, in Hz.
  private static let rate = 8_000
  /// Copies are searched at lags up to this around the expected one, in seconds.
  private static let lagSeconds = 0.01

  /// Whether two files correlate if the second is shifted by about `shift` seconds.
  private static func areCopies(
    _ first: Known, _ second: Known, _ shift: Double, _ decoder: AudioDecoder
  ) -> Bool {
    guard let left = try? decoder.decode(first.recording.path).samples,
      let right = try? decoder.decode(second.recording.path).samples
    else { return false }
    let (speech, other) = (withoutHum(left), withoutHum(right))
    let middle = Int((shift * Double(rate)).rounded())
    let reach = Int(lagSeconds * Double(rate))
    return (middle - reach...middle + reach).contains { lag in
      areEqual(speech, other, lag: lag)
    }
  }

  /// The first ten seconds through two first-order high-pass filters at 200 Hz: all recordings of
  /// one microphone may have the same hum.
  private static func withoutHum(_ samples: [Float]) -> [Float] {
    let pole = 1 / (1 + 2 * Float.pi * 200 / Float(rate))
    var result = Array(samples.prefix(10 * rate))
    for _ in 0..<2 {
      var (before, state) = (result.first ?? 0, Float(0))
      for index in result.indices {
        state = pole * (state + result[index] - before)
        before = result[index]
        result[index] = state
      }
    }
    return result
  }

  /// Whether sample n of the first equals sample n - `lag` of the second, except for level and
  /// codec, over most of the sound of both.
  private static func areEqual(_ left: [Float], _ right: [Float], lag: Int) -> Bool {
    let overlap = max(0, lag)..<max(max(0, lag), min(left.count, right.count + lag))
    guard 2 * overlap.count >= min(left.count, right.count) else { return false }
    var (product, leftPower, rightPower) = (0.0, 0.0, 0.0)
    for index in overlap {
      let (a, b) = (Double(left[index]), Double(right[index - lag]))
      product += a * b
      leftPower += a * a
      rightPower += b * b
    }
    return product > leastCorrelation * (leftPower * rightPower).squareRoot()
      && leftPower > 0 && rightPower > 0
  }
}

/// Groups of clips that were found to be equal.
private struct Groups {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  private func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index { index = parent[index] }
    return index
  }

  mutating func join(_ left: Int, _ right: Int) {
    let (first, second) = (root(left), root(right))
    parent[max(first, second)] = min(first, second)
  }

  /// The groups of two or more, in order.
  var all: [[Int]] {
    var groups: [Int: [Int]] = [:]
    for index in parent.indices { groups[root(index), default: []].append(index) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
