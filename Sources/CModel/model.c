#include "CModel.h"

// #embed is C23; this compiler takes it in older C too and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The file is written by kws halve; this one must be compiled again after that.
static const unsigned char bytes[] = {
#embed "speech-commands.safetensors"
};

const unsigned char *const kws_model = bytes;
const size_t kws_model_size = sizeof bytes;
