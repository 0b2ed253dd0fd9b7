import TestSupport
import Testing

@testable import Training

/// The picture of a training's course.
@Suite struct TrainingPlotTests {
  @Test func aTrainingDrawsItsCourse() throws {
    let fixture = TrainingFixture()
    let folder = try fixture.run().folder
    let text = try #require(TemporaryFolder.text(folder.plot))
    #expect(text.hasPrefix("<svg xmlns=") && text.hasSuffix("</svg>\n"))
    for title in ["Loss", "Accuracy", "Learning rate", "Gradient", "validation loss"] {
      #expect(text.contains(">\(title)</text>"))
    }
    // Both losses, both accuracies, the rate, the norm, one layer's recurrent weights, two ends.
    #expect(text.split(separator: "<polyline").count - 1 == 9)
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  @Test func nothingYetIsAnEmptySheet() {
    #expect(TrainingPlot.svg([]).contains("</svg>"))
  }
}
