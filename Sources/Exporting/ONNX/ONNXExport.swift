import Basics
import Recognition
import SystemPackage

/// A trained model as an ONNX file: from samples or features to posteriors in one graph of standard
/// operators.
///
///     let export = try ONNXExport(model, input: .audio)
///     try export.write(to: "model.onnx")
///
/// The batch and the length are dynamic. Each sequence is one window of the model; longer recordings
/// are cut into windows, whose length and hop are in the metadata.
public struct ONNXExport: Sendable {
  /// What the graph reads.
  public enum Input: String, CaseIterable, Sendable {
    /// (batch, samples): at the model's rate, +-1 is full scale.
    case audio
    /// (batch, frames, F): as the front end makes them, before the model's normalisation.
    case features
  }

  /// Versions of the standard operators that can be written.
  public static let opsets = 14...22
  /// The version that is written by default.
  public static let standardOpset = 17

  /// The file.
  public let bytes: [UInt8]

  /// Builds the graph.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - input: What the graph reads.
  ///   - opset: Version of the standard operators.
  ///   - weights: How the weights are stored.
  /// - Throws: `ExportError`.
  public init(
    _ model: KeywordModel, input: Input = .audio, opset: Int = standardOpset,
    weights: ExportedWeights = .float32
  ) throws(ExportError) {
    guard Self.opsets.contains(opset) else { throw .opset(opset, supported: Self.opsets) }
    var graph = ONNXGraph(name: "kws", opset: opset)
    let features: ONNXGraph.Value
    switch input {
    case .features:
      features = graph.input(
        "features", [.named("batch"), .named("frames"), .fixed(model.frontEnd.featureCount)])
    case .audio:
      let samples = graph.input("samples", [.named("batch"), .named("length")])
      features = try graph.frontEnd(samples, model.frontEnd, window: model.window)
    }
    let normalized = graph.normalized(features, model.normalization)
    let posteriors = graph.network(
      normalized, model.network, PosteriorScale(model.decision, labels: model.labels), weights)
    graph.output(posteriors, [.named("batch"), .fixed(model.labels.count)])
    bytes =
      graph.model(
        producer: "kws", version: Version.current,
        metadata: ExportedFacts(model).pairs + [("kws.input", input.rawValue)]
      ).bytes
  }
}

extension ONNXExport {
  /// Writes the file so that a reader sees the old one or the new one, never a part.
  ///
  /// - Throws: `FileError.cannotCreate` or `.writeFailed`.
  public func write(to path: FilePath) throws(FileError) { try AtomicFile.write(bytes, to: path) }
}
