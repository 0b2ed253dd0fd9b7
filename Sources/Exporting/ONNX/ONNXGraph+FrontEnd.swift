import Recognition
import Sound

extension ONNXGraph {
  /// (batch, samples) to (batch, frames, F): the stages of the front end in their order.
  ///
  /// - Throws: `ExportError.frontEnd`.
  mutating func frontEnd(
    _ samples: Value, _ options: FrontEndOptions, window: ClipWindow
  ) throws(ExportError) -> Value {
    let tables = FrontEndTables(options)
    let clip = ONNXClip(
      samples: padded(samples, to: window.minimumLength(sampleRate: options.sampleRate)), &self)
    let waveform = waveform(clip, options)
    var frames = framed(waveform, clip, options)
    if options.removesOffset {
      frames = node("Sub", [frames, mean(frames, over: 2, as: "offset")], as: "frames.centred")
    }
    var energy = options.energy == .frame ? energy(frames) : nil
    if options.preEmphasis != 0, options.preEmphasisScope == .frame {
      frames = emphasized(frames, by: options.preEmphasis)
    }
    let spectrum = try spectrum(frames, options, tables)
    if options.energy == .spectrum {
      energy = sum(spectrum.all, over: [2], as: "energy")
    }
    let bands = melBands(spectrum.counted, options, tables)
    let logarithms = limited(logarithm(bands, options, as: "bands"), options)
    var cepstra = cepstra(logarithms, options, tables)
    if let energy {
      cepstra = withFirst(of: cepstra, replacedBy: logarithm(energy, options, as: "energy"))
    }
    if options.zerothLast { cepstra = zerothLast(cepstra, count: options.coefficients) }
    let features = withSlopes(cepstra, options, tables)
    guard options.subtractsClipMean else { return features }
    return node("Sub", [features, mean(features, over: 1, as: "clip_mean")], as: "features")
  }
}

/// A clip of at least one frame, and its length.
struct ONNXClip {
  /// (batch, samples).
  let samples: ONNXGraph.Value
  /// Number of samples, a scalar.
  let count: ONNXGraph.Value

  init(samples: ONNXGraph.Value, _ graph: inout ONNXGraph) {
    self.samples = samples
    let shape = graph.node("Shape", [samples], as: "clip.shape")
    let axis = graph.constant(1, as: "clip.axis")
    count = graph.node("Gather", [shape, axis], as: "clip.count", [("axis", .integer(0))])
  }
}
