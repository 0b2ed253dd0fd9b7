import ArgumentParser
import KeywordSpotting
import SystemPackage

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two models on the same clips.",
    discussion: """
      The difference is B's accuracy less A's, with an interval by bootstrap over speakers where at \
      least ten are known, and McNemar's exact test. The words are those of model A.
      """)

  @Argument(help: "Model A: a model file or run folder.") var first: String
  @Argument(help: "Model B.") var second: String
  @Argument(help: "Folder with a folder per word, or a manifest.") var dataset: String
  @Option(help: "Part to measure: training, validation, testing or all.")
  var split: EvaluationPart?
  @Option(help: "Threads (default: one a core).") var threads: Int?
  @Flag(help: "The comparison as JSON.") var json = false
  @Flag(help: "No progress on standard error.") var quiet = false

  func run() throws {
    let paths = [first, second].map { ModelChoice.file(RawArguments.path($0)) }
    let models = try paths.map { try KeywordModel(contentsOf: $0) }
    guard Set(models[0].keywords) == Set(models[1].keywords) else {
      throw Failure.Usage(
        "the models know different words: \(models[0].keywords.joined(separator: ", ")) and "
          + models[1].keywords.joined(separator: ", "))
    }
    var options = models[0].record.options
    options.purpose = .evaluation
    options.words = models[0].keywords
    let scanned = try Dataset.scan(RawArguments.path(dataset), options: options)
    let part = try EvaluationPlan(scanned, for: models[0], part: split).part
    var answers: [[Prediction]] = [[], []]
    for (index, model) in models.enumerated() {
      let plan = try EvaluationPlan(scanned, for: model, part: part)
      let classifier = Classifier(
        model, threads: threads ?? Machine.cores, workers: Isolation.workers())
      _ = try BatchEvaluation(classifier, plan).run(
        progress: { done in
          if !quiet { ProgressBar.show("evaluating", done: done, total: plan.recordings.count) }
        }, each: { answers[index].append($0) })
      ProgressBar.clear()
    }
    var generator = SeededGenerator(seed: 0)
    var comparison = try PairedComparison.make(answers[0], answers[1], using: &generator)
    comparison.names = paths.map { "\($0)" }
    try StandardOutput.write(json ? comparison.json : comparison.text)
  }
}
