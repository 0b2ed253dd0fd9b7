import Basics

/// The temperature of a model: logits are divided by it, so that probabilities match frequencies
/// (Guo and others 2017).
///
/// It is fitted on the validation clips, or on those that folds tested. Its effect is measured by
/// crossing over: fitted on one half of the speakers and measured on the other half, and the reverse.
public struct TemperatureFit: Codable, Equatable, Sendable {
  /// The temperature fitted on all clips.
  public var temperature: Float
  /// Number of clips that it was fitted on.
  public var clips: Int
  /// Expected calibration error by crossing over two halves of the speakers.
  public var crossedError: Double
  /// Expected calibration error of the same clips at temperature 1.
  public var plainError: Double

  /// The fit and its effect as text for people.
  package var text: String {
    "fitted on \(clips) held-out clips; calibration error \(TextCell.percent(crossedError)) by "
      + "crossing over two halves of the speakers, \(TextCell.percent(plainError)) at 1"
  }

  /// What is wrong with the numbers, or nil; they come from a file that is not trusted.
  var problem: String? {
    let errors = [crossedError, plainError]
    return Self.range.contains(temperature) && clips >= 0 && errors.allSatisfy((0...1).contains)
      ? nil : "an invalid calibration in the training record"
  }

  /// The allowed range of a fit; values outside mean too few or too similar clips.
  package static let range: ClosedRange<Float> = 0.25...4

  package init(temperature: Float, clips: Int, crossedError: Double, plainError: Double) {
    (self.temperature, self.clips) = (temperature, clips)
    (self.crossedError, self.plainError) = (crossedError, plainError)
  }
}
