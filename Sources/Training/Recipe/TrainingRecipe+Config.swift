#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

extension TrainingRecipe {
  /// The recipe as `config.json`: the names and values of `kws train`'s options, so that
  /// `kws train DATASET --config config.json` trains the same model again.
  var configText: String {
    let lines = configEntries.map { "  \(JSONText.string($0.name)): \($0.value)" }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  /// Each option with its value as JSON text, in the order of the help text.
  private var configEntries: [(name: String, value: String)] {
    var entries: [(name: String, value: String)] = []
    func add(_ name: String, _ value: some CustomStringConvertible) {
      entries.append((name, "\(value)"))
    }
    func add(_ name: String, text: String?) {
      if let text { entries.append((name, JSONText.string(text))) }
    }
    add("words", text: dataset.words?.joined(separator: ","))
    add("epochs", epochs)
    // As text where a reader's Double would round it.
    if seed < 1 << 53 { add("seed", seed) } else { add("seed", text: "\(seed)") }
    add("speaker-pattern", text: dataset.speakerPattern)
    add("validation-percent", dataset.validationPercent)
    add("testing-percent", dataset.testingPercent)
    add("allow-outside", dataset.allowOutside)
    if let channel { add("channel", channel) }
    add("max-clip-seconds", window.maximumSeconds)
    add("unknown-share", unknownShare)
    add("splices", spliceShare)
    add("silence-share", silenceShare)
    add("balance", balancesClasses)
    if let start {
      add("from", text: start.name)
      add("freeze", start.frozenLayers)
    } else {
      add("layers", layers)
      add("hidden", hidden)
      add("pooling", text: pooling.rawValue)
    }
    add("dropout", dropout)
    add("optimizer", text: optimizer.algorithm.rawValue)
    add("learning-rate", learningRate)
    add("momentum", optimizer.momentum)
    add("warm-up", warmUpEpochs)
    add("schedule", text: schedule.rawValue)
    add("weight-decay", optimizer.weightDecay)
    add("clip", clipNorm)
    add("batch", batch)
    add("patience", patience)
    add("label-smoothing", labelSmoothing)
    add("average", averageDecay)
    add("shift", augmentation.shiftMilliseconds)
    add("speed", augmentation.speed)
    add("pitch", augmentation.pitchSemitones)
    if let vocalTract = augmentation.vocalTract { add("vocal-tract", vocalTract) }
    add("room", augmentation.roomProbability)
    add("room-ms", augmentation.reverberationMilliseconds)
    add("telephone", augmentation.telephoneProbability)
    add("gain", augmentation.gainDecibels)
    // UTF-8 as it is, so that the file can be given back.
    let noise = noiseFolder.map { String(validating: $0, as: UTF8.self) ?? $0.displayName }
    add("noise-folder", text: noise)
    add("noise", augmentation.noiseProbability)
    add("snr-min", augmentation.minimumSNR)
    add("snr-max", augmentation.maximumSNR)
    add("masks", augmentation.masks)
    // A model that was started from brings its features along.
    if start != nil { return entries }
    add("preset", text: preset.rawValue)
    add("rate", frontEnd.sampleRate)
    let whole = String(decoding: try! jsonEncoder().encode(frontEnd), as: UTF8.self)
    entries.append(("front-end", whole))
    return entries
  }
}
