import Basics

/// What an evaluation is of: one that was interrupted goes on, and shards are merged, only where all
/// of this is the same.
struct EvaluationIdentity: Codable, Equatable, Sendable {
  /// Version of kws.
  let program: String
  /// SHA-1 of the model's file as kws writes it, thresholds included.
  let model: String
  /// SHA-1 over name, size, label, speaker and part of each clip, the recordings for alarms, and the
  /// bytes of the noise that silence is cut from; the bytes of the clips stand in the tally.
  let clips: String
  /// How clips are heard and reported.
  let options: [String]

  init(_ evaluation: BatchEvaluation, options: [String]) {
    let (plan, classifier) = (evaluation.plan, evaluation.classifier)
    program = Version.current
    model = SHA1.text(of: classifier.model.encoded())
    var hash = RollingSHA1()
    for clip in plan.recordings {
      hash.add(
        "\(clip.name)\0\(clip.byteCount)\0\(clip.label)\0\(clip.speaker ?? "")\0"
          + "\(clip.split.rawValue)\n")
    }
    for path in plan.alarmAudio { hash.add("\(path.bytes.displayName)\n") }
    hash.add("\(plan.silenceCount)")
    for noise in plan.silenceCount > 0 ? plan.dataset.noise : [] {
      hash.add("\n\(ContentHash.of(file: noise.path))")
    }
    clips = hash.text
    let channel = classifier.reader.decoder.channel.map { "channel \($0)" } ?? "all channels"
    self.options = [channel] + options
  }

  /// What differs from another, for people; nil if nothing does.
  func difference(from other: Self) -> String? {
    if program != other.program { return "another version of kws (\(other.program))" }
    if model != other.model { return "another model or threshold" }
    if clips != other.clips { return "other clips" }
    if options != other.options {
      return "other options (\(other.options.joined(separator: ", ")))"
    }
    return nil
  }
}

/// SHA-1 of much text, in blocks: the digest of the digests, in little memory.
private struct RollingSHA1 {
  private var waiting: [UInt8] = []
  private var before = ""

  mutating func add(_ text: String) {
    waiting.append(contentsOf: text.utf8)
    if waiting.count >= 1 << 20 { fold() }
  }

  private mutating func fold() {
    before = SHA1.text(of: Array(before.utf8) + waiting)
    waiting.removeAll(keepingCapacity: true)
  }

  var text: String {
    var copy = self
    copy.fold()
    return copy.before
  }
}
