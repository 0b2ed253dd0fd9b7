#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Recognition
import Sound

/// The lines of the table whose values are of no simple type.
extension TrainingOption {
  /// The model to start from, by its name; who reads models sets `TrainingOptions.start`.
  static let from = TrainingOption(
    "from", valueName: "model",
    help:
      "Start from a model file, a run folder, built-in, or built-in-words, which knows 30 English "
      + "words; none starts anew. (default: built-in-words for few clips of under 100 speakers)",
    Places<String>(choose: { _, _ in }, result: { $0.start?.name }))

  /// A share of the speakers that is held out; who names it wants held-out parts, so `config.json`
  /// has it where there are no folds.
  static func heldOut(
    _ name: String, _ share: WritableKeyPath<DatasetOptions, Double> & Sendable, _ help: String
  ) -> TrainingOption {
    TrainingOption(
      name, in: .from(0, to: 100), help: help,
      Places(
        choice: { $0.dataset[keyPath: share] },
        choose: { options, percent in
          options.dataset[keyPath: share] = percent
          if options.folds == .bySize { options.folds = .off }
        },
        result: { $0.folds ?? .off == .off ? $0.dataset[keyPath: share] : nil },
        defaultText: DatasetOptions()[keyPath: share].optionText))
  }

  /// Any numbers of the front end, as a JSON object; `config.json` has all of them.
  static let frontEnd = TrainingOption(
    "front-end", valueName: "json",
    help: "Any number of the front end, such as '{\"preEmphasis\":0.97,\"window\":\"hamming\"}'; "
      + "config.json names them all.",
    Places<FrontEndJSON>(
      choose: { options, changes throws(OptionError) in
        // Tried once with a rate that the clips may not have, so that a mistake is told at once.
        var trial = FrontEndOptions(
          preset: options.preset, sampleRate: options.sampleRate ?? 16_000)
        do throws(FrontEndOptions.ChangeError) {
          try trial.change(json: changes.optionText)
        } catch {
          if case .sampleRate = error {
            throw .ownOption("rate", part: "the sample rate", of: "front-end")
          }
          throw .unfit(option: "front-end", value: changes.optionText, problem: "\(error)")
        }
        options.addChange { try? $0.change(json: changes.optionText) }
      },
      result: { FrontEndJSON($0.frontEnd) })
  ).ofModel
}

/// Numbers of a front end as JSON text.
struct FrontEndJSON: OptionValue {
  let optionText: String
  var json: String { optionText }
  static var kind: String { "a JSON object" }

  init(option: OptionText) { optionText = option.text }

  /// Every number of a front end.
  init(_ options: FrontEndOptions) {
    optionText = String(decoding: try! jsonEncoder().encode(options), as: UTF8.self)
  }
}
