#include "CNeural.h"
void kws_placeholder(void) {}
