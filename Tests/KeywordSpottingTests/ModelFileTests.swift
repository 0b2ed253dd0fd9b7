import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Neural
@testable import Recognition

/// A model survives its file, and a file whose parts disagree is refused with the reason.
@Suite struct ModelFileTests {
  private let model = ModelFixture.model()

  /// The file's bytes with the metadata changed as a JSON object.
  private func bytes(_ change: (inout [String: Any]) -> Void) throws -> [UInt8] {
    var container = try Safetensors(decoding: model.encoded())
    let text = container.metadata[KeywordModel.metadataKey]!
    var object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as! [String: Any]
    change(&object)
    let changed = try JSONSerialization.data(withJSONObject: object)
    container.metadata[KeywordModel.metadataKey] = String(decoding: changed, as: UTF8.self)
    return container.encoded()
  }

  private func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try KeywordModel(decoding: bytes, from: "m")
      return nil
    } catch { return "\(error)" }
  }

  private func problem(
    changing key: String, _ part: String? = nil, to value: Any?
  ) throws -> String? {
    problem(
      try bytes { object in
        guard let part else {
          object[key] = value
          return
        }
        var inner = object[key] as! [String: Any]
        inner[part] = value
        object[key] = inner
      })
  }

  @Test func aModelIsReadBackWhole() throws {
    let folder = TemporaryFolder()
    try model.write(to: folder["m.safetensors"])
    let read = try KeywordModel(contentsOf: folder["m.safetensors"])
    #expect(read.encoded() == model.encoded())
    #expect(read.network.parameters == model.network.parameters)
    #expect(read.labels == model.labels && read.frontEnd == model.frontEnd)
    #expect(read.record == model.record && read.window == model.window)
    #expect(TemporaryFolder.names(in: folder.path) == ["m.safetensors"])
  }

  @Test func channelAndClipsAreReadBack() throws {
    var model = model
    model.channel = 2
    model.history.selected.clips = ClipSet([7 << 30, .max])
    model.history.thresholds.clips = ClipSet([0])
    for weights in StoredWeights.allCases {
      let read = try KeywordModel(decoding: model.encoded(as: weights), from: "m")
      #expect(read.channel == 2 && read.history == model.history)
      if weights != .int8 { #expect(read.encoded(as: weights) == model.encoded(as: weights)) }
    }
  }

  @Test func listsOfClipsAreChecked() throws {
    var container = try Safetensors(decoding: model.encoded())
    container.byteTensors[0].bytes = [0x80]
    #expect(problem(container.encoded())?.contains("clips.trained is no list of clips") == true)
    container = try Safetensors(decoding: model.encoded())
    container.byteTensors.append(ByteTensor(name: "clips.other", bytes: [1]))
    #expect(problem(container.encoded())?.contains("clips.other has no place") == true)
  }

  @Test(arguments: Pooling.allCases) func everyPoolingIsReadBack(_ pooling: Pooling) throws {
    let model = ModelFixture.model(layers: 2, pooling: pooling)
    #expect(try KeywordModel(decoding: model.encoded(), from: "m").encoded() == model.encoded())
  }

  /// PyTorch's `nn.LSTM(bidirectional=False)` has no `_reverse` tensors, nor has the file.
  @Test(arguments: Pooling.allCases) func forwardOnlyIsReadBack(_ pooling: Pooling) throws {
    let model = ModelFixture.model(layers: 2, directions: .forward, pooling: pooling)
    let names = try Safetensors(decoding: model.encoded()).tensors.map(\.name)
    #expect(names.count { $0.hasPrefix("lstm.") } == 8)
    #expect(!names.contains { $0.hasSuffix("_reverse") })
    let read = try KeywordModel(decoding: model.encoded(), from: "m")
    #expect(read.network.shape == model.network.shape)
    #expect(read.network.parameters == model.network.parameters)
    #expect(read.infoText.contains("hidden units forward"))
  }

  /// Files from before there was a choice have no such key and both directions; those with a choice say
  /// so by the network's format.
  @Test func directionsAndTensorsMustAgree() throws {
    let read = try KeywordModel(decoding: bytes { _ in }, from: "m")
    #expect(read.network.shape.directions == .both)
    func directions(_ number: Int) throws -> String? {
      problem(
        try bytes { metadata in
          var network = metadata["network"] as! [String: Any]
          (network["directions"], network["format"]) = (number, 2)
          metadata["network"] = network
        })
    }
    #expect(try directions(2) == nil)
    #expect(try directions(3)?.contains("directions") == true)
    // The file's pooled vector is twice as long.
    #expect(try directions(1)?.contains("has the shape") == true)
    #expect(
      try problem(changing: "network", "directions", to: 1)?
        .contains("does not fit: network: unknown directions") == true)
  }

  @Test func disagreementsAreNamed() throws {
    let conditions: [String: Any] = [
      "threshold": 0.5, "releaseShare": 1, "leastWindows": 1, "refractorySeconds": 1,
    ]
    let cases: [(key: String, part: String?, value: Any?, words: String)] = [
      ("labels", nil, ["a", "b"], "2 labels for 4 classes"),
      ("labels", nil, ["a", "b", "c", "a"], "two labels are equal"),
      ("labels", nil, ["a", "b", "c", ""], "a label is empty"),
      ("labels", nil, ["a", "b", "c", 4], "labels"),
      ("normalization", "mean", [1, 2], "2 means"),
      ("network", "hidden", 4, "has the shape"),
      ("network", "hidden", 0, "the network's hidden: 0 is outside"),
      ("network", "hidden", 65_536, "billion multiply-adds"),
      ("network", "layers", 2, "is missing"),
      ("network", "layers", 65, "the network's layers: 65 is outside"),
      ("network", "layers", -1, "the network's layers: -1 is outside"),
      ("network", "features", 7, "for 7 features"),
      ("network", "pooling", "best", "pooling"),
      ("decision", "temperature", 0, "temperature"),
      ("decision", "temperature", 1e-44, "temperature"),
      ("decision", "temperature", -1, "temperature"),
      ("decision", "threshold", 1.5, "threshold"),
      ("decision", "thresholds", ["yes": -1], "threshold"),
      ("window", "maximumSeconds", 0, "longest"),
      ("window", "maximumSeconds", 1e300, "longest clip"),
      ("window", "minimumSeconds", 2, "shortest clip"),
      ("window", "minimumSeconds", 0, "has no frame"),
      ("window", "hopSeconds", 0, "hop"),
      ("rule", "smoothing", 0, "the rule for listening: the posteriors of"),
      ("rule", "settleSeconds", -1, "the rule for listening: the decision may wait"),
      ("rule", "settleSeconds", nil, "rule has no \"settleSeconds\""),
      ("rule", "mustBeLikeliest", false, "would always fire"),
      ("rule", "conditions", ["threshold": NSNull()], "conditions has no \"releaseShare\""),
      ("rule", "keywords", ["maybe": conditions], "\"maybe\", which is no keyword"),
      ("frontEnd", "sampleRate", 16_000, "front end"),
      ("frontEnd", "sampleRate", 1e300, "does not fit"),
      ("frontEnd", "melBands", 0, "front end"),
      ("frontEnd", "coefficients", 3, "the network reads"),
      ("frontEnd", "coefficients", 1_000, "front end"),
      ("frontEnd", "hopLength", 0, "front end"),
      ("format", nil, "one", "no format number"),
      ("record", nil, "x", "record"),
      ("channel", nil, 0, "the channel must lie within"),
      ("channel", nil, 65, "the channel must lie within"),
      ("channel", nil, "second", "expected \"all\" or a number"),
      (
        "history", "trained", ["clips": 4, "filter": NSNull(), "isComplete": true],
        "tensor clips.trained lists 3 clips, the metadata says 4"
      ),
      ("history", "trained", ["clips": 3, "isComplete": true], "has no \"filter\""),
      (
        "history", "selected", ["clips": 1, "filter": NSNull(), "isComplete": true],
        "tensor clips.selected lists 0 clips, the metadata says 1"
      ),
    ]
    for (key, part, value, words) in cases {
      let found = try problem(changing: key, part, to: value)
      #expect(
        found?.contains(words) == true,
        "\(key).\(part ?? "") = \(value ?? "none"): \(found ?? "accepted"), expected \"\(words)\"")
    }
  }

  @Test func aNewerFormatIsNamed() throws {
    #expect(
      try problem(changing: "format", to: 6)
        == "m: format 6; this program reads up to 5: update kws")
  }

  @Test func everyMissingPartIsNamed() throws {
    for key in [
      "labels", "frontEnd", "normalization", "network", "window", "decision", "record", "channel",
      "history", "rule",
    ] {
      let found = problem(try bytes { $0[key] = nil })
      let words = "m: not a valid model: the metadata does not fit: the document has no \"\(key)\""
      #expect(found == words)
    }
  }

  @Test func metadataThatMeansTwoThingsIsRefused() throws {
    var container = try Safetensors(decoding: model.encoded())
    let text = container.metadata[KeywordModel.metadataKey]!
    container.metadata[KeywordModel.metadataKey] = "{\"labels\":[]," + text.dropFirst()
    #expect(problem(container.encoded())?.contains("duplicate key \"labels\"") == true)
    container.metadata = ["author": "someone"]
    #expect(problem(container.encoded())?.contains("not written by kws") == true)
  }

  @Test func tensorsMustFitTheArchitecture() throws {
    var container = try Safetensors(decoding: model.encoded())
    let bias = container.tensors.firstIndex { $0.name == "output.bias" }!
    let whole = container
    container.tensors[bias].name = "output.bia"
    #expect(problem(container.encoded())?.contains("tensor output.bias is missing") == true)
    container = whole
    container.tensors[bias].shape = [2, 2]
    #expect(
      problem(container.encoded())?.contains("has the shape [2, 2]; the architecture asks for [4]")
        == true)
    container = whole
    container.tensors.append(Tensor(name: "more", shape: [1], values: [0]))
    #expect(problem(container.encoded())?.contains("more") == true)
    container = whole
    container.tensors[bias].values[1] = .infinity
    #expect(problem(container.encoded())?.contains("not finite at 1") == true)
  }

  /// Beyond these bounds sums in the network overflow, and the answer would be NaN.
  @Test func numbersThatWouldOverflowAreRefused() throws {
    var huge = model
    huge.network.parameters[0] = 1e30
    #expect(problem(huge.encoded())?.contains("1e+30") == true)
    huge = model
    huge.normalization.deviation[2] = 1e-30
    #expect(problem(huge.encoded())?.contains("deviation") == true)
    huge = model
    huge.normalization.mean[2] = 1e30
    #expect(problem(huge.encoded())?.contains("mean") == true)
  }

  @Test func whatIsNoFileIsNamed() throws {
    let folder = TemporaryFolder()
    #expect(throws: ModelError.file(.missing(folder["none"]))) {
      try KeywordModel(contentsOf: folder["none"])
    }
    #expect(throws: ModelError.file(.notRegular(folder.path))) {
      try KeywordModel(contentsOf: folder.path)
    }
    let pipe = folder["pipe"]
    #expect(pipe.withPlatformString { mkfifo($0, 0o600) } == 0)
    #expect(throws: ModelError.file(.notRegular(pipe))) { try KeywordModel(contentsOf: pipe) }
  }
}
