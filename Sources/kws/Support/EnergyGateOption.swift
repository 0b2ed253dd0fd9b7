import ArgumentParser
import KeywordSpotting

/// A gate that saves processor time where hardly anything sounds.
struct EnergyGateOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Skip the network in windows below this level, such as -50: root mean square in dB of full scale "
        + "(default: none is skipped).", valueName: "dB"))
  var energyGate: Double?

  func validate() throws {
    if let energyGate, !EnergyGate.levels.contains(energyGate) {
      throw ValidationError(
        "--energy-gate must lie between \(EnergyGate.levels.lowerBound) and "
          + "\(EnergyGate.levels.upperBound) dB, not at \(energyGate)")
    }
  }

  /// The gate for a model, or nil without the option.
  func gate(for model: KeywordModel) throws -> EnergyGate? {
    guard let energyGate else { return nil }
    guard let gate = EnergyGate(energyGate, labels: model.labels) else {
      throw Failure.usage(
        "--energy-gate needs a model with \(ClassLabel.silence) or \(ClassLabel.unknown)")
    }
    return gate
  }
}
