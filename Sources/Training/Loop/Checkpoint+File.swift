#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Neural
import Recognition
import SystemPackage

extension Checkpoint {
  /// The metadata of a checkpoint, stored beside its tensors.
  struct Metadata: Codable {
    static let stored = StoredFormat(steps: [
      { formatTwo(&$0) }, { formatThree(&$0) }, { formatFour(&$0) },
    ])
    static let key = "kws-checkpoint"
    static let checksumKey = "kws-checksum"

    var format = Self.stored.current
    /// The path's bytes in base 64, because a path may not be UTF-8.
    var root: Data
    var recipe: TrainingRecipe
    var inherited: ClipHistorySummary
    var progress: Checkpoint.Progress

    /// Format 2 adds the hash of the test part and the clips that the start model has met; format 1
    /// did not store them.
    private static func formatTwo(_ document: inout JSONValue) -> String? {
      let isComplete = JSONValue.bool(document["recipe"]?["start"] == nil)
      let clips = JSONValue.object([
        ("clips", .number(0)), ("filter", .null), ("isComplete", isComplete),
      ])
      document["inherited"] = .object([
        ("trained", clips), ("selected", clips), ("thresholds", clips),
      ])
      document["progress"]?["testHash"] = .null
      return nil
    }

    /// Format 3 has the directions of the network, and whether clips are held out; before, those that were
    /// not named were both, and trainings that do not say so held clips out.
    private static func formatThree(_ document: inout JSONValue) -> String? {
      guard let recipe = document["recipe"] else { return "the document has no \"recipe\"" }
      if recipe["directions"] == nil {
        document["recipe"]?["directions"] = .number(Double(Directions.both.rawValue))
      }
      document["recipe"]?["dataset"] = DatasetOptions.withHoldOut(recipe["dataset"])
      return nil
    }

    /// Format 4 puts words into running speech, and has teachers; before, there was neither.
    private static func formatFour(_ document: inout JSONValue) -> String? {
      if let negatives = document["recipe"]?["negatives"], negatives != .null {
        document["recipe"]?["negatives"]?["wordShare"] = .number(0)
      }
      document["recipe"]?["teachers"] = .null
      return nil
    }
  }
}

extension Checkpoint {
  /// Writes the checkpoint, replacing the one before.
  func write(to path: FilePath) throws(FileError) { try AtomicFile.write(encoded(), to: path) }

  /// The file's bytes.
  func encoded() -> [UInt8] {
    let metadata = Metadata(
      root: Data(root.bytes), recipe: recipe, inherited: ClipHistorySummary(inherited),
      progress: progress)
    let text = String(decoding: try! jsonEncoder().encode(metadata), as: UTF8.self)
    var tensors = [
      Tensor(name: "parameters", shape: [parameters.count], values: parameters),
      Tensor(name: "average", shape: [average.count], values: average),
      Tensor(name: "best", shape: [best.count], values: best),
    ]
    for (index, moment) in moments.enumerated() {
      tensors.append(Tensor(name: "moment.\(index)", shape: [moment.count], values: moment))
    }
    var container = Safetensors(
      metadata: [Metadata.key: text], tensors: tensors, byteTensors: inherited.tensors)
    container.metadata[Metadata.checksumKey] = Self.checksum(text, container)
    return container.encoded()
  }

  /// Reads a checkpoint; every part is checked, as for a model file.
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
    let inherited: ClipHistory
    do { inherited = try ClipHistory(metadata.inherited, container.byteTensors) } catch {
      throw .invalidCheckpoint(path, problem: "\(error)")
    }
    if let problem = (recipe.problem?.description) ?? progress.problem {
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
      root: FilePath(bytes: Array(metadata.root)), recipe: recipe, inherited: inherited,
      progress: progress, parameters: tensors[0], average: tensors[1],
      moments: Array(tensors[3...]), best: tensors[2])
  }

  private static func metadata(
    _ container: Safetensors, from path: FilePath
  ) throws(ModelError) -> Metadata {
    guard let text = container.metadata[Metadata.key] else {
      throw .invalidCheckpoint(path, problem: "it is no checkpoint of kws")
    }
    let metadata: Metadata
    do {
      metadata = try Metadata.stored.decode(Metadata.self, from: ArraySlice(text.utf8))
    } catch { throw ModelError(error, in: path) { .invalidCheckpoint(path, problem: $0) } }
    guard container.metadata[Metadata.checksumKey] == checksum(text, container) else {
      throw .invalidCheckpoint(path, problem: "its content does not fit its checksum")
    }
    return metadata
  }

  /// Detects damage on the disk, which could change weights unnoticed; it is not secure against
  /// forgery.
  static func checksum(_ text: String, _ container: Safetensors) -> String {
    let hashes =
      container.tensors.map { ContentHash.of($0.values) }
      + container.byteTensors.map { ContentHash.of(bytesOf: $0.bytes) }
    let sum = hashes.reduce(UInt64(StableHash.bucket(of: text, count: .max))) { sum, hash in
      (sum ^ hash) &* 0xFF51_AFD7_ED55_8CCD
    }
    return String(sum, radix: 16)
  }
}
