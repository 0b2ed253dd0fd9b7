import Neural

/// The code from a window's features to its posteriors.
enum CNetwork {
  /// One direction of a layer.
  static func lstm(_ weights: ExportedWeights) -> String {
    let product =
      switch weights {
      case .float32:
        """
        /* Adds the product of `count` numbers and a matrix (count, GATES) to the gates. */
        static void add_product(kws_model *model, const float *x, int count, const float *weights) {
          float *gates = model->gates;
          for (int i = 0; i < count; i++) {
            const float *row = weights + i * GATES;
            for (int j = 0; j < GATES; j++) gates[j] += x[i] * row[j];
          }
        }
        """
      case .int8:
        """
        /* Adds the product of `count` numbers and a matrix (count, GATES) to the gates; each gate's
           weights have a scale of their own. */
        static void add_product(kws_model *model, const float *x, int count,
                                const signed char *weights, const float *scales) {
          float *gates = model->gates, *sums = model->sums;
          for (int j = 0; j < GATES; j++) sums[j] = 0.0f;
          for (int i = 0; i < count; i++) {
            const signed char *row = weights + i * GATES;
            for (int j = 0; j < GATES; j++) sums[j] += x[i] * (float)row[j];
          }
          for (int j = 0; j < GATES; j++) gates[j] += scales[j] * sums[j];
        }
        """
      }
    let (inputScales, recurrentScales) =
      weights == .int8 ? (", lstm->input_scales", ", lstm->recurrent_scales") : ("", "")
    return """
      static float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

      \(product)

      /* One direction over all frames: inputs (frames, lstm->inputs) to its columns of states
         (frames, STATES). */
      static void run_lstm(kws_model *model, const lstm_weights *lstm, const float *inputs, int frames,
                           float *states) {
        const float *previous = NULL;
        float *gates = model->gates, *cell = model->cell;
        memset(cell, 0, sizeof model->cell);
        for (int step = 0; step < frames; step++) {
          int t = lstm->is_reverse ? frames - 1 - step : step;
          float *hidden = states + t * STATES + (lstm->is_reverse ? HIDDEN : 0);
          memcpy(gates, lstm->bias, sizeof model->gates);
          add_product(model, inputs + t * lstm->inputs, lstm->inputs, lstm->input\(inputScales));
          if (previous) add_product(model, previous, HIDDEN, lstm->recurrent\(recurrentScales));
          for (int i = 0; i < HIDDEN; i++) {
            float input = sigmoid(gates[i]), forget = sigmoid(gates[HIDDEN + i]);
            float candidate = tanhf(gates[2 * HIDDEN + i]), output = sigmoid(gates[3 * HIDDEN + i]);
            cell[i] = forget * cell[i] + input * candidate;
            hidden[i] = output * tanhf(cell[i]);
          }
          previous = hidden;
        }
      }
      """
  }

  /// All layers, pooling, output and softmax.
  static func recognise(_ shape: NetworkShape) -> String {
    let parts = shape.pooling.parts.enumerated().map { index, part in
      let place = index == 0 ? "model->pooled" : "model->pooled + \(index) * STATES"
      return switch part {
      case .last: "  pool_last(states, frames, \(place));"
      case .mean: "  pool_mean(states, frames, \(place));"
      case .attention: "  pool_attention(model, states, frames, \(place));"
      }
    }
    let functions = shape.pooling.parts.map { part in
      switch part {
      case .last: last(shape)
      case .mean: mean
      case .attention: attention
      }
    }
    return ([softmax] + functions + [network(parts), recognise]).joined(separator: "\n\n")
  }

  private static func last(_ shape: NetworkShape) -> String {
    let reverse =
      shape.directions == .both
      ? "\n  memcpy(pooled + HIDDEN, states + HIDDEN, HIDDEN * sizeof(float));" : ""
    return """
      /* The last state of each direction: the reverse one of the first frame. */
      static void pool_last(const float *states, int frames, float *pooled) {
        memcpy(pooled, states + (frames - 1) * STATES, HIDDEN * sizeof(float));\(reverse)
      }
      """
  }

  private static let mean = """
    static void pool_mean(const float *states, int frames, float *pooled) {
      memset(pooled, 0, STATES * sizeof(float));
      for (int t = 0; t < frames; t++) {
        for (int i = 0; i < STATES; i++) pooled[i] += states[t * STATES + i] / (float)frames;
      }
    }
    """

  private static let attention = """
    /* A mean over the frames, weighted by the softmax of a score of each. */
    static void pool_attention(kws_model *model, const float *states, int frames, float *pooled) {
      float *shares = model->scores;
      for (int t = 0; t < frames; t++) {
        float score = 0.0f;
        for (int i = 0; i < STATES; i++) score += states[t * STATES + i] * kws_model_attention[i];
        shares[t] = score;
      }
      softmax(shares, frames);
      memset(pooled, 0, STATES * sizeof(float));
      for (int t = 0; t < frames; t++) {
        for (int i = 0; i < STATES; i++) pooled[i] += shares[t] * states[t * STATES + i];
      }
    }
    """

  private static let softmax = """
    static void softmax(float *x, int count) {
      float largest = x[0], sum = 0.0f;
      for (int i = 1; i < count; i++) {
        if (x[i] > largest) largest = x[i];
      }
      for (int i = 0; i < count; i++) {
        x[i] = expf(x[i] - largest);
        sum += x[i];
      }
      for (int i = 0; i < count; i++) x[i] /= sum;
    }
    """

  private static func network(_ pooling: [String]) -> String {
    """
    /* Features (frames, FEATURES) to the posteriors. */
    static void run_network(kws_model *model, int frames) {
      const float *inputs = model->features;
      float *states = model->work;
      for (int layer = 0; layer < LAYERS; layer++) {
        /* A layer reads what the one below wrote, and writes into the other half. */
        states = model->work + layer % 2 * (KWS_MODEL_FRAMES * STATES);
        for (int direction = 0; direction < DIRECTIONS; direction++) {
          run_lstm(model, &kws_model_lstm[layer * DIRECTIONS + direction], inputs, frames, states);
        }
        inputs = states;
      }
    \(pooling.joined(separator: "\n"))
      for (int i = 0; i < CLASSES; i++) {
        float logit = kws_model_output_bias[i];
        for (int j = 0; j < POOLED; j++) {
          logit += kws_model_output[i * POOLED + j] * model->pooled[j];
        }
        model->posteriors[i] = logit / kws_model_temperature + kws_model_prior[i];
      }
      softmax(model->posteriors, CLASSES);
    }
    """
  }

  private static let recognise = """
    /* The posteriors of `count` frames from `first` on, counted from the start of the next window. */
    static void recognise(kws_model *model, int first, int count) {
      find_features(model, first, count);
      run_network(model, count);
    }
    """
}
