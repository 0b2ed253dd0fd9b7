import Testing

@testable import Neural
@testable import Recognition

/// Posteriors for other shares of the classes than those of training.
@Suite struct ClassPriorTests {
  private let labels = ["yes", "no", "_unknown_"]
  private let trained = ["yes": 0.1, "no": 0.3, "_unknown_": 0.6]

  private func decision(_ target: PriorTarget) -> Decision {
    var decision = Decision()
    decision.prior = ClassPrior(trained: trained, target: target)
    return decision
  }

  private func posteriors(_ logits: [Float], _ target: PriorTarget) -> [Float] {
    PosteriorScale(decision(target), labels: labels).posteriors(logits)
  }

  /// Bayes' rule: each posterior is multiplied by the ratio of the shares, and all are normalised.
  @Test func posteriorsFollowBayesRule() {
    let logits: [Float] = [0.3, -1, 1.2]
    let before = softmax(logits)
    for (target, shares) in [
      (PriorTarget.equal, [1.0 / 3, 1.0 / 3, 1.0 / 3]),
      (.shares(["_unknown_": 0.8]), [0.1, 0.1, 0.8]),
      (.shares(["yes": 2, "no": 1, "_unknown_": 1].mapValues { $0 / 8 }), [0.5, 0.25, 0.25]),
    ] {
      let products = zip(zip(before, shares), labels).map { Double($0.0) * $0.1 / trained[$1]! }
      let expected = products.map { $0 / products.reduce(0, +) }
      for (found, expected) in zip(posteriors(logits, target), expected) {
        #expect(abs(Double(found) - expected) < 1e-6)
      }
    }
    #expect(posteriors(logits, .trained) == before)
    #expect(PosteriorScale(Decision(), labels: labels).posteriors(logits) == before)
  }

  /// The temperature belongs to the network, the shares to the task.
  @Test func theTemperatureComesFirst() {
    var cold = decision(.equal)
    cold.temperature = 0.5
    let logits: [Float] = [0.3, -1, 1.2]
    #expect(
      PosteriorScale(cold, labels: labels).posteriors(logits)
        == posteriors(logits.map { $0 * 2 }, .equal))
  }

  @Test(arguments: [
    ("equal", PriorTarget.equal), ("trained", .trained), ("yes=0.2", .shares(["yes": 0.2])),
    ("_unknown_=0.9,a=b=0.05", .shares(["_unknown_": 0.9, "a=b": 0.05])),
  ]) func targetsAreReadFromText(_ text: String, _ target: PriorTarget) {
    #expect(PriorTarget(text) == target)
    #expect(PriorTarget(target.description) == target)
  }

  @Test(arguments: ["", "even", "yes", "=0.2", "yes=", "yes=x", "yes=0.1,", "yes=0.1,yes=0.2"])
  func otherTextsAreNoTargets(_ text: String) { #expect(PriorTarget(text) == nil) }

  @Test(arguments: [
    ("maybe=0.2", "'maybe' is no class"), ("yes=0", "must lie within"),
    ("yes=1", "must lie within"),
    ("yes=nan", "must lie within"), ("yes=-0.5", "must lie within"),
    ("yes=0.6,no=0.5", "leave nothing for the other classes"),
  ]) func sharesThatDoNotFitAreNamed(_ text: String, _ words: String) throws {
    let target = try #require(PriorTarget(text))
    let problem = ClassPrior(trained: trained, target: .equal).problem(target, labels)
    #expect(problem?.contains(words) == true, "\(problem ?? "none")")
  }

  @Test func aModelThatDoesNotKnowItsSharesKeepsThem() {
    #expect(ClassPrior().problem(labels) == nil)
    #expect(ClassPrior().problem(.equal, labels)?.contains("does not know") == true)
    #expect(ClassPrior(trained: ["yes": 1], target: .equal).problem(labels) != nil)
    var none = trained
    none["no"] = 0
    #expect(ClassPrior(trained: none, target: .equal).problem(labels) != nil)
  }

  @Test func modelsKeepTheirPrior() throws {
    var model = ModelFixture.model(labels: labels)
    for target in [PriorTarget.equal, .trained, .shares(["no": 0.25])] {
      model.decision.prior = ClassPrior(trained: trained, target: target)
      model.rule.prior = target == .trained ? nil : .trained
      let read = try KeywordModel(decoding: model.encoded(), from: "m")
      #expect(read.decision == model.decision && read.rule == model.rule)
      #expect(read.encoded() == model.encoded())
    }
    #expect(
      model.infoText.contains("prior: no=0.25 (in training _unknown_ 60.0%, no 30.0%, yes 10.0%)"))
    model.decision.prior.target = .shares(["no": 2])
    #expect(throws: ModelError.self) { try KeywordModel(decoding: model.encoded(), from: "m") }
  }

  /// Events are those of posteriors at the rule's own shares, whatever the answers' are.
  @Test func theRuleHasItsOwnPrior() {
    let logits: [[Float]] = [[0, 0, 0], [1.5, 0, 1], [2.5, 0, 1.2], [1, 0, 2], [0, 0.5, 1]]
    var rule = ListeningRule()
    rule.smoothing = 2
    rule.conditions.threshold = 0.3
    func events(_ answers: PriorTarget, rule prior: PriorTarget?) -> [Event] {
      var rule = rule
      rule.prior = prior
      var detector = EventDetector(rule, decision(answers), labels: labels)
      let found = logits.enumerated().flatMap { index, logits in
        let start = Double(index) * 0.25
        return detector.push(posteriors(logits, answers), start...start + 1)
      }
      return (found + detector.finish()).compactMap(\.event)
    }
    let (plain, own) = (events(.trained, rule: nil), events(.equal, rule: .trained))
    #expect(plain.count == 1 && own.count == 1)
    #expect(own.map(\.decided) == plain.map(\.decided))
    #expect(abs(own[0].probability - plain[0].probability) < 1e-6)
    // At equal shares the same sound fires earlier and more surely.
    let equal = events(.equal, rule: nil)
    #expect(equal[0].probability > plain[0].probability + 0.1)
  }

  /// Thresholds that were chosen for the answers hold for their prior.
  @Test func thresholdsOfTheDecisionComeWithItsPrior() {
    var rule = ListeningRule()
    rule.prior = .trained
    rule.takeThresholdsOfDecision()
    #expect(rule.prior == nil)
  }
}
