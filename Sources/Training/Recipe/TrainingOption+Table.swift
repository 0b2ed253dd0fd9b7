import Neural

/// The table of options, in the order in which values are taken and defaults are found.
///
/// A new option is a line here and a property of `TrainingOptions`; one that decides the model is also
/// a property of `TrainingRecipe`, and a step of the checkpoint's format.
extension TrainingOption {
  /// Every option.
  public static let all = essential + run + data + network + optimisation + augmentation + features

  /// The option of a name; nil where there is none.
  public static func named(_ name: String) -> TrainingOption? { all.first { $0.name == name } }

  /// What a newcomer needs.
  public static let essential: [TrainingOption] = [
    .optional(
      "words", \.dataset.words, \.dataset.words,
      "Words to spot, separated by commas; other folders become \"unknown\"."),
    .open(
      "epochs", \.epochs, \.epochs, in: .from(1, to: 100_000),
      default: .by("by the size of the data") { $1.epochs },
      "Passes over the training clips."),
    .init(
      "effort", help: "How long to train: high takes twice the epochs of normal.",
      Places<TrainingEffort>(
        choice: { $0.effort }, choose: { $0.effort = $1 },
        fill: { options, _, recipe in
          if options.epochs == nil { recipe.epochs *= options.effort.epochFactor }
        }, defaultText: TrainingEffort.normal.rawValue)),
    .own(
      "seed", \.seed, \.seed,
      "Seed of everything random; the same seed gives the same model."),
  ]

  /// How bad clips are met; none of it changes the model.
  public static let run: [TrainingOption] = [
    .flag(
      "strict", \.isStrict,
      "A clip that cannot be read, or a test clip that is trained on, ends the training."),
    .flag("allow-bad", \.allowsBad, "Train although more than 1% of the clips cannot be read."),
  ]

  /// Which clips are used, and for what.
  public static let data: [TrainingOption] = [
    .optional(
      "speaker-pattern", \.dataset.speakerPattern, \.dataset.speakerPattern, valueName: "pattern",
      "Regular expression whose first group is the speaker in a file's name."),
    .heldOut(
      "validation-percent", \.validationPercent,
      "Percent of the speakers for validation, where a hash splits."),
    .heldOut(
      "testing-percent", \.testingPercent,
      "Percent of the speakers for testing, where a hash splits."),
    .init(
      "folds", valueName: "auto|none|speaker|n",
      help:
        "Measure by training without each speaker in turn, or in so many folds of speakers; auto "
        + "does so with fewer than 20 speakers, none holds parts out instead.",
      Places(
        choice: { $0.folds }, choose: { $0.folds = $1 }, result: { $0.folds },
        fill: { options, _, recipe in recipe.folds = options.folds },
        defaultText: FoldRule.bySize.optionText)),
    .init(
      "allow-outside", .flag, help: "Let a manifest name files outside its folder.",
      Places<Bool>(
        choose: { $0.dataset.allowOutside = $1 }, result: { $0.dataset.allowOutside })),
    .optional(
      "channel", \.channel, \.channel, in: .atLeast(1),
      defaultText: "that of the model to start from, or the mean of all",
      "Channel to read, from 1."),
    .open(
      "max-clip-seconds", \.maximumClipSeconds, \.window.maximumSeconds, in: .above(0, to: 60, "s"),
      default: .by("by the clips, at most 3") { $1.longestClip },
      "Longest clip read whole, in seconds."),
    .open(
      "unknown-share", \.unknownShare, \.unknownShare, in: .from(0, to: 100),
      default: .by("0.4") { $1.hasUnknown ? 0.4 : 0 },
      "Unknown clips an epoch, as a share of the keyword clips."),
    .open(
      "splices", \.spliceShare, \.spliceShare, in: .from(0, to: 1), default: .always(0.5),
      "Share of the unknown clips that end as another clip does."),
    .open(
      "silence-share", \.silenceShare, \.silenceShare, in: .from(0, to: 100),
      default: .always(0.12), "Silence clips an epoch, as a share of the keyword clips."),
    .open(
      "balance", \.balancesClasses, \.balancesClasses, kind: .toggle,
      default: .by("off") { _, _ in false },
      "Rare classes weigh more."),
  ]

  /// The sizes of the network.
  public static let network: [TrainingOption] = [
    .from,
    .init(
      "freeze", in: .from(0, to: 16),
      help: "LSTM layers of that model that keep their weights.",
      Places(
        choice: { $0.start?.frozenLayers }, choose: { $0.start?.frozenLayers = $1 },
        result: { $0.start?.frozenLayers })),
    .open(
      "layers", \.layers, \.layers, in: .from(1, to: 16), default: .always(2),
      "Bidirectional LSTM layers."
    ).ofModel,
    .open(
      "hidden", \.hidden, \.hidden, in: .from(1, to: 4_096), default: .always(128),
      "Hidden units of each direction."
    ).ofModel,
    .open(
      "pooling", \.pooling, \.pooling, default: .always(.attentionMean),
      "From frames to one vector."
    ).ofModel,
    .open(
      "dropout", \.dropout, \.dropout, in: .from(0, to: Dropout.rates.upperBound),
      default: .by(
        "0.2; with under 100 speakers 0.45, or 0.35 where a model is started from"
      ) { recipe, data in
        // Weights that know many voices have less to fear from few.
        data.isOfFewSpeakers ? (recipe.start == nil ? 0.45 : 0.35) : 0.2
      }, "Share of units dropped in training."),
  ]
}
