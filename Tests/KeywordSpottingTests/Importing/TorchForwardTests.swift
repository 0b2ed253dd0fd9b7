import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Exporting
@testable import Neural
@testable import Recognition
@testable import Sound

/// A Python with PyTorch: that of `$KWS_PYTHON`, else `python3`.
enum TorchRuntime {
  static let python = getenv("KWS_PYTHON").map { FilePath(platformString: $0) } ?? "python3"

  static let isThere: Bool = {
    let scratch = TemporaryFolder()
    return ExternalProgram.run([python, "-c", "import numpy, torch"], scratch: scratch.path).code
      == 0
  }()
}

/// PyTorch's own forward pass over our features gives the posteriors of the imported model.
@Suite(.enabled(if: TorchRuntime.isThere, "Python has no torch; see KWS_PYTHON"))
struct TorchForwardTests {
  private let folder = TemporaryFolder()

  /// Makes an `nn.LSTM` with a linear layer, saves its state, and runs it on lists of features.
  private static let script = """
    import json, struct, sys
    import numpy, torch
    features, hidden, layers, both, classes, pooling, source, state, target = sys.argv[1:]
    features, hidden, layers, both, classes = map(int, (features, hidden, layers, both, classes))
    torch.manual_seed(layers + 10 * both)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = torch.nn.LSTM(
                features, hidden, layers, batch_first=True, bidirectional=bool(both))
            self.fc = torch.nn.Linear(hidden * (1 + both), classes)

        def forward(self, x):
            y, (h, _) = self.lstm(x)
            last = torch.cat([h[-2], h[-1]], 1) if both else h[-1]
            return torch.softmax(self.fc(last if pooling == "last" else y.mean(1)), 1)

    net = Net()
    for parameter in net.parameters():
        parameter.data *= 2
    net.fc.weight.data *= 5
    header, place, data = {}, 0, b""
    for name, value in net.state_dict().items():
        part = value.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape),
                        "data_offsets": [place, place + len(part)]}
        place, data = place + len(part), data + part
    text = json.dumps(header).encode()
    open(state, "wb").write(struct.pack("<Q", len(text)) + text + data)
    lists, place = open(source, "rb").read(), 0
    with open(target, "wb") as out:
        while place < len(lists):
            (count,) = struct.unpack_from("<I", lists, place)
            x = numpy.frombuffer(lists, "<f4", count, place + 4).reshape(1, -1, features).copy()
            with torch.no_grad():
                out.write(net((torch.from_numpy(x) + 1) / 3).numpy().astype("<f4").tobytes())
            place += 4 + 4 * count
    """

  /// Both compute in single precision, in another order: 1e-5.
  @Test(arguments: [Pooling.last, .mean], Directions.allCases)
  func posteriorsAreTorchs(_ pooling: Pooling, _ directions: Directions) throws {
    folder.write("forward.py", text: Self.script)
    let frontEnd = FrontEndOptions(preset: .kws, sampleRate: 8_000)
    let windows = try [(8_000, 1), (4_321, 2), (2_000, 3)].map {
      try FrontEnd(frontEnd).features(of: ExportFixture.samples($0.0, seed: $0.1))
    }
    folder.write("features", FloatLists.encoded(windows.map(\.values)))
    for layers in [1, 2] {
      let outcome = ExternalProgram.run(
        [
          TorchRuntime.python, folder["forward.py"], "39", "24", FilePath("\(layers)"),
          directions == .both ? "1" : "0", "3", FilePath(pooling.rawValue), folder["features"],
          folder["w.safetensors"], folder["answers"],
        ], scratch: folder.path)
      try #require(outcome.code == 0, "\(outcome.errors)")
      var source = TorchImport(labels: ["yes", "no", "_unknown_"], pooling: pooling)
      source.frontEnd = frontEnd
      source.normalization = FeatureNormalization(mean: [-1], deviation: [3])
      let model = try source.model(contentsOf: folder["w.safetensors"])
      #expect(model.network.shape.layers == layers)
      #expect(model.network.shape.directions == directions)
      var normalized = windows
      for index in normalized.indices { model.normalization.apply(to: &normalized[index]) }
      let ours = Recogniser(model).posteriors(of: normalized)
      let theirs = FloatLists.decoded(TemporaryFolder.read(folder["answers"])!, of: 3)
      try #require(ours.count == 3 && theirs.count == 3)
      for (a, b) in zip(ours.joined(), theirs.joined()) { #expect(abs(a - b) < 1e-5) }
      // Answers that are all alike would prove little.
      #expect(theirs.joined().max()! > 0.5)
    }
  }
}
