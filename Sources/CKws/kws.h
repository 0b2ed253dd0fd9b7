/* kws.h - the C interface of kws, a keyword recogniser. Link with -lkws.
 *
 * Under the MIT licence; the library itself links FFTW, which is under the GPL.
 *
 * A handle holds one model and one stream of sound. Use a handle from one thread at a time; several
 * handles are independent of each other. The library has no global state, starts no thread, prints
 * nothing, installs no signal handler and does not end the program: every call returns a status, and
 * kws_error says what is wrong in one sentence. (The one exception is memory: where there is none left,
 * the program ends.)
 *
 * The planner of FFTW is shared by all of a process. Handles take turns there; a program that itself makes
 * plans of single precision with the same libfftw3f, in another thread, calls
 * fftwf_make_planner_thread_safe first.
 */
#ifndef KWS_H
#define KWS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A model with a stream of sound. */
typedef struct kws kws;

/* What a call returns; the numbers are the exit codes of the kws command. */
typedef enum kws_status {
  KWS_OK = 0,
  KWS_NO_EVENT = 1,   /* kws_next: no event is waiting */
  KWS_WRONG_USE = 64, /* an argument or the order of calls is wrong */
  KWS_BAD_DATA = 65,  /* a damaged model or file, or a sample that is not finite */
  KWS_NO_INPUT = 66,  /* a file does not exist */
  KWS_INTERNAL = 70,  /* an error of kws itself */
  KWS_IO_ERROR = 74   /* a file cannot be read */
} kws_status;

/* The sound that is pushed and classified. Fields with 0 have their default. */
typedef struct kws_options {
  size_t size;         /* sizeof(kws_options) */
  int32_t sample_rate; /* Hz, 1000 to 768000; default: the model's own */
  int32_t channels;    /* interleaved samples of a frame, 1 to 64; default: 1 */
  int32_t channel;     /* the channel to read, from 1; default: the model's own, or the mean of all */
  float threshold;     /* of all keywords, in clips and streams, above 0 to 1; default: the model's own */
} kws_options;

/* A keyword in the stream. Times are in seconds since the start of the stream or kws_reset. */
typedef struct kws_event {
  size_t size;        /* sizeof(kws_event), set by the caller */
  const char *label;  /* the keyword, UTF-8; valid until kws_close */
  double start;       /* of the first window of the keyword */
  double end;         /* of its last window before the decision */
  double decided;     /* end of the window that decided */
  float probability;  /* the highest averaged posterior */
  int32_t class_index; /* index of label among the classes */
} kws_event;

/* The answer for a whole clip. */
typedef struct kws_answer {
  size_t size;                /* sizeof(kws_answer), set by the caller */
  const char *label;          /* the answer, UTF-8; valid until kws_close */
  const char *rejected;       /* the likeliest keyword, if it is below its threshold; else NULL */
  const float *probabilities; /* one for each class; valid until the next kws_classify or kws_close */
  size_t class_count;         /* number of classes */
  double start;               /* of the window that gives the answer, in seconds */
  double end;                 /* its end */
  float probability;          /* posterior of label; NaN if the model has no such class */
  int32_t class_index;        /* index of label among the classes; -1 if the model has no such class */
} kws_answer;

/* Opens a model file; NULL is the built-in model. options may be NULL.
 *
 * The handle is never NULL, must be closed, and has a kws_error if the model could not be opened; every
 * other call on it then returns the status of that error. */
kws *kws_open(const char *path, const kws_options *options);

/* Opens a model from the bytes of its file. The bytes are not used after the call. */
kws *kws_open_memory(const void *bytes, size_t count, const kws_options *options);

/* Opens the model of another handle, which is loaded once for both: for a second stream, or another rate.
 * The two may be used in different threads, and closed in any order. A threshold of other is kept. */
kws *kws_open_shared(const kws *other, const kws_options *options);

/* Closes a handle; NULL is allowed. */
void kws_close(kws *handle);

/* The error of the last call on this handle, or NULL if it succeeded; valid until the next call. */
const char *kws_error(const kws *handle);

/* The status of the last call on this handle, for kws_open. */
kws_status kws_last_status(const kws *handle);

/* Adds the next samples of the stream: count values, interleaved; full scale of float is +-1. Pieces of
 * any size give the same events. A piece with a sample that is not finite, or above 65,536, is refused as
 * a whole, and the stream continues with the next. */
kws_status kws_push(kws *handle, const float *samples, size_t count);
kws_status kws_push_int16(kws *handle, const int16_t *samples, size_t count);

/* Ends the stream, so that its last windows are recognised. Then only kws_next and kws_reset continue. */
kws_status kws_finish(kws *handle);

/* Takes the next event: KWS_OK and the event, or KWS_NO_EVENT. Events wait until they are taken. */
kws_status kws_next(kws *handle, kws_event *event);

/* Starts a new stream at 0 s; waiting events are dropped. */
kws_status kws_reset(kws *handle);

/* Recognises a whole clip; the stream is not changed. count is the number of values, interleaved. */
kws_status kws_classify(kws *handle, const float *samples, size_t count, kws_answer *answer);
kws_status kws_classify_int16(kws *handle, const int16_t *samples, size_t count, kws_answer *answer);

/* Recognises an audio file of any format, rate and number of channels that kws reads. It is decoded by
 * libsndfile in this process; kws classify decodes several files in a process of its own. */
kws_status kws_classify_file(kws *handle, const char *path, kws_answer *answer);

/* Number of classes, and the label of one; NULL beyond the last. Valid until kws_close. */
size_t kws_class_count(const kws *handle);
const char *kws_label(const kws *handle, size_t class_index);

/* The posterior that a class must reach in a clip to be the answer: 0 if it is no keyword, NaN beyond the
 * last. */
float kws_threshold(const kws *handle, size_t class_index);

/* Sample rate of the model, in Hz; 0 without a model. */
int32_t kws_sample_rate(const kws *handle);

/* Version of the library, such as "0.1.0". */
const char *kws_version(void);

#ifdef __cplusplus
}
#endif

#endif
