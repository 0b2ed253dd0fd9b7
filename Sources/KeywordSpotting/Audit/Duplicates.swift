import Neural
import Sound

/// Finds clips that hold the same recording.
enum Duplicates {
  /// Signs in which the envelopes of copies may differ.
  private static let mostSigns = 10
  /// The least correlation of copies: a codec at 10 dB below the sound leaves 0.95.
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
    // Low enough for any recording, high enough to tell two takes of a word apart.
    let decoder = AudioDecoder(sampleRate: 8_000)
    let checked = Parallel.map(candidates.count, threads: threads) { index, _ in
      let pair = candidates[index]
      return areCopies(loud[pair.0].recording, loud[pair.1].recording, decoder)
    }
    for (pair, isCopy) in zip(candidates, checked) where isCopy { groups.join(pair.0, pair.1) }
    return groups.all.flatMap { group in findings(group.map { loud[$0] }) }
  }

  /// One finding, or two where copies lie in several parts and under several labels.
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
        detail: "\(how), \(group.count) clips, labels \(words.joined(separator: ", ")), parts "
          + splits.map(\.rawValue).joined(separator: ", "),
        related: group.dropFirst().map(\.recording.name))
    }
  }

  /// Pairs of like envelope and length that are not equal already, in order.
  private static func candidates(_ clips: [Known]) -> [(Int, Int)] {
    var buckets: [UInt32: [Int]] = [:]
    for (index, clip) in clips.enumerated() {
      for piece in clip.audit.fingerprint.pieces { buckets[piece, default: []].append(index) }
    }
    var pairs: Set<[Int]> = []
    for bucket in buckets.values where bucket.count > 1 {
      for (place, left) in bucket.enumerated() {
        for right in bucket[(place + 1)...] {
          let (first, second) = (clips[left].audit, clips[right].audit)
          let ratio = first.facts.seconds / second.facts.seconds
          if first.contentHash != second.contentHash, abs(ratio - 1) < 0.02,
            first.fingerprint.distance(to: second.fingerprint) <= mostSigns
          {
            pairs.insert([left, right])
          }
        }
      }
    }
    return pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { ($0[0], $0[1]) }
  }

  /// Whether two files correlate at a lag of at most 10 ms.
  private static func areCopies(
    _ first: Recording, _ second: Recording, _ decoder: AudioDecoder
  ) -> Bool {
    guard let left = try? decoder.decode(first.path).samples,
      let right = try? decoder.decode(second.path).samples
    else { return false }
    let count = min(left.count, right.count, 80_000)
    let most = min(80, count / 4)
    for lag in -most...max(-most, most) {
      var (product, leftPower, rightPower) = (0.0, 0.0, 0.0)
      for index in most..<max(most, count - most) {
        let (a, b) = (Double(left[index]), Double(right[index + lag]))
        product += a * b
        leftPower += a * a
        rightPower += b * b
      }
      if product > leastCorrelation * (leftPower * rightPower).squareRoot() { return true }
    }
    return false
  }
}

/// Things that were found to be the same.
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

  /// Groups of two and more, in order.
  var all: [[Int]] {
    var groups: [Int: [Int]] = [:]
    for index in parent.indices { groups[root(index), default: []].append(index) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
