import Recognition
import Sound

/// `kws_model.h`: what a program uses.
enum CHeader {
  static func text(_ model: KeywordModel, _ sizes: CSizes, source: String) -> String {
    let options = model.frontEnd
    let shape = model.network.shape
    let unknown = model.labels.firstIndex(of: ClassLabel.unknown) ?? -1
    let members = CEvents.members(model).split(separator: "\n").map { "  " + $0 }
      .joined(separator: "\n")
    return """
      /* A keyword recogniser: samples in, posteriors and events out, window by window.

         Written by \(source).
         The templates of kws are under the MIT licence; this file is yours.

           static kws_model model;
           float posteriors[KWS_MODEL_CLASSES];
           kws_model_event event;

           kws_model_reset(&model);
           while (count > 0) {
             size_t taken = kws_model_push(&model, samples, count);
             samples += taken;
             count -= taken;
             if (kws_model_next(&model, posteriors)) puts(kws_model_label(posteriors));
             if (kws_model_next_event(&model, &event)) puts(kws_model_labels[event.label]);
           }

         Nothing is allocated and nothing is shared: each stream has its own kws_model, which one
         thread uses at a time. */
      #ifndef KWS_MODEL_H
      #define KWS_MODEL_H

      #include <stddef.h>

      #ifdef __cplusplus
      extern "C" {
      #endif

      /* Samples in a second, of one channel. */
      #define KWS_MODEL_SAMPLE_RATE \(options.sampleRate)
      /* Samples in a window, and from the start of one window to the start of the next. */
      #define KWS_MODEL_WINDOW \(sizes.length)
      #define KWS_MODEL_HOP \(sizes.hopFrames * options.hopLength)
      /* Numbers in a window's posteriors. */
      #define KWS_MODEL_CLASSES \(model.labels.count)
      /* The class of words that are not to be spotted, or -1. */
      #define KWS_MODEL_UNKNOWN (\(unknown))
      /* Frames in a window, and numbers in a frame. */
      #define KWS_MODEL_FRAMES \(sizes.frames)
      #define KWS_MODEL_FEATURES \(options.featureCount)
      /* Memory of one stream, in bytes. */
      #define KWS_MODEL_BYTES sizeof(kws_model)

      /* A keyword that was recognised in a stream; times are in seconds of the stream. */
      typedef struct kws_model_event {
        int label;
        /* The highest posterior, averaged as the model's rule says. */
        float probability;
        /* From the start of its first window to the end of its last before the decision. */
        double start;
        double end;
        /* The end of the window with which it was decided. */
        double decided;
        /* Windows that counted for it. */
        int windows;
      } kws_model_event;

      /* One stream. Its members are the code's own, but for reading. */
      typedef struct kws_model {
        /* The samples of the frame under way, and how many there are; below 0, how many lie before
           it. */
        float frame[\(options.windowLength)];
        int frame_fill;
        /* The newest frames' coefficients in a ring, and the place of the next frame. */
        float ring[\(sizes.ring) * \(options.coefficients)];
        int ring_end;
        /* Frames and samples since the start of the next window; frames may be below 0. */
        int frame_count;
        int sample_count;
        /* Whether there was a window, and whether its posteriors wait. */
        int has_window;
        int is_ready;
        /* The first sample of the next window. */
        double start;
        /* Samples since the reset that were no numbers or far beyond full scale, and counted as 0. */
        size_t bad_samples;
        float posteriors[KWS_MODEL_CLASSES];
        /* Of the newest window, after normalisation, and how many frames it has. */
        float features[KWS_MODEL_FRAMES * KWS_MODEL_FEATURES];
        int feature_frames;
      \(members)
        /* Scratch. */
        float real[\(options.fftLength)];
        float imaginary[\(options.fftLength)];
        float bands[\(options.melBands)];
        float gates[\(4 * shape.hidden)];
        float sums[\(4 * shape.hidden)];
        float cell[\(shape.hidden)];
        float scores[KWS_MODEL_FRAMES];
        float pooled[\(shape.pooled)];
        float work[\(sizes.work)];
      } kws_model;

      /* Starts again, with the first sample of another recording. Call it before anything else. */
      void kws_model_reset(kws_model *model);

      /* Takes samples until a window is complete or none are left, and returns how many it took;
         full scale is 1. The posteriors of a window that were not read are lost. */
      size_t kws_model_push(kws_model *model, const float *samples, size_t count);

      /* The same for 16-bit samples. */
      size_t kws_model_push_int16(kws_model *model, const short *samples, size_t count);

      /* Returns 1 and the posteriors once for each complete window, else 0. */
      int kws_model_next(kws_model *model, float posteriors[KWS_MODEL_CLASSES]);

      /* Returns 1 and an event once for each that was decided with the newest window, else 0. After
         kws_model_finish there may be two; those that were not read are lost with the next
         sample. */
      int kws_model_next_event(kws_model *model, kws_model_event *event);

      /* Ends the recording and starts again. Returns 1 and the posteriors of what is left (a recording
         that is shorter than a window, or the last window of a longer one), or 0. */
      int kws_model_finish(kws_model *model, float posteriors[KWS_MODEL_CLASSES]);

      /* The answer to a window: the most probable class, or KWS_MODEL_UNKNOWN where that is a keyword
         below its threshold. */
      int kws_model_answer(const float posteriors[KWS_MODEL_CLASSES]);

      /* The name of the answer, in UTF-8. */
      const char *kws_model_label(const float posteriors[KWS_MODEL_CLASSES]);

      /* The names of the classes, in UTF-8, in the order of the posteriors. */
      extern const char *const kws_model_labels[KWS_MODEL_CLASSES];

      #ifdef __cplusplus
      }
      #endif

      #endif

      """
  }
}
