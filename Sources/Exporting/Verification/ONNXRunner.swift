import Basics
import Glibc
import SystemPackage

/// Runs an ONNX file in onnxruntime, where Python has it.
package struct ONNXRunner {
  private let python: FilePath

  /// A runner, or nil where the Python of `$KWS_PYTHON`, else `python3`, has no onnxruntime.
  package init?() {
    python = getenv("KWS_PYTHON").map { FilePath(platformString: $0) } ?? "python3"
    guard let scratch = try? ScratchFolder(),
      ExternalProgram.run(
        [python, "-c", "import numpy, onnxruntime"], scratch: scratch.path
      ).code == 0
    else { return nil }
  }

  /// The posteriors that a file gives for sequences, each by itself or with others of its length.
  ///
  /// - Parameters:
  ///   - file: The ONNX file.
  ///   - sequences: Samples, or (T, F) features row by row.
  ///   - classes: C.
  /// - Returns: (sequences, C).
  /// - Throws: `RunnerError`, `FileError`.
  package func posteriors(
    of file: FilePath, _ sequences: [[Float]], classes: Int
  ) throws -> [[Float]] {
    let scratch = try ScratchFolder()
    let paths = ["run.py", "sequences", "posteriors"].map { scratch.path.appending($0) }
    try AtomicFile.write(Self.script, to: paths[0])
    try AtomicFile.write(FloatLists.encoded(sequences), to: paths[1])
    let outcome = ExternalProgram.run(
      [python, paths[0], file, paths[1], paths[2]], scratch: scratch.path)
    guard outcome.code == 0 else { throw RunnerError(program: "onnxruntime", outcome.errors) }
    let numbers = FloatLists.decoded(try readFile(paths[2], limit: 1 << 32), of: classes)
    guard numbers.count == sequences.count else {
      throw RunnerError(
        program: "onnxruntime", "\(numbers.count) answers to \(sequences.count) windows")
    }
    return numbers
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
