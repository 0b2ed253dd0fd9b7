import Glibc
import Synchronization
import SystemPackage
import TestSupport

@testable import Training

/// A training of a tiny network on tones, over in a second or two.
struct TrainingFixture {
  let folder = TemporaryFolder()
  var options: TrainingOptions

  init(words: Int = 2, clips: Int = 16, seconds: Double = 0.25, reversed: Bool = false) {
    options = Self.options
    ToneDataset.write(
      to: data, words: words, clips: clips, seconds: seconds, reversed: reversed)
    ToneDataset.writeLists(to: data, words: words, clips: clips)
  }

  var data: FilePath { folder["tones"] }

  /// Takes the lists away, so that nothing says which clips validate and test.
  func dropLists() {
    for name in ["validation_list.txt", "testing_list.txt"] {
      _ = data.appending(name).withPlatformString { unlink($0) }
    }
  }

  /// Small numbers everywhere: 16 features, 8 hidden units, a few epochs.
  static var options: TrainingOptions {
    var options = TrainingOptions(threads: 2)
    (options.layers, options.hidden, options.epochs, options.batch) = (1, 6, 3, 4)
    (options.learningRate, options.averageDecay, options.patience) = (0.02, 0.9, 0)
    options.adjustFrontEnd = { options in
      (options.melBands, options.coefficients, options.deltaOrder) = (16, 8, 0)
      // Of a steady tone, its own mean would leave nothing.
      options.subtractsClipMean = false
    }
    return options
  }

  /// Trains into `name`.
  func run(
    _ name: String = "run", isCancelled: @Sendable () -> Bool = { false },
    report: @Sendable (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> Training.Outcome {
    try Training(root: data, options: options).run(
      into: folder[name], isCancelled: isCancelled, report: report)
  }

  /// The error that a training into `name` ends with, or nil.
  func failure(_ name: String = "run") -> TrainingError? {
    do {
      _ = try run(name)
      return nil
    } catch { return error }
  }

  /// The error that a resumed training ends with, or nil.
  func resumeFailure(_ name: String) -> TrainingError? {
    do {
      _ = try Training.resume(RunFolder(existing: folder[name]), threads: 1) { _ in }
      return nil
    } catch { return error }
  }

  /// The bytes of a run's model.
  func model(_ name: String = "run") -> [UInt8]? {
    TemporaryFolder.read(folder[name].appending("model.safetensors"))
  }

  /// Trains until `steps` updates are done, then cancels.
  func interrupted(_ name: String, afterSteps steps: Int) throws {
    let done = Atomic(0)
    do {
      _ = try run(name, isCancelled: { done.load(ordering: .relaxed) >= steps }) { event in
        if case .step = event { done.wrappingAdd(1, ordering: .relaxed) }
      }
    } catch {
      guard case .interrupted = error else { throw error }
      return
    }
    throw FixtureError.notInterrupted
  }

  enum FixtureError: Error { case notInterrupted }
}
