#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Neural
import SystemPackage

extension KeywordModel {
  /// The key of the JSON text in the safetensors metadata.
  static let metadataKey = "kws"
  /// The largest model file that is read, in bytes.
  package static let maximumFile = 1 << 30

  /// Reads a model file, and checks every size, name and number.
  ///
  /// - Throws: `ModelError`, with the first fault.
  public init(contentsOf path: FilePath) throws(ModelError) {
    let bytes: [UInt8]
    do { bytes = try readFile(path, limit: Self.maximumFile) } catch { throw .file(error) }
    try self.init(decoding: bytes, from: path)
  }

  /// Writes the model so that a reader sees the old file or the new one, never a part.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - weights: How the weights are stored; nil keeps 8 bits where they are, and else takes float32.
  /// - Throws: `ModelError.file`, or `.headerTooLong` or `.beyondHalf` if the file could not be read
  ///   again.
  public func write(
    to path: FilePath, as weights: StoredWeights? = nil
  ) throws(ModelError) {
    if weights == .float16 {
      for tensor in network.tensors() {
        guard let value = tensor.values.first(where: { Float16($0).isInfinite }) else { continue }
        throw .beyondHalf(path, tensor: tensor.name, value: value)
      }
    }
    let bytes = encoded(as: weights)
    let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard header <= Safetensors.maximumHeader else {
      throw .headerTooLong(path, bytes: header, limit: Safetensors.maximumHeader)
    }
    do { try AtomicFile.write(bytes, to: path) } catch { throw .file(error) }
  }

  /// The model file's bytes: safetensors with PyTorch's names and shapes; `weights` as for `write`.
  public func encoded(as weights: StoredWeights? = nil) -> [UInt8] {
    let text = String(decoding: try! jsonEncoder().encode(metadata), as: UTF8.self)
    let tensors = network.tensors { role in
      switch weights {
      case .int8: role.isRounded
      case .float16, .float32: false
      case nil: network.rowScales[role] != nil
      }
    }
    return Safetensors(
      metadata: [Self.metadataKey: text], tensors: tensors, byteTensors: history.tensors
    ).encoded(half: weights == .float16)
  }

  /// Everything except the weights.
  var metadata: ModelMetadata {
    ModelMetadata(
      format: ModelMetadata.stored.current, labels: labels, frontEnd: frontEnd,
      channel: StoredChannel(channel), normalization: normalization, network: network.shape,
      window: window, decision: decision, rule: rule, ruleChoice: ruleChoice, record: record,
      history: ClipHistorySummary(history))
  }

  /// Reads a model from bytes; `path` is named in errors.
  init(decoding bytes: [UInt8], from path: FilePath) throws(ModelError) {
    try self.init(decoding: bytes.span.bytes, from: path)
  }

  /// Reads a model from bytes and copies only its numbers; `path` is named in errors.
  package init(decoding bytes: RawSpan, from path: FilePath) throws(ModelError) {
    let header: SafetensorsHeader
    do { header = try SafetensorsHeader(of: bytes) } catch {
      throw .invalid(path, problem: "\(error)")
    }
    guard let text = header.metadata[Self.metadataKey] else {
      throw .invalid(
        path, problem: "the metadata has no \"\(Self.metadataKey)\": not written by kws")
    }
    let metadata: ModelMetadata
    do {
      metadata = try ModelMetadata.stored.decode(ModelMetadata.self, from: ArraySlice(text.utf8))
    } catch { throw ModelError(error, in: path) { .invalid(path, problem: $0) } }
    if let problem = metadata.problem { throw .invalid(path, problem: problem) }
    let network: Network<Float>
    let history: ClipHistory
    do {
      history = try ClipHistory(metadata.history, header.byteTensors(in: bytes))
      network = try Network(
        metadata.network, from: header.entries.filter { $0.type != .byte }, in: bytes)
    } catch { throw .invalid(path, problem: "\(error)") }
    self.init(metadata, history, network)
  }

  /// A model of parts that were checked.
  init(_ metadata: ModelMetadata, _ history: ClipHistory, _ network: Network<Float>) {
    self.init(
      labels: metadata.labels, frontEnd: metadata.frontEnd, channel: metadata.channel.number,
      normalization: metadata.normalization, window: metadata.window, decision: metadata.decision,
      rule: metadata.rule, ruleChoice: metadata.ruleChoice, record: metadata.record,
      history: history,
      network: network)
  }
}
