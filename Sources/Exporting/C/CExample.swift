/// What shows and builds the code.
enum CExample {
  /// Listens to standard input.
  static let source = """
    /* Prints the keywords in 16-bit PCM on standard input, little-endian, of one channel:

         sox clip.wav -t raw -e signed -b 16 -c 1 -r RATE - | ./example

       RATE is KWS_MODEL_SAMPLE_RATE of kws_model.h. */
    #include <stdio.h>

    #include "kws_model.h"

    static kws_model model;

    static void show_events(void) {
      kws_model_event event;
      while (kws_model_next_event(&model, &event)) {
        printf("%.2f s  %s  %.1f%%\\n", event.start, kws_model_labels[event.label],
               100.0 * (double)event.probability);
      }
    }

    int main(void) {
      unsigned char bytes[2048];
      short samples[sizeof bytes / 2];
      float posteriors[KWS_MODEL_CLASSES];
      size_t count;
      kws_model_reset(&model);
      while ((count = fread(bytes, 2, sizeof bytes / 2, stdin)) > 0) {
        for (size_t i = 0; i < count; i++) {
          int value = bytes[2 * i] | bytes[2 * i + 1] << 8;
          samples[i] = (short)(value < 32768 ? value : value - 65536);
        }
        for (size_t done = 0; done < count;) {
          done += kws_model_push_int16(&model, samples + done, count - done);
          show_events();
        }
      }
      kws_model_finish(&model, posteriors);
      show_events();
      return 0;
    }

    """

  /// Products of floats are not fused into sums, so that every processor rounds alike; -O3 computes
  /// several gates at once, which -O2 of gcc 12 does not, and takes under a third of the time.
  static let makefile = """
    CFLAGS ?= -O3
    CFLAGS += -std=c99 -ffp-contract=off -Wall -Wextra -pedantic

    all: example kws_model_test

    example: example.c kws_model.c kws_model.h
    \t$(CC) $(CFLAGS) -o $@ example.c kws_model.c -lm

    kws_model_test: kws_model_test.c kws_model.c kws_model.h
    \t$(CC) $(CFLAGS) -o $@ kws_model_test.c kws_model.c -lm

    test: kws_model_test
    \t./kws_model_test

    clean:
    \trm -f example kws_model_test

    .PHONY: all test clean

    """
}
