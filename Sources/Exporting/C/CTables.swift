import Glibc
import Neural
import Recognition
import Sound

/// The model's numbers.
enum CTables {
  /// What the code knows of the numbers before they come.
  static func declarations(_ model: KeywordModel, _ weights: ExportedWeights) -> String {
    let number = weights == .int8 ? "signed char" : "float"
    let scales =
      weights == .int8
      ? """

        const float *input_scales;     /* (GATES) */
        const float *recurrent_scales; /* (GATES) */
      """ : ""
    let attention =
      model.network.shape.pooling.parts.contains(.attention)
      ? "\nextern const float kws_model_attention[STATES];" : ""
    let slopes =
      model.frontEnd.deltaOrder > 0
      ? "\nextern const float kws_model_slopes[ORDERS * (2 * REACH + 1)];" : ""
    return """
      /* One direction of a layer; the gates of a frame come in the order input, forget, candidate,
         output. */
      typedef struct lstm_weights {
        int inputs;
        int is_reverse;
        const \(number) *input;     /* (inputs, GATES) */
        const \(number) *recurrent; /* (HIDDEN, GATES) */
        const float *bias;      /* (GATES) */\(scales)
      } lstm_weights;

      extern const float kws_model_window[FRAME];
      extern const float kws_model_cosines[LENGTH / 2];
      extern const float kws_model_sines[LENGTH / 2];
      extern const int kws_model_mel_first[BANDS];
      extern const int kws_model_mel_count[BANDS];
      extern const float kws_model_mel_weights[];
      extern const float kws_model_cosine_transform[COEFFICIENTS * BANDS];\(slopes)
      extern const float kws_model_mean[FEATURES];
      extern const float kws_model_scale[FEATURES];
      extern const lstm_weights kws_model_lstm[LAYERS * DIRECTIONS];\(attention)
      extern const float kws_model_output[CLASSES * POOLED];
      extern const float kws_model_output_bias[CLASSES];
      extern const float kws_model_temperature;
      extern const float kws_model_prior[CLASSES];
      extern const float kws_model_thresholds[CLASSES];
      """
  }

  /// The numbers themselves.
  static func definitions(_ model: KeywordModel, _ weights: ExportedWeights) -> [String] {
    decision(model) + frontEnd(model) + network(model.network, weights)
  }

  private static func decision(_ model: KeywordModel) -> [String] {
    let decision = model.decision
    let thresholds = model.labels.map { label in
      ClassLabel.isKeyword(label) ? decision.thresholds[label] ?? decision.threshold : 0
    }
    return [
      "/* The model's numbers. */\n\n"
        + CText.array("char *const kws_model_labels[CLASSES]", model.labels.map(CText.literal)),
      "/* A keyword below its threshold is answered by unknown. */\n"
        + CText.array("float kws_model_thresholds[CLASSES]", thresholds),
      "/* Logits are divided by this. */\n"
        + "const float kws_model_temperature = \(CText.number(decision.temperature));",
      "/* Added to the logits, so that posteriors stand for the shares of the task. */\n"
        + CText.array(
          "float kws_model_prior[CLASSES]",
          decision.prior.offsets(model.labels) ?? model.labels.map { _ in 0 }),
    ]
  }

  private static func frontEnd(_ model: KeywordModel) -> [String] {
    let options = model.frontEnd
    let tables = FrontEndTables(options)
    let turns = (0..<options.fftLength / 2).map {
      2 * Double.pi * Double($0) / Double(options.fftLength)
    }
    let bands = tables.melBands.map { row -> (first: Int, weights: ArraySlice<Float>) in
      guard let first = row.firstIndex(where: { $0 > 0 }),
        let last = row.lastIndex(where: { $0 > 0 })
      else { return (0, []) }
      return (options.firstBin + first, row[first...last])
    }
    let cosines = tables.cosines.enumerated().flatMap { row, values in
      values.map { $0 * (tables.lifter?[row] ?? 1) }
    }
    var arrays = [
      CText.array("float kws_model_window[FRAME]", tables.window.map { Float($0) }),
      "/* Of 2 pi k / LENGTH. */\n"
        + CText.array("float kws_model_cosines[LENGTH / 2]", turns.map { Float(cos($0)) }),
      CText.array("float kws_model_sines[LENGTH / 2]", turns.map { Float(sin($0)) }),
      "/* The first bin of each band, and how many it has. */\n"
        + CText.array("int kws_model_mel_first[BANDS]", bands.map(\.first)),
      CText.array("int kws_model_mel_count[BANDS]", bands.map(\.weights.count)),
      CText.array("float kws_model_mel_weights[]", bands.flatMap(\.weights)),
      "/* (COEFFICIENTS, BANDS) */\n"
        + CText.array("float kws_model_cosine_transform[COEFFICIENTS * BANDS]", cosines),
    ]
    if options.deltaOrder > 0 {
      arrays.append(
        "/* (ORDERS, 2 * REACH + 1) */\n"
          + CText.array(
            "float kws_model_slopes[ORDERS * (2 * REACH + 1)]", tables.slopes.flatMap(\.self)))
    }
    let normalization = model.normalization
    return arrays + [
      "/* x becomes (x - mean) * scale. */\n"
        + CText.array("float kws_model_mean[FEATURES]", normalization.mean),
      CText.array("float kws_model_scale[FEATURES]", normalization.deviation.map { 1 / $0 }),
    ]
  }

  private static func network(
    _ network: Network<Float>, _ weights: ExportedWeights
  ) -> [String] {
    let shape = network.shape
    var arrays: [String] = []
    var entries: [String] = []
    for layer in 0..<shape.layers {
      for direction in shape.directions.all {
        let name = "kws_model_l\(layer)" + (direction == .reverse ? "_reverse" : "")
        let inputs = shape.inputs(ofLayer: layer)
        func role(_ parameter: ParameterRole.LSTMParameter) -> ArraySlice<Float> {
          network[.lstm(parameter, layer: layer, direction)]
        }
        arrays += matrix(role(.inputWeights), "input", name, columns: inputs, weights)
        arrays += matrix(role(.recurrentWeights), "recurrent", name, columns: shape.hidden, weights)
        arrays.append(
          "static "
            + CText.array(
              "float \(name)_bias[GATES]",
              zip(role(.inputBias), role(.recurrentBias)).map { $0 + $1 }))
        let scales = weights == .int8 ? ", \(name)_input_scales, \(name)_recurrent_scales" : ""
        entries.append(
          "  {\(inputs), \(direction == .reverse ? 1 : 0), \(name)_input, \(name)_recurrent, "
            + "\(name)_bias\(scales)},")
      }
    }
    arrays.append(
      "const lstm_weights kws_model_lstm[LAYERS * DIRECTIONS] = {\n"
        + entries.joined(separator: "\n") + "\n};")
    if shape.pooling.parts.contains(.attention) {
      arrays.append(
        CText.array(
          "float kws_model_attention[STATES]", network[.pooling(.weight, .attention)]))
    }
    return arrays + [
      "/* (CLASSES, POOLED) */\n"
        + CText.array("float kws_model_output[CLASSES * POOLED]", network[.output(.weight)]),
      CText.array("float kws_model_output_bias[CLASSES]", network[.output(.bias)]),
    ]
  }

  /// A matrix (GATES, columns) as its transpose, in which the gates of one column stand together.
  private static func matrix(
    _ values: ArraySlice<Float>, _ part: String, _ name: String, columns: Int,
    _ weights: ExportedWeights
  ) -> [String] {
    let rows = values.count / columns
    func transposed<Number>(_ numbers: [Number]) -> [Number] {
      (0..<columns).flatMap { column in (0..<rows).map { numbers[$0 * columns + column] } }
    }
    switch weights {
    case .float32:
      return [
        CText.array("float \(name)_\(part)[\(columns) * GATES]", transposed(Array(values)))
      ].map { "static " + $0 }
    case .int8:
      let rounded = QuantizedRows(values, rows: rows)
      return [
        CText.array(
          "signed char \(name)_\(part)[\(columns) * GATES]", transposed(rounded.values)),
        CText.array("float \(name)_\(part)_scales[GATES]", rounded.scales),
      ].map { "static " + $0 }
    }
  }
}
