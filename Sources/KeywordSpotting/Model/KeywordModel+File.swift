#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Neural
import Sound
import SystemPackage

/// What the model file's metadata says beside the tensors.
struct ModelMetadata: Codable {
  static let currentFormat = 1

  var format: Int
  var labels: [String]
  var frontEnd: FrontEndOptions
  var normalization: FeatureNormalization
  var network: NetworkShape
  var window: ClipWindow
  var decision: Decision
  var record: TrainingRecord
}

extension KeywordModel {
  /// The key of the JSON text in the safetensors metadata.
  static let metadataKey = "kws"
  /// The largest file that is read as a model, in bytes.
  static let maximumFile = 1 << 30

  /// Reads a model file, checking every size, name and number in it.
  ///
  /// - Throws: `ModelError`, with the first thing found wrong.
  public init(contentsOf path: FilePath) throws(ModelError) {
    let bytes: [UInt8]
    do { bytes = try readFile(path, limit: Self.maximumFile) } catch { throw .file(error) }
    try self.init(decoding: bytes, from: path)
  }

  /// Writes the model so that a reader sees the old file or the new one, never a part.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - half: Whether to store the weights as float16, in half the space.
  /// - Throws: `ModelError.file`.
  public func write(to path: FilePath, half: Bool = false) throws(ModelError) {
    do { try AtomicFile.write(encoded(half: half), to: path) } catch { throw .file(error) }
  }

  /// The model file's bytes: safetensors with PyTorch's names and shapes.
  public func encoded(half: Bool = false) -> [UInt8] {
    let text = String(decoding: try! jsonEncoder().encode(metadata), as: UTF8.self)
    return Safetensors(metadata: [Self.metadataKey: text], tensors: network.tensors)
      .encoded(half: half)
  }

  /// All but the weights.
  var metadata: ModelMetadata {
    ModelMetadata(
      format: ModelMetadata.currentFormat, labels: labels, frontEnd: frontEnd,
      normalization: normalization, network: network.shape, window: window, decision: decision,
      record: record)
  }

  /// Reads a model from bytes; `path` is named in errors.
  init(decoding bytes: [UInt8], from path: FilePath) throws(ModelError) {
    try self.init(decoding: bytes.span.bytes, from: path)
  }

  /// Reads a model from bytes, of which nothing is copied but its numbers; `path` is named in errors.
  init(decoding bytes: RawSpan, from path: FilePath) throws(ModelError) {
    let header: SafetensorsHeader
    do { header = try SafetensorsHeader(of: bytes) } catch {
      throw .invalid(path, problem: "\(error)")
    }
    guard let text = header.metadata[Self.metadataKey] else {
      throw .invalid(
        path, problem: "the metadata has no \"\(Self.metadataKey)\": not written by kws")
    }
    let metadata = try Self.metadata(text, from: path)
    if let problem = metadata.problem { throw .invalid(path, problem: problem) }
    let parameters: [Float]
    do {
      parameters = try ParameterLayout(metadata.network).parameters(
        from: header.entries, in: bytes)
    } catch { throw .invalid(path, problem: "\(error)") }
    self.init(
      labels: metadata.labels, frontEnd: metadata.frontEnd, normalization: metadata.normalization,
      window: metadata.window, decision: metadata.decision, record: metadata.record,
      network: Network(shape: metadata.network, parameters: parameters))
  }

  private static func metadata(
    _ text: String, from path: FilePath
  ) throws(ModelError) -> ModelMetadata {
    let value: JSONValue
    do { value = try JSONValue(parsing: ArraySlice(text.utf8)) } catch {
      throw .invalid(path, problem: "the metadata is not valid JSON: \(error)")
    }
    guard let format = value["format"]?.count else {
      throw .invalid(path, problem: "the metadata has no format number")
    }
    guard format <= ModelMetadata.currentFormat else {
      throw .newerFormat(path, found: format, supported: ModelMetadata.currentFormat)
    }
    do { return try JSONDecoder().decode(ModelMetadata.self, from: Data(text.utf8)) } catch {
      throw .invalid(path, problem: "the metadata does not fit: \(decodingProblem(error))")
    }
  }
}

extension ModelMetadata {
  /// The first disagreement among the parts, or nil.
  var problem: String? {
    let sizes = [network.features, network.hidden, network.layers, network.classes]
    if !sizes.allSatisfy({ (1...65_536).contains($0) }) || network.layers > 64 {
      return "sizes of the network that make no sense: \(sizes)"
    }
    if labels.count != network.classes {
      return "\(labels.count) labels for \(network.classes) classes"
    }
    if Set(labels).count != labels.count { return "two labels are equal" }
    if labels.contains(where: \.isEmpty) { return "a label is empty" }
    if normalization.mean.count != network.features
      || normalization.deviation.count != network.features
    {
      return "normalisation of \(normalization.mean.count) means and "
        + "\(normalization.deviation.count) deviations for \(network.features) features"
    }
    for mean in normalization.mean where !(abs(mean) <= Self.largestMean) {
      return "a mean must lie within +-\(Self.largestMean), not at \(mean)"
    }
    for deviation in normalization.deviation where !Self.deviations.contains(deviation) {
      return "a deviation must lie within \(Self.deviations), not at \(deviation)"
    }
    if !Self.temperatures.contains(decision.temperature) {
      return "the temperature must lie within \(Self.temperatures), not at \(decision.temperature)"
    }
    for value in [decision.threshold] + decision.thresholds.values where !(0...1).contains(value) {
      return "a threshold must lie between 0 and 1, not at \(value)"
    }
    if let problem = record.problem { return problem }
    if let problem = window.problem { return problem }
    do {
      let frontEnd = try FrontEnd(frontEnd)
      let features = frontEnd.featureCount
      if features != network.features {
        return "the front end makes \(features) features, the network reads \(network.features)"
      }
      return window.problem(with: frontEnd, network)
    } catch { return "the front end: \(error)" }
  }

  // With weights within `ParameterLayout.largest`, these bounds keep every sum in the network far
  // from overflow, so that no file can make an answer that is no number.
  private static let largestMean: Float = 1e9
  private static let deviations: ClosedRange<Float> = 1e-6...1e9
  private static let temperatures: ClosedRange<Float> = 1e-3...1e3
}

/// JSON as kws writes it: sorted keys and plain slashes.
func jsonEncoder(pretty: Bool = false) -> JSONEncoder {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  return encoder
}

/// A decoder's complaint as one phrase with the place.
func decodingProblem(_ error: any Error) -> String {
  func place(_ context: DecodingError.Context) -> String {
    context.codingPath.isEmpty
      ? "the document" : context.codingPath.map(\.stringValue).joined(separator: ".")
  }
  switch error {
  case DecodingError.keyNotFound(let key, let context):
    return "\(place(context)) has no \"\(key.stringValue)\""
  case DecodingError.typeMismatch(let type, let context):
    return "\(place(context)) is not of type \(type)"
  case DecodingError.valueNotFound(_, let context): return "\(place(context)) is null"
  case DecodingError.dataCorrupted(let context):
    return "\(place(context)): \(context.debugDescription)"
  default: return "\(error)"
  }
}
