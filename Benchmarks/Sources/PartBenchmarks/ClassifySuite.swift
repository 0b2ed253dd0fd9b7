import Benchmark
import KeywordSpotting
import Workloads

/// One clip from its file to its word, with the model that ships.
func classifySuite() -> BenchmarkSuite {
  BenchmarkSuite(name: "classify") { suite in
    let classifier = Classifier(try! KeywordModel.builtIn(), threads: 1)
    suite.benchmark("one FLAC clip to its word, 1 thread") {
      use(classifier.classify([.file(shippedClip)]))
    }
  }
}
