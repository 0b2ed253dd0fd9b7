/* Prints the keywords in 16-bit PCM from standard input:
 *
 *   cc listen.c $(pkg-config --cflags --libs kws) -o listen
 *   arecord -t raw -f S16_LE -r 48000 | ./listen 48000 [model.safetensors]
 */
#include <kws.h>
#include <stdio.h>
#include <stdlib.h>

static void print_events(kws *handle) {
  kws_event event = {.size = sizeof event};
  while (kws_next(handle, &event) == KWS_OK) {
    printf("%.3f %.3f %s %.6f\n", event.start, event.decided, event.label, event.probability);
    fflush(stdout);
  }
}

int main(int count, char **arguments) {
  kws_options options = {.size = sizeof options, .sample_rate = count > 1 ? atoi(arguments[1]) : 0};
  if (options.sample_rate <= 0) {
    fprintf(stderr, "usage: listen RATE [MODEL]\n");
    return KWS_WRONG_USE;
  }
  kws *handle = kws_open(count > 2 ? arguments[2] : NULL, &options);
  kws_status status = kws_last_status(handle);
  int16_t samples[1600];
  size_t got;
  while (status == KWS_OK && (got = fread(samples, sizeof *samples, 1600, stdin)) > 0) {
    status = kws_push_int16(handle, samples, got);
    print_events(handle);
  }
  if (status == KWS_OK) status = kws_finish(handle);
  if (status != KWS_OK) fprintf(stderr, "listen: %s\n", kws_error(handle));
  print_events(handle);
  kws_close(handle);
  return status;
}
