import Basics
import Glibc
import SystemPackage

/// Runs an ONNX file in the onnxruntime of the Python of `$KWS_PYTHON`, else `python3`.
struct ONNXRunner: ExportRunner {
  private let file: FilePath
  private let input: ONNXExport.Input
  private let classes: Int

  private static var python: FilePath {
    getenv("KWS_PYTHON").map { FilePath(platformString: $0) } ?? "python3"
  }

  /// Whether that Python has it.
  static var isThere: Bool {
    guard let scratch = try? ScratchFolder() else { return false }
    return ExternalProgram.run(
      [python, "-c", "import numpy, onnxruntime"], scratch: scratch.path
    ).code == 0
  }

  /// A runner of a file that reads `input`.
  ///
  /// - Throws: `RunnerError.missing`.
  init(_ file: FilePath, input: ONNXExport.Input, classes: Int) throws(RunnerError) {
    guard Self.isThere else {
      throw .missing(
        "\(Self.python) has no onnxruntime to verify with: pip install onnxruntime numpy, or name "
          + "another Python in KWS_PYTHON")
    }
    (self.file, self.input, self.classes) = (file, input, classes)
  }

  func posteriors(of clips: [WindowedClip]) throws -> [[[Float]]] {
    let sequences = clips.flatMap { clip in
      clip.windows.map { window in
        input == .audio ? Array(clip.samples[window.range]) : window.features.values
      }
    }
    return try grouped(try posteriors(of: sequences), by: clips, program: "onnxruntime")
  }

  /// The posteriors that a file gives for sequences, each by itself or with others of its length.
  ///
  /// - Parameter sequences: Samples, or (T, F) features row by row.
  /// - Returns: (sequences, C).
  /// - Throws: `RunnerError`, `FileError`.
  func posteriors(of sequences: [[Float]]) throws -> [[Float]] {
    let scratch = try ScratchFolder()
    let paths = ["run.py", "sequences", "posteriors"].map { scratch.path.appending($0) }
    try AtomicFile.write(Self.script, to: paths[0])
    try AtomicFile.write(FloatLists.encoded(sequences), to: paths[1])
    let outcome = ExternalProgram.run(
      [Self.python, paths[0], file, paths[1], paths[2]], scratch: scratch.path)
    guard outcome.code == 0 else {
      throw RunnerError(program: "onnxruntime", errors: outcome.errors)
    }
    return FloatLists.decoded(try readFile(paths[2], limit: 1 << 32), of: classes)
  }

  /// Runs sequences of one length together, as a service would.
  private static let script = """
    import collections, struct, sys
    import numpy, onnxruntime

    model, source, target = sys.argv[1:]
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0]
    data, place, groups, count = open(source, "rb").read(), 0, collections.defaultdict(list), 0
    while place < len(data):
        (size,) = struct.unpack_from("<I", data, place)
        values = numpy.frombuffer(data, "<f4", size, place + 4)
        groups[size].append((count, values if len(entry.shape) == 2
                             else values.reshape(-1, entry.shape[2])))
        place, count = place + 4 + 4 * size, count + 1
    answers = [None] * count
    for group in groups.values():
        for start in range(0, len(group), 32):
            numbers, values = zip(*group[start:start + 32])
            (rows,) = session.run(None, {entry.name: numpy.stack(values)})
            for number, row in zip(numbers, rows):
                answers[number] = row
    with open(target, "wb") as file:
        for row in answers:
            file.write(row.astype("<f4").tobytes())

    """
}
