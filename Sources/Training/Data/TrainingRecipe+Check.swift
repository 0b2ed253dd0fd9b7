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
    let windowProblem: String?
    let network: NetworkShape
    do {
      let frontEnd = try FrontEnd(frontEnd)
      network = shape(features: frontEnd.featureCount, classCount: classCount)
      windowProblem = window.problem(with: frontEnd, network)
    } catch { throw .option("\(error)") }
    if let windowProblem { throw .option("--max-clip-seconds: " + windowProblem) }
    do { try MemoryBudget.check(TrainingMemory(self, network, threads: threads).bytes) } catch {
      throw .memory(error)
    }
  }

  /// The shape of the network.
  func shape(features: Int, classCount: Int) -> NetworkShape {
    NetworkShape(
      features: features, hidden: hidden, layers: layers, directions: directions ?? .both,
      classes: classCount, pooling: pooling)
  }
}
