// The model that ships with the program.

#ifndef CMODEL_H
#define CMODEL_H

#include <stddef.h>

// The bytes of speech-commands.safetensors, `kws_model_size` of them.
extern const unsigned char *const kws_model;
extern const size_t kws_model_size;

#endif
