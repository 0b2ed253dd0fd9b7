import Basics

/// Identifies an evaluation: an interrupted one continues, and shards are merged, only if all of
/// this is the same.
struct EvaluationIdentity: Codable, Equatable, Sendable {
  /// Version of kws.
  let program: String
  /// SHA-1 of the model's file as kws writes it, including thresholds.
  let model: String
  /// SHA-1 over name, size, label, speaker and part of each clip, over the alarm recordings, and
  /// over the bytes of the noise that silence is cut from; the tally has a hash of the clips'
  /// bytes.
  let clips: String
  /// The options that change answers or figures.
  let options: [String]
}

extension EvaluationIdentity {
  /// Stands in until an evaluation is saved, because hashing a model takes milliseconds.
  static let unsaved = Self(program: Version.current, model: "", clips: "", options: [])

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

  /// The difference to another identity as text for people; nil if they are equal.
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

/// SHA-1 of long text in blocks: the digest of the blocks' digests, in constant memory.
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
