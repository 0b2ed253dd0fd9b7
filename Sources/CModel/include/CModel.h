// What ships with the program: models, and recordings of other words.

#ifndef CMODEL_H
#define CMODEL_H

#include <stddef.h>

// The bytes of speech-commands.safetensors, `kws_model_size` of them.
extern const unsigned char *const kws_model;
extern const size_t kws_model_size;
// The bytes of words.safetensors, `kws_words_model_size` of them.
extern const unsigned char *const kws_words_model;
extern const size_t kws_words_model_size;
// other-words.opus: clips of a second in a row; and other-words.csv, a row for each.
extern const unsigned char *const kws_other_words;
extern const size_t kws_other_words_size;
extern const unsigned char *const kws_other_words_index;
extern const size_t kws_other_words_index_size;

#endif
