import Benchmark
import KeywordSpotting
import Workloads

/// From a file to features: the front end, decoding, and both.
func soundSuite() -> BenchmarkSuite {
  BenchmarkSuite(name: "sound") { suite in
    let decoder = AudioDecoder(sampleRate: Workload.sampleRate)
    let frontEnd = try! FrontEnd(Workload.frontEnd)
    let second = Workload.noiseClips(1)[0]

    suite.benchmark("MFCC-40 of 1 s from memory") {
      use(try frontEnd.features(of: second))
    }
    suite.benchmark("decode one FLAC clip") {
      use(try decoder.decode(shippedClip))
    }
    suite.benchmark("decode one FLAC clip, MFCC-40") {
      use(try frontEnd.features(of: decoder.decode(shippedClip).samples))
    }
  }
}
