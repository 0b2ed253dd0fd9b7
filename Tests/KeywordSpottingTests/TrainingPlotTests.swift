import Foundation
import TestSupport
import Testing

@testable import Training

/// The picture of a training's course.
@Suite struct TrainingPlotTests {
  @Test func aTrainingDrawsItsCourse() throws {
    let fixture = TrainingFixture()
    let outcome = try fixture.run()
    let folder = outcome.folder
    let text = try #require(TemporaryFolder.text(folder.plot))
    #expect(text.hasPrefix("<svg xmlns=") && text.hasSuffix("</svg>\n"))
    for title in ["Loss", "Accuracy", "Learning rate", "Gradient", "validation loss"] {
      #expect(text.contains(">\(title)</text>"))
    }
    // Both losses, both accuracies, the rate, the norm, one layer's recurrent weights, two ends.
    #expect(text.split(separator: "<polyline").count - 1 == 9)
    #expect(text.contains(">chosen: \(outcome.model.record.bestEpoch)</text>"))
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  /// No legend leaves its plot, no line of it covers another, and the marks of the y axis do not reach
  /// its title.
  @Test func labelsDoNotOverlap() throws {
    let names = (0..<6).map { "gradient_norm_lstm_layer_\($0)_backward_recurrent" }
    let rows = try (1...20).map { epoch in
      let cells = ["epoch": Double(epoch), "learning_rate": 0.000_04]
        .merging(names.map { ($0, Double(epoch)) }) { first, _ in first }
        .map { "{\"name\":\"\($0.key)\",\"value\":\($0.value)}" }.sorted()
      let row = "{\"values\":[\(cells.joined(separator: ","))]}"
      return try JSONDecoder().decode(EpochMetrics.self, from: Data(row.utf8))
    }
    let text = TrainingPlot.svg(rows, chosen: 17)
    var lines: [String: [ClosedRange<Double>]] = [:]
    let sheet = try #require(text.components(separatedBy: "<g ").last { $0.contains("backward") })
    for match in sheet.matches(of: #/<text x="([\d.]+)" y="(-[\d.]+)">([^<]*)</#) {
      let left = Double(match.output.1)!
      lines["\(match.output.2)", default: []].append(
        left...left + 6 * Double(match.output.3.count))
    }
    // Six long names need three lines of two.
    #expect(lines.count >= 3)
    for places in lines.values {
      #expect(places.allSatisfy { $0.upperBound <= 360 })
      for (first, second) in zip(places, places.dropFirst()) where second.lowerBound > 8 {
        #expect(first.upperBound < second.lowerBound)
      }
    }
    for match in text.matches(of: #/<text x="([\d.]+)" y="[\d.]+" text-anchor="end">([\d.]+)</#) {
      #expect(Double(match.output.1)! - 6 * Double(match.output.2.count) > 16, "\(match.output.2)")
    }
    #expect(text.contains(">chosen: 17</text>") && text.contains("class=\"moment\""))
    #expect(text.contains("@media (prefers-color-scheme:dark){svg{background:#14171a}"))
  }

  @Test func nothingYetIsAnEmptySheet() {
    #expect(TrainingPlot.svg([]).contains("</svg>"))
  }
}
