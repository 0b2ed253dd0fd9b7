// The single-thread rows by the processor's clock, which other programs disturb least, for
// peers/compare.py: one JSON object a line.
//
//   ProcessorTime SECONDS WAV...
import Glibc
import KeywordSpotting
import SystemPackage
import Workloads

let arguments = CommandLine.arguments.dropFirst()
guard let seconds = arguments.first.flatMap(Double.init), arguments.count > 1 else {
  _ = try? FileDescriptor.standardError.writeAll("usage: ProcessorTime SECONDS WAV...\n".utf8)
  exit(64)
}
let files = arguments.dropFirst().map { FilePath($0) }

let frontEnd = try FrontEnd(Workload.frontEnd)
let clips = Workload.noiseClips(100)
report("mfcc", calls: clips.count) {
  for clip in clips { use(try! frontEnd.features(of: clip)) }
}

let decoder = AudioDecoder(sampleRate: Workload.sampleRate)
report("mfcc-wav", calls: files.count) {
  for file in files { use(try! frontEnd.features(of: decoder.decode(file).samples)) }
}

for (layers, batch) in [(1, 1), (2, 1), (1, 64)] {
  let work = Workload.Step(layers: layers, hidden: 128, batch: batch)
  let inference = Inference(work.network, threads: 1)
  report("infer-\(layers)-\(batch)", calls: 1) { use(inference.logits(work.sequences)) }
}

for (hidden, batch) in Workload.trainingSteps {
  let work = Workload.Step(hidden: hidden, batch: batch)
  let learner = Learner<Float>(shape: work.network.shape, threads: 1)
  var network = work.network
  var optimizer = OptimizerOptions().optimizer(for: network.layout, of: Float.self)
  report("train1-\(hidden)-\(batch)", calls: 1) {
    let result = learner.gradients(network, work.sequences, targets: work.targets)
    optimizer.update(&network.parameters, gradients: result.gradients, learningRate: 1e-3)
  }
}

/// Prints the median and the shortest processor time of `calls` calls that `work` makes.
func report(_ name: String, calls: Int, _ work: () -> Void) {
  work()
  var times: [Double] = []
  let end = now(CLOCK_MONOTONIC) + seconds
  repeat {
    let start = now(CLOCK_PROCESS_CPUTIME_ID)
    work()
    times.append((now(CLOCK_PROCESS_CPUTIME_ID) - start) * 1000 / Double(calls))
  } while now(CLOCK_MONOTONIC) < end || times.count < 3
  times.sort()
  print(
    "{\"row\": \"\(name)\", \"median\": \(times[times.count / 2]), \"best\": \(times[0])}")
}

/// The clock's time in seconds.
func now(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
