#include "CModel.h"

// #embed is C23; this compiler takes it in older C too and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The models are written by kws halve, the other words by Fixtures/make/other_words.py; this file must be
// compiled again after that.
static const unsigned char commands[] = {
#embed "speech-commands.safetensors"
};
static const unsigned char words[] = {
#embed "words.safetensors"
};
static const unsigned char sound[] = {
#embed "other-words.opus"
};
static const unsigned char index[] = {
#embed "other-words.csv"
};

const unsigned char *const kws_model = commands;
const size_t kws_model_size = sizeof commands;
const unsigned char *const kws_words_model = words;
const size_t kws_words_model_size = sizeof words;
const unsigned char *const kws_other_words = sound;
const size_t kws_other_words_size = sizeof sound;
const unsigned char *const kws_other_words_index = index;
const size_t kws_other_words_index_size = sizeof index;
