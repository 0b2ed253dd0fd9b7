#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Recognition
import SystemPackage

/// What stands beside the tensors of a checkpoint.
private struct Metadata: Codable {
  static let currentFormat = 1
  static let key = "kws-checkpoint"
  static let checksumKey = "kws-checksum"

  var format = Self.currentFormat
  /// Bytes, in base 64: a path need not be UTF-8.
  var root: Data
  var recipe: TrainingRecipe
  var progress: Checkpoint.Progress
}

extension Checkpoint {
  /// Writes the checkpoint in place of the one before.
  func write(to path: FilePath) throws(FileError) { try AtomicFile.write(encoded(), to: path) }

  /// The file's bytes.
  func encoded() -> [UInt8] {
    let metadata = Metadata(root: Data(root.bytes), recipe: recipe, progress: progress)
    let text = String(decoding: try! jsonEncoder().encode(metadata), as: UTF8.self)
    var tensors = [
      Tensor(name: "parameters", shape: [parameters.count], values: parameters),
      Tensor(name: "average", shape: [average.count], values: average),
      Tensor(name: "best", shape: [best.count], values: best),
    ]
    for (index, moment) in moments.enumerated() {
      tensors.append(Tensor(name: "moment.\(index)", shape: [moment.count], values: moment))
    }
    let checksum = Self.checksum(text, tensors)
    return Safetensors(
      metadata: [Metadata.key: text, Metadata.checksumKey: checksum], tensors: tensors
    ).encoded()
  }

  /// Reads a checkpoint; as a model file, it is checked in every part.
  init(contentsOf path: FilePath) throws(ModelError) {
    let bytes: [UInt8]
    do { bytes = try readFile(path, limit: KeywordModel.maximumFile) } catch { throw .file(error) }
    try self.init(decoding: bytes, from: path)
  }

  /// Reads a checkpoint from bytes; `path` is named in errors.
  init(decoding bytes: [UInt8], from path: FilePath) throws(ModelError) {
    let container: Safetensors
    do { container = try Safetensors(decoding: bytes) } catch {
      throw .invalidCheckpoint(path, problem: "\(error)")
    }
    let metadata = try Self.metadata(container, from: path)
    let (recipe, progress) = (metadata.recipe, metadata.progress)
    if let problem = recipe.problem ?? progress.problem {
      throw .invalidCheckpoint(path, problem: problem)
    }
    let moments = container.tensors.filter { $0.name.hasPrefix("moment.") }.map(\.name)
    let names = ["parameters", "average", "best"] + moments.indices.map { "moment.\($0)" }
    guard Set(names) == Set(container.tensors.map(\.name)) else {
      throw .invalidCheckpoint(
        path, problem: "its tensors are \(container.tensors.map(\.name).joined(separator: ", "))")
    }
    let tensors = names.map { container[$0]!.values }
    for (name, values) in zip(names, tensors)
    where values.count != tensors[0].count && !(name == "best" && values.isEmpty) {
      throw .invalidCheckpoint(
        path, problem: "\(name) has \(values.count) values, parameters \(tensors[0].count)")
    }
    self.init(
      root: FilePath(bytes: Array(metadata.root)), recipe: recipe, progress: progress,
      parameters: tensors[0], average: tensors[1], moments: Array(tensors[3...]), best: tensors[2])
  }

  private static func metadata(
    _ container: Safetensors, from path: FilePath
  ) throws(ModelError) -> Metadata {
    guard let text = container.metadata[Metadata.key] else {
      throw .invalidCheckpoint(path, problem: "it is no checkpoint of kws")
    }
    let value: JSONValue
    do { value = try JSONValue(parsing: ArraySlice(text.utf8)) } catch {
      throw .invalidCheckpoint(path, problem: "the metadata is not valid JSON: \(error)")
    }
    guard let format = value["format"]?.count else {
      throw .invalidCheckpoint(path, problem: "the metadata has no format number")
    }
    guard format <= Metadata.currentFormat else {
      throw .newerFormat(path, found: format, supported: Metadata.currentFormat)
    }
    guard container.metadata[Metadata.checksumKey] == checksum(text, container.tensors) else {
      throw .invalidCheckpoint(path, problem: "its content does not fit its checksum")
    }
    do { return try JSONDecoder().decode(Metadata.self, from: Data(text.utf8)) } catch {
      throw .invalidCheckpoint(path, problem: decodingProblem(error))
    }
  }

  /// Tells damage on the disk, which could change weights without a trace; no protection against
  /// forgery.
  static func checksum(_ text: String, _ tensors: [Tensor]) -> String {
    let sum = tensors.reduce(UInt64(StableHash.bucket(of: text, count: .max))) { sum, tensor in
      (sum ^ ContentHash.of(tensor.values)) &* 0xFF51_AFD7_ED55_8CCD
    }
    return String(sum, radix: 16)
  }
}
