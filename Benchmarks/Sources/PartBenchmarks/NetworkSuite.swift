import Benchmark
import KeywordSpotting
import Workloads

/// Training steps on all cores, and inference on one.
func networkSuite() -> BenchmarkSuite {
  BenchmarkSuite(name: "network") { suite in
    for (hidden, batch) in Workload.trainingSteps {
      addTrainingStep(to: suite, hidden: hidden, batch: batch)
    }
    for batch in [1, 64] {
      let work = Workload.Step(hidden: 128, batch: batch)
      let inference = Inference(work.network, threads: 1)
      suite.benchmark("inference 1 x 128, B \(batch), 1 thread") {
        use(inference.logits(work.sequences))
      }
    }
  }
}

/// Forward, loss, backward and Adam step.
private func addTrainingStep(to suite: BenchmarkSuite, hidden: Int, batch: Int) {
  let work = Workload.Step(hidden: hidden, batch: batch)
  let learner = Learner<Float>(shape: work.network.shape, threads: cores())
  var network = work.network
  var optimizer = OptimizerOptions().optimizer(for: network.layout, of: Float.self)
  suite.benchmark("training step 1 x \(hidden), B \(batch), \(cores()) threads") {
    let result = learner.gradients(network, work.sequences, targets: work.targets)
    optimizer.update(&network.parameters, gradients: result.gradients, learningRate: 1e-3)
  }
}
