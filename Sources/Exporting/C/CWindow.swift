import Sound

/// The code around a window: its features, and the stream that it is a part of.
enum CWindow {
  /// From the ring of frames to a window's features.
  static func features(_ options: FrontEndOptions) -> String {
    var parts: [String] = []
    if options.deltaOrder > 0 { parts.append(slope(options)) }
    var steps = [
      """
        int start = model->ring_end + 2 * RING - model->frame_count + first;
        model->feature_frames = count;
        for (int t = 0; t < count; t++) {
          const float *frame = model->ring + (start + t) % RING * COEFFICIENTS;
          memcpy(features + t * FEATURES, frame, COEFFICIENTS * sizeof(float));
        }
      """
    ]
    if options.deltaOrder > 0 {
      steps.append(
        """
          for (int order = 1; order <= ORDERS; order++) {
            for (int t = 0; t < count; t++) find_slope(features, t, count, order);
          }
        """)
    }
    if options.subtractsClipMean {
      steps.append(
        """
          for (int i = 0; i < FEATURES; i++) {
            double sum = 0.0;
            for (int t = 0; t < count; t++) sum += (double)features[t * FEATURES + i];
            float mean = (float)(sum / (double)count);
            for (int t = 0; t < count; t++) features[t * FEATURES + i] -= mean;
          }
        """)
    }
    steps.append(
      """
        for (int t = 0; t < count; t++) {
          for (int i = 0; i < FEATURES; i++) {
            float *x = features + t * FEATURES + i;
            *x = (*x - kws_model_mean[i]) * kws_model_scale[i];
          }
        }
      """)
    parts.append(
      """
      /* The features of `count` frames from `first` on, counted from the start of the next window. */
      static void find_features(kws_model *model, int first, int count) {
        float *features = model->features;
      \(steps.joined(separator: "\n"))
      }
      """)
    return parts.joined(separator: "\n\n")
  }

  private static func slope(_ options: FrontEndOptions) -> String {
    // The slopes of a regression are taken of the columns before; a polynomial's of the first.
    let isRegression = options.deltaRule == .regression
    let source = isRegression ? "(order - 1) * COEFFICIENTS" : "0"
    let middle =
      isRegression
      ? ""
      : """

        /* At the edges the polynomial of the nearest whole window goes on. */
        if (t < REACH) t = REACH;
        if (t > count - 1 - REACH) t = count - 1 - REACH;
      """
    return """
      /* The slopes of frame t over its neighbours; outside the window, its edge frames are repeated. */
      static void find_slope(float *features, int t, int count, int order) {
        const float *weights = kws_model_slopes + (order - 1) * (2 * REACH + 1);
        float *slopes = features + t * FEATURES + order * COEFFICIENTS;
        memset(slopes, 0, COEFFICIENTS * sizeof(float));\(middle)
        for (int n = -REACH; n <= REACH; n++) {
          int neighbour = t + n < 0 ? 0 : t + n >= count ? count - 1 : t + n;
          const float *values = features + neighbour * FEATURES + \(source);
          for (int i = 0; i < COEFFICIENTS; i++) slopes[i] += weights[n + REACH] * values[i];
        }
      }
      """
  }

  /// Samples in, windows out.
  static func stream(_ options: FrontEndOptions) -> String {
    let amplitude =
      options.amplitude == 1 ? "sample" : "\(CText.number(Float(options.amplitude))) * sample"
    let overlap =
      options.hopLength < options.windowLength
      ? """

        memmove(model->frame, model->frame + FRAME_HOP, (FRAME - FRAME_HOP) * sizeof(float));
      """ : ""
    return """
      /* Takes a sample, and makes a frame where that completes one. */
      static void take(kws_model *model, float sample) {
        if (model->frame_fill >= 0) model->frame[model->frame_fill] = \(amplitude);
        if (++model->frame_fill < FRAME) return;
        analyse(model, model->ring + model->ring_end * COEFFICIENTS);
        model->ring_end = (model->ring_end + 1) % RING;
        model->frame_count++;
        model->frame_fill = FRAME - FRAME_HOP;\(overlap)
      }

      /* Takes a short clip again, with zeros on both sides. */
      static void pad(kws_model *model) {
        int count = model->sample_count, before = (MINIMUM - count) / 2;
        model->frame_fill = model->frame_count = model->ring_end = 0;
        for (int i = 0; i < MINIMUM; i++) {
          int is_inside = i >= before && i < before + count;
          take(model, is_inside ? model->work[i - before] : 0.0f);
        }
      }

      /* Follows the events with a window of so many samples. */
      static void detect_in(kws_model *model, double start, int samples) {
        double rate = KWS_MODEL_SAMPLE_RATE;
        model->end = (start + samples) / rate;
        detect(model, start / rate, model->end);
      }

      /* Takes a sample of the recording, and recognises a window where that completes one. */
      static void push(kws_model *model, float sample) {
        if (!(sample > -1048576.0f && sample < 1048576.0f)) {
          model->bad_samples++;
          sample = 0.0f;
        }
        if (!model->has_window && model->sample_count < MINIMUM) {
          model->work[model->sample_count] = sample;
        }
        take(model, sample);
        if (++model->sample_count < KWS_MODEL_WINDOW) return;
        recognise(model, 0, KWS_MODEL_FRAMES);
        detect_in(model, model->start, KWS_MODEL_WINDOW);
        model->start += KWS_MODEL_HOP;
        model->sample_count -= KWS_MODEL_HOP;
        model->frame_count -= HOP_FRAMES;
        model->has_window = model->is_ready = 1;
      }

      /* What is scratch is written before it is read, and may hold anything. */
      static void begin(kws_model *model) {
        model->frame_fill = model->ring_end = 0;
        model->frame_count = model->sample_count = 0;
        model->has_window = model->is_ready = 0;
        model->start = 0.0;
        model->recent_count = model->recent_end = model->is_open = 0;
        memset(model->run, 0, sizeof model->run);
        for (int i = 0; i < CLASSES; i++) model->last[i] = -HUGE_VAL;
      }

      void kws_model_reset(kws_model *model) {
        begin(model);
        model->event_count = 0;
        model->bad_samples = 0;
      }

      size_t kws_model_push(kws_model *model, const float *samples, size_t count) {
        size_t taken = 0;
        model->is_ready = model->event_count = 0;
        while (taken < count && !model->is_ready) push(model, samples[taken++]);
        return taken;
      }

      size_t kws_model_push_int16(kws_model *model, const short *samples, size_t count) {
        size_t taken = 0;
        model->is_ready = model->event_count = 0;
        while (taken < count && !model->is_ready) push(model, (float)samples[taken++] / 32768.0f);
        return taken;
      }

      int kws_model_next(kws_model *model, float posteriors[KWS_MODEL_CLASSES]) {
        if (!model->is_ready) return 0;
        model->is_ready = 0;
        memcpy(posteriors, model->posteriors, sizeof model->posteriors);
        return 1;
      }

      int kws_model_next_event(kws_model *model, kws_model_event *event) {
        if (model->event_count == 0) return 0;
        *event = model->events[0];
        model->events[0] = model->events[1];
        model->event_count--;
        return 1;
      }

      int kws_model_finish(kws_model *model, float posteriors[KWS_MODEL_CLASSES]) {
        int is_found = 1;
        model->event_count = 0;
        if (!model->has_window) {
          if (model->sample_count < MINIMUM) pad(model);
          recognise(model, 0, model->frame_count);
          detect_in(model, 0.0, model->sample_count);
        } else {
          /* The last window ends with the recording but for less than a frame's hop. */
          int missing = KWS_MODEL_WINDOW - model->sample_count;
          int first = -((missing + FRAME_HOP - 1) / FRAME_HOP);
          is_found = first > -HOP_FRAMES;
          if (is_found) {
            recognise(model, first, KWS_MODEL_FRAMES);
            detect_in(model, model->start + (double)(first * FRAME_HOP), KWS_MODEL_WINDOW);
          }
        }
        decide(model, model->end);
        if (is_found) memcpy(posteriors, model->posteriors, sizeof model->posteriors);
        begin(model);
        return is_found;
      }
      """
  }

  /// What the posteriors mean.
  static let answer = """
    int kws_model_answer(const float posteriors[KWS_MODEL_CLASSES]) {
      int best = 0;
      for (int i = 1; i < CLASSES; i++) {
        if (posteriors[i] > posteriors[best]) best = i;
      }
      return posteriors[best] < kws_model_thresholds[best] ? KWS_MODEL_UNKNOWN : best;
    }

    const char *kws_model_label(const float posteriors[KWS_MODEL_CLASSES]) {
      int answer = kws_model_answer(posteriors);
      return answer < 0 ? "\(unknown)" : kws_model_labels[answer];
    }
    """
  private static let unknown = "_unknown_"
}
