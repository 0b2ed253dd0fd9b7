import Foundation
import Testing

@testable import Basics
@testable import Neural

/// What follows from a shape, and what follows from a role.
@Suite struct ShapeTests {
  private func shape(_ directions: Directions, _ pooling: Pooling = .mean) -> NetworkShape {
    NetworkShape(
      features: 5, hidden: 4, layers: 2, directions: directions, classes: 3, pooling: pooling)
  }

  @Test(arguments: Pooling.allCases) func widthsFollowFromDirections(_ pooling: Pooling) {
    let (one, two) = (shape(.forward, pooling), shape(.both, pooling))
    #expect(one.states == 4 && two.states == 8)
    #expect(one.pooled == 4 * pooling.parts.count && two.pooled == 2 * one.pooled)
    #expect(one.inputs(ofLayer: 0) == 5 && one.inputs(ofLayer: 1) == 4)
    #expect(ParameterLayout(one).entries.allSatisfy { !$0.role.name.contains("reverse") })
  }

  @Test func theFormOfFilesBeforeThereWasAChoice() throws {
    let text = #"{"classes":3,"features":5,"hidden":4,"layers":2,"pooling":"mean"}"#
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let old = try JSONDecoder().decode(NetworkShape.self, from: Data(text.utf8))
    #expect(old == shape(.both))
    #expect(String(decoding: try encoder.encode(old), as: UTF8.self) == text)
    let forward = try encoder.encode(shape(.forward))
    #expect(String(decoding: forward, as: UTF8.self).contains(#""directions":1"#))
    #expect(String(decoding: forward, as: UTF8.self).contains(#""format":2"#))
    #expect(try JSONDecoder().decode(NetworkShape.self, from: forward) == shape(.forward))
    // The first format knew no directions.
    #expect(throws: StoredFault.keys(part: "network", missing: [], unknown: ["directions"])) {
      try JSONDecoder().decode(
        NetworkShape.self, from: Data((text.dropLast() + ",\"directions\":1}").utf8))
    }
    for wrong in ["0", "3", "\"both\""] {
      let damaged = text.dropLast() + ",\"directions\":\(wrong),\"format\":2}"
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(NetworkShape.self, from: Data(damaged.utf8))
      }
    }
  }

  @Test func namesAreThoseOfPyTorch() {
    let names = ParameterLayout(
      NetworkShape(features: 5, hidden: 4, layers: 1, classes: 3, pooling: .attention)
    ).entries.map(\.role.name)
    #expect(
      names == [
        "lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.bias_ih_l0", "lstm.bias_hh_l0",
        "lstm.weight_ih_l0_reverse", "lstm.weight_hh_l0_reverse", "lstm.bias_ih_l0_reverse",
        "lstm.bias_hh_l0_reverse", "attention.weight", "attention.bias", "output.weight",
        "output.bias",
      ])
  }

  @Test func softmaxAndArgmax() {
    #expect(argmax([1, 3, 2] as [Float]) == 1)
    // The first of equals; NaN never wins over a number before it.
    #expect(argmax([1, 3, 3] as [Double]) == 1 && argmax([1, .nan] as [Float]) == 0)
    let posteriors = softmax([0, log(3.0)])
    #expect(abs(posteriors[0] - 0.25) < 1e-15 && abs(posteriors[1] - 0.75) < 1e-15)
  }
}
