import Basics
import Neural
import Recognition
import Sound

extension TrainingRecipe {
  /// Checks that the settings are consistent, and the memory.
  ///
  /// - Parameters:
  ///   - classCount: Number of classes.
  ///   - threads: Number of threads.
  /// - Throws: `TrainingError.option` or `.memory`.
  func check(classCount: Int, threads: Int) throws(TrainingError) {
    if let problem { throw .option(problem) }
    let frontEnd: FrontEnd
    do { frontEnd = try FrontEnd(self.frontEnd) } catch { throw .frontEnd(error) }
    let network = shape(features: frontEnd.featureCount, classCount: classCount)
    if let problem = window.problem(with: frontEnd, network) {
      throw .option(
        .unfit(option: "max-clip-seconds", value: "\(window.maximumSeconds)", problem: problem))
    }
    do { try MemoryBudget.check(TrainingMemory(self, network, threads: threads).bytes) } catch {
      throw .memory(error)
    }
  }

  /// The shape of the network.
  func shape(features: Int, classCount: Int) -> NetworkShape {
    NetworkShape(
      features: features, hidden: hidden, layers: layers, directions: directions,
      classes: classCount, pooling: pooling)
  }
}
