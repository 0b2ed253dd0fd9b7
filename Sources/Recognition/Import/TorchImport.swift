import Basics
import Neural
import Sound
import SystemPackage

/// Makes a model of weights that were trained elsewhere: the state of PyTorch's `nn.LSTM` and a linear
/// output layer, in a safetensors file.
///
///     let source = TorchImport(labels: ["yes", "no", "_unknown_"], pooling: .mean)
///     let model = try source.model(contentsOf: "weights.safetensors")
///
/// The file has PyTorch's names with any prefix before `weight_ih_l0`. Sizes, the number of layers and
/// the directions follow from them; gates are in PyTorch's order, which is that of models. Beside the
/// LSTM may be `mean` and `deviation` (F) of the features, and for attention a layer `attention` (1, DH).
public struct TorchImport: Sendable {
  /// (C): the names of the classes in the order of the output layer's rows.
  public var labels: [String]
  /// How the states of all frames become one vector; no file says so.
  public var pooling: Pooling
  /// The front end whose features the network was trained on.
  public var frontEnd = FrontEndOptions(preset: .kws, sampleRate: 16_000)
  /// Mean and deviation of the features, where the file has none.
  ///
  /// One number each stands for all features; nil leaves features as they are.
  public var normalization: FeatureNormalization?
  /// The rule that cuts or pads clips.
  public var window = ClipWindow(minimumSeconds: 0.25, maximumSeconds: 1, hopSeconds: 0.25)
  /// The name of the output layer; nil is `fc`.
  public var output: String?

  /// Weights of classes with these labels.
  public init(labels: [String], pooling: Pooling) {
    (self.labels, self.pooling) = (labels, pooling)
  }

  /// Reads a file, and checks every name, size and number.
  ///
  /// - Returns: A model that answers with the likeliest class; without an unknown class, only with a
  ///   keyword of at least 0.5.
  /// - Throws: `ModelError`: `.file`, or `.notImported` with the first fault.
  public func model(contentsOf path: FilePath) throws(ModelError) -> KeywordModel {
    let bytes: [UInt8]
    do { bytes = try readFile(path, limit: KeywordModel.maximumFile) } catch { throw .file(error) }
    let name = path.lastComponent.map { FilePath(root: nil, [$0]) } ?? path
    do { return try model(decoding: bytes.span.bytes, named: name.displayName) } catch {
      throw .notImported(path, problem: "\(error)")
    }
  }

  /// The model of a file's bytes.
  func model(decoding bytes: RawSpan, named name: String) throws(ImportFault) -> KeywordModel {
    let header: SafetensorsHeader
    do { header = try SafetensorsHeader(of: bytes) } catch { throw .tensor(.damaged(error)) }
    var entries = header.entries
    let names = try TorchNames(of: entries, output: output)
    let shape = try shape(of: entries, names)
    let normalization = try normalization(
      in: &entries, of: bytes, names, features: shape.features)
    let metadata = metadata(shape, normalization, from: name)
    if let problem = metadata.problem { throw .content(problem) }
    do throws(TensorFault) {
      let network = try Network(
        shape, from: entries, in: bytes, name: names.callAsFunction)
      return KeywordModel(metadata, ClipHistory.unknown, network)
    } catch { throw .tensor(error) }
  }

  /// The sizes that the tensors' shapes say.
  private func shape(
    of entries: [SafetensorsEntry], _ names: TorchNames
  ) throws(ImportFault) -> NetworkShape {
    let present = Set(entries.map(\.name))
    // Any tensor of four, so that a missing one is named.
    func has(_ layer: Int, _ direction: Direction) -> Bool {
      ParameterRole.LSTMParameter.allCases.contains {
        present.contains(names(.lstm($0, layer: layer, direction)))
      }
    }
    func matrix(_ role: ParameterRole) throws(ImportFault) -> [Int] {
      let name = names(role)
      guard let entry = entries.first(where: { $0.name == name }) else {
        throw .missing(name, others: entries.map(\.name).filter { !$0.hasPrefix(names.lstm) })
      }
      guard entry.shape.count == 2 else { throw .noMatrix(name: name, shape: entry.shape) }
      return entry.shape
    }
    var layers = 1
    while has(layers, .forward) { layers += 1 }
    return NetworkShape(
      features: try matrix(.lstm(.inputWeights, layer: 0, .forward))[1],
      hidden: try matrix(.lstm(.recurrentWeights, layer: 0, .forward))[1], layers: layers,
      directions: has(0, .reverse) ? .both : .forward,
      classes: try matrix(.output(.weight))[0], pooling: pooling)
  }

  /// Takes the tensors of the normalisation out of the others.
  private func normalization(
    in entries: inout [SafetensorsEntry], of bytes: RawSpan, _ names: TorchNames, features: Int
  ) throws(ImportFault) -> FeatureNormalization {
    func take(_ name: String) throws(ImportFault) -> [Float]? {
      guard let index = entries.firstIndex(where: { $0.name == name && $0.type != .byte }) else {
        return nil
      }
      let entry = entries.remove(at: index)
      do { return try entry.values(in: bytes) } catch { throw .tensor(.damaged(error)) }
    }
    let (meanName, deviationName) = (names.beside("mean"), names.beside("deviation"))
    var mean = try take(meanName)
    var deviation = try take(deviationName)
    if let normalization {
      if mean != nil { throw .normalizationTwice(meanName) }
      if deviation != nil { throw .normalizationTwice(deviationName) }
      (mean, deviation) = (normalization.mean, normalization.deviation)
      // Within the largest size of a network, so that no file asks for more memory.
      if mean?.count == 1, features <= 65_536 {
        mean = [Float](repeating: mean![0], count: features)
        deviation = [Float](repeating: deviation![0], count: features)
      }
    }
    switch (mean, deviation) {
    case (nil, nil):
      let count = max(0, min(features, 65_536))
      return FeatureNormalization(
        mean: [Float](repeating: 0, count: count), deviation: [Float](repeating: 1, count: count))
    case (nil, _): throw .oneOfTwo(missing: meanName)
    case (_, nil): throw .oneOfTwo(missing: deviationName)
    case (let mean?, let deviation?):
      for (name, values) in [(meanName, mean), (deviationName, deviation)]
      where values.count != features {
        throw .numbers(name: name, count: values.count, features: features)
      }
      return FeatureNormalization(mean: mean, deviation: deviation)
    }
  }

  private func metadata(
    _ shape: NetworkShape, _ normalization: FeatureNormalization, from name: String
  ) -> ModelMetadata {
    var decision = Decision()
    // As after a training: without an unknown class, only a threshold can give that answer.
    if !labels.contains(ClassLabel.unknown) { decision.threshold = 0.5 }
    var options = DatasetOptions()
    options.words = labels.filter(ClassLabel.isKeyword)
    return ModelMetadata(
      format: ModelMetadata.stored.current, labels: labels, frontEnd: frontEnd,
      channel: StoredChannel(nil), normalization: normalization, network: shape, window: window,
      decision: decision, rule: ListeningRule(),
      record: TrainingRecord(
        program: Version.current, dataset: name, options: options, clips: [:], seed: 0, epochs: 0,
        bestEpoch: 0),
      history: ClipHistorySummary(.unknown))
  }
}

extension ClipHistory {
  /// Of a model that was trained elsewhere: which clips it has met is not known.
  fileprivate static var unknown: ClipHistory {
    var history = ClipHistory()
    history.trained.isComplete = false
    history.selected.isComplete = false
    return history
  }
}
