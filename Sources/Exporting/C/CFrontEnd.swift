import Sound

/// The code from samples to a frame's coefficients.
enum CFrontEnd {
  /// Cooley and Tukey's transform, decimation in time.
  static let transform = """
    /* The Fourier transform, in place (Cooley and Tukey 1965). */
    static void transform(float *real, float *imaginary) {
      /* Places change with those that their bits reversed name. */
      for (int i = 1, j = 0; i < LENGTH; i++) {
        int bit = LENGTH / 2;
        for (; j & bit; bit /= 2) j ^= bit;
        j ^= bit;
        if (i < j) {
          float swapped = real[i];
          real[i] = real[j];
          real[j] = swapped;
          swapped = imaginary[i];
          imaginary[i] = imaginary[j];
          imaginary[j] = swapped;
        }
      }
      /* Halves of 1, 2, 4, ... are joined by butterflies. */
      for (int half = 1; half < LENGTH; half *= 2) {
        for (int start = 0; start < LENGTH; start += 2 * half) {
          for (int k = 0; k < half; k++) {
            int up = start + k, down = up + half, turn = k * (LENGTH / 2 / half);
            float cosine = kws_model_cosines[turn], sine = kws_model_sines[turn];
            float x = cosine * real[down] + sine * imaginary[down];
            float y = cosine * imaginary[down] - sine * real[down];
            real[down] = real[up] - x;
            imaginary[down] = imaginary[up] - y;
            real[up] += x;
            imaginary[up] += y;
          }
        }
      }
    }
    """

  /// One frame, with the stages that the recipe has and no others.
  static func frame(_ options: FrontEndOptions) -> String {
    let logarithm = options.logarithm == .decibels ? "4.3429448f * logf(x)" : "logf(x)"
    let floor = CText.number(Float(options.logFloor))
    let floored =
      switch options.logFloorRule {
      case .add: "x += \(floor);"
      case .maximum: "if (x < \(floor)) x = \(floor);"
      case .replaceZero: "if (x == 0.0f) x = \(floor);"
      }
    var steps = [loading(options), power(options)]
    steps += [bands, cosines]
    if options.energy != .none { steps.append("  coefficients[0] = logarithm(energy);") }
    if options.zerothLast {
      steps.append(
        """
          /* The first coefficient goes behind the others. */
          float first = coefficients[0];
          for (int i = 1; i < COEFFICIENTS; i++) coefficients[i - 1] = coefficients[i];
          coefficients[COEFFICIENTS - 1] = first;
        """)
    }
    return """
      /* The logarithm of an energy, kept finite by a floor. */
      static float logarithm(float x) {
        \(floored)
        return \(logarithm);
      }

      /* The coefficients of the frame that is complete. */
      static void analyse(kws_model *model, float *coefficients) {
        float *real = model->real, *imaginary = model->imaginary;
      \(steps.joined(separator: "\n"))
      }
      """
  }

  /// From the frame to the transform's input.
  private static func loading(_ options: FrontEndOptions) -> String {
    var steps: [String] = []
    var source = "model->frame"
    if options.removesOffset || options.preEmphasis != 0 || options.energy == .frame {
      source = "real"
      steps.append("  memcpy(real, model->frame, sizeof model->frame);")
    }
    if options.removesOffset {
      steps.append(
        """
          float mean = 0.0f;
          for (int i = 0; i < FRAME; i++) mean += real[i];
          mean /= (float)FRAME;
          for (int i = 0; i < FRAME; i++) real[i] -= mean;
        """)
    }
    if options.energy == .frame {
      steps.append(
        """
          float energy = 0.0f;
          for (int i = 0; i < FRAME; i++) energy += real[i] * real[i];
        """)
    }
    if options.preEmphasis != 0 {
      let factor = CText.number(Float(options.preEmphasis))
      steps.append(
        """
          /* High frequencies are raised; before the first sample stands itself. */
          for (int i = FRAME - 1; i > 0; i--) real[i] -= \(factor) * real[i - 1];
          real[0] -= \(factor) * real[0];
        """)
    }
    steps.append(
      """
        for (int i = 0; i < FRAME; i++) real[i] = \(source)[i] * kws_model_window[i];
        for (int i = FRAME; i < LENGTH; i++) real[i] = 0.0f;
        for (int i = 0; i < LENGTH; i++) imaginary[i] = 0.0f;
        transform(real, imaginary);
      """)
    return steps.joined(separator: "\n")
  }

  private static func power(_ options: FrontEndOptions) -> String {
    let taken =
      switch options.spectrum {
      case .power: "x"
      case .magnitude: "sqrtf(x)"
      case .periodogram: "x / (float)LENGTH"
      }
    let sum =
      options.energy == .spectrum
      ? """

        float energy = 0.0f;
        for (int i = 0; i < BINS; i++) energy += real[i];
      """ : ""
    return """
        for (int i = 0; i < BINS; i++) {
          float x = real[i] * real[i] + imaginary[i] * imaginary[i];
          real[i] = \(taken);
        }
      """ + sum
  }

  private static let bands = """
      /* Only the weights that are not zero are kept, band after band. */
      const float *weight = kws_model_mel_weights;
      for (int band = 0; band < BANDS; band++) {
        float sum = 0.0f;
        int first = kws_model_mel_first[band];
        for (int i = 0; i < kws_model_mel_count[band]; i++) sum += *weight++ * real[first + i];
        model->bands[band] = logarithm(sum);
      }
    """

  private static let cosines = """
      for (int i = 0; i < COEFFICIENTS; i++) {
        float sum = 0.0f;
        for (int band = 0; band < BANDS; band++) {
          sum += kws_model_cosine_transform[i * BANDS + band] * model->bands[band];
        }
        coefficients[i] = sum;
      }
    """
}
