import Basics
import Neural
import Recognition
import Statistics
import SystemPackage

/// The epochs of one training: batches, updates, validation, checkpoints.
package struct TrainingLoop {
  /// Time between two checkpoints, in seconds.
  private static let checkpointInterval = 60.0

  /// Norms of dL/dh over time are measured at every step that is a multiple of this.
  private static let timeGradientInterval = 16

  private let data: PreparedData
  private let folder: RunFolder
  private let threads: Int
  /// The prior at which the epochs are compared.
  private let prior: ClassPrior
  private let learner: Learner<Float>
  private let teachers: TeacherPanel?
  private var network: Network<Float>
  private var average: MovingAverage<Float>
  private var optimizer: any Optimizer<Float>
  private var progress: Checkpoint.Progress
  private var best: [Float]
  private var lastCheckpoint = ContinuousClock.now

  /// The results of the epochs.
  package struct Result {
    /// Weights of the best epoch.
    var best: [Float]
    var bestEpoch: Int
    /// Weights after the last epoch.
    var last: [Float]
    var epochs: Int
    /// Accuracy on the validation part at the best epoch; nil without a validation part.
    var validation: Estimate?
  }

  /// Starts from `start` or from random weights, or continues from `checkpoint`.
  ///
  /// `testHash` is a hash of the test clips, which are measured at the end.
  package init(
    _ data: PreparedData, start: StartingModel? = nil, teachers: Teachers? = nil,
    resuming checkpoint: Checkpoint? = nil, testHash: UInt64? = nil, folder: RunFolder, threads: Int
  ) {
    self.data = data
    self.folder = folder
    self.threads = threads
    prior = data.prior
    self.teachers = teachers.map {
      TeacherPanel($0, labels: data.labels, normalization: data.normalization, threads: threads)
    }
    let shape = data.shape
    let recipe = data.recipe
    learner = Learner(
      shape: shape, threads: threads, frozenLayers: recipe.start?.frozenLayers ?? 0)
    if let checkpoint {
      network = Network(shape: shape, parameters: checkpoint.parameters)
      average = MovingAverage(
        decay: recipe.averageDecay, parameters: checkpoint.average,
        count: checkpoint.progress.updates)
      optimizer = recipe.optimizer.optimizer(
        for: network.layout, frozenLayers: learner.frozenLayers)
      optimizer.state = OptimizerState(
        stepCount: checkpoint.progress.updates, slots: checkpoint.moments)
      progress = checkpoint.progress
      best = checkpoint.best
    } else {
      var generator = data.streams.weights
      let drawn = Network<Float>(shape: shape, using: &generator)
      network = start?.adopted(by: drawn, labels: data.labels) ?? drawn
      average = MovingAverage(decay: recipe.averageDecay, parameters: network.parameters)
      optimizer = recipe.optimizer.optimizer(
        for: network.layout, frozenLayers: learner.frozenLayers)
      progress = Checkpoint.Progress(
        plateau: recipe.plateau, contentHash: data.contentHash, testHash: testHash)
      best = []
    }
  }

  package mutating func run(
    isCancelled: () -> Bool, report: (TrainingEvent) -> Void
  ) throws(TrainingError) -> Result {
    while progress.epoch <= data.recipe.epochs, !isPatienceOver {
      try runEpoch(isCancelled: isCancelled, report: report)
      let isBest = try endEpoch(isCancelled: isCancelled)
      report(.epoch(progress.rows.last!, isBest: isBest, epochs: data.recipe.epochs))
    }
    let validation: Estimate? = progress.best.flatMap { best in
      data.validation.isEmpty
        ? nil : Estimate.accuracy(correct: best.correct, of: data.validation.targets.count)
    }
    return Result(
      best: best, bestEpoch: progress.best?.epoch ?? progress.epoch - 1, last: average.parameters,
      epochs: progress.epoch - 1, validation: validation)
  }

  private var isPatienceOver: Bool {
    data.recipe.patience > 0 && !data.validation.isEmpty
      && progress.epochsWithoutGain >= data.recipe.patience
  }

  /// Runs the rest of the current epoch.
  private mutating func runEpoch(
    isCancelled: () -> Bool, report: (TrainingEvent) -> Void
  ) throws(TrainingError) {
    let recipe = data.recipe
    let epoch = progress.epoch
    var generator = data.streams.plan(epoch: epoch)
    let plan = EpochPlan(data.classes, recipe: recipe, using: &generator)
    let steps = (plan.items.count + recipe.batch - 1) / recipe.batch
    guard progress.step < steps else { return }
    let maker = data.batchMaker(threads: threads)
    func pending(_ step: Int) -> Pending<BatchMaker.Batch, FileError> {
      Pending { () throws(FileError) in
        try maker.batch(plan.batch(step, size: recipe.batch), epoch: epoch)
      }
    }
    // While one batch is trained on, the next one is made on other threads.
    var next = pending(progress.step)
    while progress.step < steps {
      let start = ContinuousClock.now
      let batch: BatchMaker.Batch
      do { batch = try next.wait() } catch { throw .file(error) }
      let following = progress.step + 1
      if following < steps {
        next = pending(following)
      }
      try update(batch, of: steps)
      progress.step += 1
      progress.sums.seconds += (ContinuousClock.now - start).seconds
      report(
        .step(
          epoch: epoch, step: progress.step, steps: steps,
          loss: progress.sums.loss / Double(progress.sums.steps)))
      if isCancelled() {
        try writeCheckpoint()
        throw .interrupted(folder.path)
      }
      if (ContinuousClock.now - lastCheckpoint).seconds > Self.checkpointInterval {
        try writeCheckpoint()
      }
    }
  }

  /// One update: forward and backward pass, clipping, optimizer step and average.
  private mutating func update(_ batch: BatchMaker.Batch, of steps: Int) throws(TrainingError) {
    let recipe = data.recipe
    let result = learner.gradients(
      network, batch.sequences, targets: batch.targets,
      loss: LossOptions(
        labelSmoothing: recipe.labelSmoothing, classWeights: data.classWeights),
      teachers: teachers?.targets(batch.sequences),
      dropout: Dropout(
        rate: recipe.dropout, seed: data.streams.dropoutSeed(update: progress.updates)),
      wantsTimeGradients: progress.step % Self.timeGradientInterval == 0)
    var gradients = result.gradients
    let norms = GradientNorms(gradients, network.layout)
    guard result.loss.isFinite, norms.total.isFinite else {
      throw notFinite(loss: result.loss, norms.total)
    }
    progress.sums.add(result, targets: batch.targets, norms: norms)
    if recipe.clipNorm > 0, norms.clip(&gradients, to: recipe.clipNorm) {
      progress.sums.clippedSteps += 1
    }
    let schedule = recipe.learningRateSchedule(stepsPerEpoch: steps)
    progress.sums.learningRate =
      recipe.learningRate * schedule.factor(at: progress.updates) * progress.plateau.factor
    optimizer.update(
      &network.parameters, gradients: gradients, learningRate: progress.sums.learningRate)
    // Weights above the limit of the model file would soon cause overflow.
    guard network.parameters.allSatisfy({ abs($0) <= ParameterLayout.largest }) else {
      throw notFinite(loss: result.loss, norms.total)
    }
    progress.updates += 1
    average.update(network.parameters)
  }

  /// The error that ends the training at this step.
  ///
  /// Nothing is written: the checkpoint on the disk is an earlier one, with finite numbers.
  private func notFinite(loss: Double, _ norm: Double) -> TrainingError {
    .notFinite(
      .init(
        epoch: progress.epoch, step: progress.step + 1, loss: loss, gradientNorm: norm,
        usualNorm: progress.sums.gradientNorm / Double(max(1, progress.sums.steps)),
        folder: folder.path))
  }

  /// Validates, writes the metrics row, keeps the best weights; returns whether this epoch is the
  /// best.
  private mutating func endEpoch(isCancelled: () -> Bool) throws(TrainingError) -> Bool {
    let start = ContinuousClock.now
    var candidate = network
    candidate.parameters = average.parameters
    let measured: (loss: Double, correct: Int)?
    do {
      let logits = try data.validation.logits(
        candidate, prior: prior, threads: threads, isCancelled: isCancelled)
      measured = logits.map { ($0.leastLoss, $0.correct) }
    } catch { throw .file(error) }
    if isCancelled() {
      try writeCheckpoint()
      throw .interrupted(folder.path)
    }
    progress.sums.seconds += (ContinuousClock.now - start).seconds
    let isBest = takeIfBest(measured, candidate.parameters)
    progress.rows.append(row(measured))
    if let measured, data.recipe.schedule == .plateau { progress.plateau.report(measured.loss) }
    progress.epoch += 1
    progress.step = 0
    progress.sums = EpochSums()
    do {
      try AtomicFile.write(EpochMetrics.csv(progress.rows), to: folder.metrics)
      try AtomicFile.write(
        TrainingPlot.svg(progress.rows, chosen: progress.best?.epoch), to: folder.plot)
    } catch { throw .file(error) }
    try writeCheckpoint()
    return isBest
  }

  /// Keeps the weights if they are better than those of all earlier epochs; without a validation
  /// part the last epoch is kept.
  private mutating func takeIfBest(
    _ measured: (loss: Double, correct: Int)?, _ parameters: [Float]
  ) -> Bool {
    let fresh = Checkpoint.Best(
      epoch: progress.epoch, correct: measured?.correct ?? 0, loss: measured?.loss ?? 0)
    let isBest = progress.best.map { measured == nil || fresh.isBetter(than: $0) } ?? true
    guard isBest else {
      progress.epochsWithoutGain += 1
      return false
    }
    progress.best = fresh
    progress.epochsWithoutGain = 0
    best = parameters
    return true
  }

  private func row(_ measured: (loss: Double, correct: Int)?) -> EpochMetrics {
    EpochMetrics(
      epoch: progress.epoch, sums: progress.sums, network: network,
      frozenLayers: learner.frozenLayers, validationLoss: measured?.loss,
      validationAccuracy: measured.map {
        Double($0.correct) / Double(data.validation.targets.count)
      })
  }

  /// Writes a checkpoint of the current state.
  mutating func writeCheckpoint() throws(TrainingError) {
    let checkpoint = Checkpoint(
      root: data.root, recipe: data.recipe, inherited: data.inherited, progress: progress,
      parameters: network.parameters,
      average: average.parameters, moments: optimizer.state.slots, best: best)
    do { try checkpoint.write(to: folder.checkpoint) } catch { throw .file(error) }
    lastCheckpoint = .now
  }
}
