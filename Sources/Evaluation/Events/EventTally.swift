import Basics
import Datasets
import Recognition

/// The results of an evaluation of events so far.
///
/// Memory grows with the speakers up to a limit, and with the words that are found; not with the length
/// of the recordings.
public struct EventTally: Sendable {
  /// More clusters than this are merged into this many groups; fewer with very many keywords.
  private var mostClusters: Int { max(16, min(1_024, 20_000 / max(1, latencies.count))) }
  /// Events and words that are named in a report at most.
  static let mostNamed = 500

  /// Recordings that are done, those that could not be read among them.
  public internal(set) var done = 0
  /// By speaker, or by recording if the speaker is not known.
  private(set) var clusters: [String: EventCluster] = [:]
  /// The speakers that are known.
  private(set) var speakers: Set<String> = []
  /// By keyword: from the end of each word that was found to the decision, in seconds.
  private(set) var latencies: [[Float]]
  /// From the end of each word that was recognised too late to the decision, in seconds.
  private(set) var late: [Double] = []
  /// The cost of the gate; nil without one.
  private(set) var gate: GateCounts?
  private(set) var wrong = Foremost<WrongEvent>(mostNamed, by: WrongEvent.isWorse)
  private(set) var missed = Foremost<MissedWord>(mostNamed, by: MissedWord.isWorse)
  /// Recordings that the model has met, by their role.
  private(set) var met: [ClipRole: Int] = [:]
  /// Recordings that could not be read.
  public private(set) var skipped: [SkippedClip] = []

  init(keywords count: Int) { latencies = Array(repeating: [], count: count) }

  /// The sum of all clusters.
  var total: EventCluster {
    var total = EventCluster(keywords: latencies.count)
    for cluster in clusters.values { total.merge(cluster) }
    return total
  }

  mutating func skip(_ item: EventPlan.Item, _ reason: String) {
    done += 1
    skipped.append(SkippedClip(path: item.name, reason: reason))
  }

  mutating func add(_ result: RecordingEvents, of item: EventPlan.Item, role: ClipRole?) {
    done += 1
    var key = item.cluster
    if clusters[key] == nil, clusters.count >= mostClusters {
      let keys = clusters.keys.sorted()
      key = keys[StableHash.bucket(of: key, count: keys.count)]
    }
    if let cluster = clusters.removeValue(forKey: key) {
      var sum = cluster
      sum.merge(result.cluster)
      clusters[key] = sum
    } else {
      clusters[key] = result.cluster
    }
    if let counts = result.gate {
      gate = gate ?? GateCounts()
      gate!.merge(counts)
    }
    if item.hasSpeaker { speakers.insert(item.cluster) }
    if let role { met[role, default: 0] += 1 }
    for latency in result.latencies { latencies[latency.keyword].append(Float(latency.seconds)) }
    late += result.late
    for word in result.missed { missed.add(word) }
    for judged in result.events {
      if let event = WrongEvent(judged, item) { wrong.add(event) }
    }
  }
}

extension WrongEvent {
  /// An event that is no hit; nil for one that is.
  init?(_ judged: RecordingEvents.Judged, _ item: EventPlan.Item) {
    let said: String?
    switch judged.verdict {
    case .hit, .mention: return nil
    case .wrongWord(let word): (kind, said) = (.wrongWord, item.truth.words[word].label)
    case .falseAlarm: (kind, said) = (.falseAlarm, nil)
    }
    let event = judged.event
    (path, label, probability) = (item.name, event.label, event.probability)
    (start, end) = (event.seconds.lowerBound, event.seconds.upperBound)
    (decided, self.said) = (event.decided, said)
  }
}
