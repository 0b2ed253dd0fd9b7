import Testing

@testable import Basics
@testable import Recognition
@testable import Sound
@testable import Training

/// The table of options: what a person writes comes to the recipe, and from there to `config.json`.
@Suite struct TrainingOptionTests {
  /// A value for each option that is not its default, and what `config.json` makes of it.
  private static let samples: [(name: String, text: String, json: String?)] = [
    ("words", "a, b", "\"a,b\""), ("epochs", "7", "7"), ("effort", "high", nil),
    ("seed", "18446744073709551615", "\"18446744073709551615\""), ("strict", "true", nil),
    ("allow-bad", "true", nil), ("speaker-pattern", "^(.)", "\"^(.)\""),
    ("validation-percent", "20", "20.0"), ("testing-percent", "30", "30.0"),
    ("folds", "7", "\"7\""), ("allow-outside", "true", "true"), ("channel", "2", "2"),
    ("max-clip-seconds", "2.5", "2.5"),
    ("unknown-share", "0.3", "0.3"), ("splices", "0.25", "0.25"), ("silence-share", "0.2", "0.2"),
    ("balance", "true", "true"), ("layers", "3", "3"), ("hidden", "9", "9"),
    ("pooling", "mean", "\"mean\""), ("dropout", "0.1", "0.1"), ("optimizer", "sgd", "\"sgd\""),
    ("batch", "8", "8"), ("learning-rate", "0.5", "0.5"), ("momentum", "0.8", "0.8"),
    ("warm-up", "0.5", "0.5"), ("schedule", "step", "\"step\""), ("weight-decay", "0.05", "0.05"),
    ("clip", "1.5", "1.5"), ("patience", "4", "4"), ("label-smoothing", "0.2", "0.2"),
    ("average", "0.9", "0.9"), ("shift", "50", "50.0"), ("speed", "0.1", "0.1"),
    ("pitch", "2", "2.0"), ("vocal-tract", "0.1", "0.1"), ("room", "0.3", "0.3"),
    ("room-ms", "500", "500.0"), ("telephone", "0.4", "0.4"), ("gain", "3", "3.0"),
    ("noise-folder", "noise", "\"noise\""), ("noise", "0.7", "0.7"), ("snr-min", "-7", "-7.0"),
    ("snr-max", "30", "30.0"), ("masks", "1", "1"), ("augment", "false", nil),
    ("preset", "kaldi", "\"kaldi\""), ("rate", "8000", "8000"), ("window-ms", "25", nil),
    ("hop-ms", "10", nil), ("mel-bands", "30", nil), ("coefficients", "12", nil),
    ("deltas", "1", nil), ("clip-mean", "false", nil), ("level", "-26", nil),
    ("front-end", "{\"preEmphasis\":0.97}", nil),
  ]

  private func recipe(_ options: TrainingOptions, clips: Int = 500) -> TrainingRecipe {
    TrainingRecipe(
      options,
      for: TrainingDataSize(
        keywordClips: clips, hasUnknown: clips < 1_000, usualSeconds: 0.93,
        sampleRate: options.sampleRate ?? 16_000))
  }

  private func options(_ values: [(name: String, text: String)]) throws -> TrainingOptions {
    var options = TrainingOptions(threads: 1)
    for (name, text) in values {
      try #require(TrainingOption.named(name)).set(OptionText(text), in: &options)
    }
    return options
  }

  private func config(_ options: TrainingOptions) throws -> JSONValue {
    try JSONValue(parsing: Array(recipe(options).configText.utf8)[...])
  }

  @Test func everyNameStandsOnceAndHasASample() {
    let names = TrainingOption.all.map(\.name)
    #expect(Set(names).count == names.count)
    // The two that a model to start from needs.
    #expect(Set(names) == Set(Self.samples.map(\.name) + ["from", "freeze"]))
    #expect(TrainingOption.named("nonsense") == nil)
  }

  @Test(arguments: samples) func aChoiceComesToTheConfig(
    name: String, text: String, json: String?
  ) throws {
    let chosen = try options([(name, text)])
    let recipe = recipe(chosen)
    #expect(recipe.problem == nil)
    let option = try #require(TrainingOption.named(name))
    if let json {
      #expect(option.json(of: recipe) == json)
      #expect(option.json(of: self.recipe(TrainingOptions(threads: 1))) != json)
    } else if name != "strict" && name != "allow-bad" {
      // It shows in another option.
      #expect(recipe != self.recipe(TrainingOptions(threads: 1)))
    }
    #expect(name != "strict" || chosen.isStrict)
    #expect(name != "allow-bad" || chosen.allowsBad)
  }

  /// What `config.json` says, given back, is the same recipe, whatever the data then are.
  @Test func aConfigGivenBackIsTheSameRecipe() throws {
    // Folds leave no part for the shares to fill.
    let shared = try options(
      Self.samples.filter { !["augment", "folds"].contains($0.name) }.map { ($0.name, $0.text) })
    let folded = try options([("folds", "7")])
    for options in [shared, folded, TrainingOptions(threads: 1)] {
      let recipe = recipe(options)
      guard case .object(let members) = try config(options) else { return }
      var again = TrainingOptions(threads: 1)
      // In the order of the table, as the command line takes them.
      for option in TrainingOption.all {
        guard let value = members.first(where: { $0.key == option.name })?.value else { continue }
        let text = if case .string(let text) = value { text } else { value.text }
        try option.set(OptionText(text), in: &again)
      }
      #expect(self.recipe(again, clips: 90_000) == recipe)
    }
  }

  @Test(arguments: [
    ("hidden", "many", "1 to 4,096"), ("hidden", "4097", "1 to 4,096"), ("hidden", "4.5", "1 to"),
    ("seed", "-1", "a whole number of 0 or more"),
    ("learning-rate", "0", "above 0 and at most 100"),
    ("average", "1", "0 or more and below 1"), ("clip", "inf", "0 or more"),
    ("unknown-share", "nan", "0 to 100"), ("pooling", "max", "one of last, mean, attention"),
    ("snr-min", "-31", "-30 to 100 dB"), ("balance", "yes", "true or false"),
    ("max-clip-seconds", "61", "above 0 and at most 60 s"), ("rate", "5", "1,000 to 768,000 Hz"),
  ])
  func aWrongValueIsRefusedWithWhatWouldDo(name: String, text: String, rule: String) throws {
    do {
      _ = try options([(name, text)])
      Issue.record("took \(text)")
    } catch OptionError.value(let option, let value, let mustBe) {
      #expect(option == name && value == text && mustBe.hasPrefix(rule), "\(mustBe)")
    }
  }

  @Test func theFrontEndRefusesWhatItDoesNotHave() throws {
    for text in ["x", "{\"nonsense\":1}", "{\"melBands\":0}"] {
      #expect(throws: OptionError.self) { try options([("front-end", text)]) }
    }
    #expect(
      throws: OptionError.ownOption("rate", part: "the sample rate", of: "front-end")
    ) { try options([("front-end", "{\"sampleRate\":5}")]) }
    _ = try options([("rate", "8000"), ("front-end", "{\"sampleRate\":8000}")])
  }

  /// What a help text says of the defaults is what they are.
  @Test func theHelpKnowsTheDefaults() throws {
    let recipe = recipe(TrainingOptions(threads: 1))
    var count = 0
    for option in TrainingOption.all {
      guard let stated = option.help.split(separator: "default: ").last?.dropLast(),
        !stated.contains(where: { ";,".contains($0) }), Double(stated) != nil,
        let json = option.json(of: recipe)
      else { continue }
      #expect(Double(stated) == Double(json), "\(option.name): \(option.help)")
      count += 1
    }
    #expect(count > 19)
  }

  /// A model that a training starts from decides its part, and `config.json` leaves that out.
  @Test func theModelToStartFromDecidesItsPart() throws {
    var chosen = TrainingOptions(threads: 1)
    chosen.start = StartingModel(try .builtIn(), name: BuiltInModel.commands.rawValue)
    try #require(TrainingOption.named("freeze")).set(OptionText("1"), in: &chosen)
    let recipe = recipe(chosen)
    let model = try KeywordModel.builtIn()
    #expect(recipe.problem == nil && recipe.start?.frozenLayers == 1)
    #expect(recipe.frontEnd == model.frontEnd)
    // The step belongs to the model's rule for listening, which a training does not take over.
    var window = model.window
    window.hopSeconds = 0.25
    #expect(recipe.window == window && model.window != window)
    #expect(recipe.hidden == model.network.shape.hidden && recipe.dropout == 0.35)
    let config = try config(chosen)
    #expect(config["from"] == .string("built-in") && config["freeze"] == .number(1))
    for option in TrainingOption.all where option.isOfModel { #expect(config[option.name] == nil) }
    #expect(TrainingOption.all.count(where: \.isOfModel) == 13)
  }

  @Test func aSentenceSpellsItsOptions() {
    let error = OptionError.value(option: "hidden", value: "0", mustBe: "1 to 4,096")
    #expect(error.text { "--" + $0 } == "--hidden must be 1 to 4,096, not 0")
    #expect("\(error)" == "hidden must be 1 to 4,096, not 0")
    let long = OptionError.unfit(
      option: "front-end", value: String(repeating: "x", count: 99), problem: "no")
    #expect("\(long)".count < 60)
  }
}
