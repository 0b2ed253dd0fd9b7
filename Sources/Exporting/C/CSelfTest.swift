import Basics
import Glibc
import Recognition
import Sound

/// `kws_model_test.c`: clips with the features and posteriors that kws finds in them.
enum CSelfTest {
  static func text(_ model: KeywordModel, source: String) -> String {
    let clips = TestClips.samples(for: model).map { Clip($0, model) }
    let arrays = clips.enumerated().flatMap { index, clip in
      [
        CText.array("short samples_\(index)[]", clip.samples),
        CText.array("float posteriors_\(index)[]", clip.windows.flatMap(\.posteriors)),
        CText.array("float features_\(index)[]", clip.windows.last!.features.values),
      ].map { "static " + $0 }
    }
    let entries = clips.enumerated().map { index, clip in
      "  {samples_\(index), \(clip.samples.count), posteriors_\(index), \(clip.windows.count), "
        + "features_\(index), \(clip.windows.last!.features.frameCount)},"
    }
    let parts = [
      head(source: source), arrays.joined(separator: "\n\n"),
      "static const clip clips[] = {\n" + entries.joined(separator: "\n") + "\n};", code,
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// A clip with its windows.
  private struct Clip {
    let samples: [Int16]
    let windows: [(posteriors: [Float], features: Features)]

    init(_ samples: [Int16], _ model: KeywordModel) {
      self.samples = samples
      let recogniser = Recogniser(model)
      // Samples that were made here are numbers.
      let found = try! recogniser.windows(of: samples.map { Float($0) / 32_768 })
      windows = zip(recogniser.posteriors(of: found.map(\.features)), found.map(\.features)).map {
        ($0, $1)
      }
    }
  }

  private static func head(source: String) -> String {
    """
    /* Checks that the code finds in a few clips what kws finds in them.

       Written by \(source). */
    #include <math.h>
    #include <stdio.h>
    #include <string.h>

    #include "kws_model.h"

    /* The largest differences that are let pass: of a posterior, and of a feature, which is in units
       of its deviation over the training clips. */
    #define POSTERIOR_TOLERANCE 1e-4f
    #define FEATURE_TOLERANCE 1e-2f

    typedef struct clip {
      const short *samples;
      size_t count;
      const float *posteriors; /* (windows, classes) */
      int windows;
      const float *features; /* (frames, features) of the last window */
      int frames;
    } clip;
    """
  }

  private static let code = """
    static kws_model model;
    static float found[64 * KWS_MODEL_CLASSES];

    /* The largest difference of two lists. */
    static float difference(const float *a, const float *b, int count) {
      float largest = 0.0f;
      for (int i = 0; i < count; i++) {
        float distance = fabsf(a[i] - b[i]);
        if (!(distance <= largest)) largest = distance;
      }
      return largest;
    }

    /* Pushes a clip in pieces of so many samples; returns how many windows it has. */
    static int recognise(const clip *clip, size_t piece) {
      int windows = 0;
      kws_model_reset(&model);
      for (size_t start = 0; start < clip->count; start += piece) {
        size_t end = start + piece < clip->count ? start + piece : clip->count;
        for (size_t done = start; done < end;) {
          done += kws_model_push_int16(&model, clip->samples + done, end - done);
          if (kws_model_next(&model, found + windows * KWS_MODEL_CLASSES)) windows++;
        }
      }
      return windows + kws_model_finish(&model, found + windows * KWS_MODEL_CLASSES);
    }

    int main(void) {
      static const size_t pieces[] = {1, 7, 160, 4096, (size_t)-1};
      static float whole[64 * KWS_MODEL_CLASSES];
      float worst = 0.0f, worst_feature = 0.0f;
      int failures = 0;
      for (size_t i = 0; i < sizeof clips / sizeof *clips; i++) {
        int numbers = clips[i].windows * KWS_MODEL_CLASSES;
        int is_first = 1;
        for (size_t j = sizeof pieces / sizeof *pieces; j-- > 0;) {
          size_t piece = pieces[j] < clips[i].count ? pieces[j] : clips[i].count;
          int windows = recognise(&clips[i], piece > 0 ? piece : 1);
          if (windows != clips[i].windows) {
            printf("clip %d: %d windows, not %d\\n", (int)i, windows, clips[i].windows);
            failures++;
            continue;
          }
          float distance = difference(found, clips[i].posteriors, numbers);
          if (!(distance <= worst)) worst = distance;
          if (is_first) memcpy(whole, found, sizeof found);
          if (memcmp(whole, found, (size_t)numbers * sizeof *found) != 0) {
            printf("clip %d: other posteriors in pieces of %d\\n", (int)i, (int)piece);
            failures++;
          }
          is_first = 0;
        }
        if (model.feature_frames == clips[i].frames) {
          int count = clips[i].frames * KWS_MODEL_FEATURES;
          float distance = difference(model.features, clips[i].features, count);
          if (!(distance <= worst_feature)) worst_feature = distance;
        } else {
          printf("clip %d: %d frames, not %d\\n", (int)i, model.feature_frames, clips[i].frames);
          failures++;
        }
      }
      printf("%d clips, largest difference of a posterior %.2g, of a feature %.2g\\n",
             (int)(sizeof clips / sizeof *clips), (double)worst, (double)worst_feature);
      if (!(worst <= POSTERIOR_TOLERANCE && worst_feature <= FEATURE_TOLERANCE)) failures++;
      return failures > 0;
    }
    """
}
