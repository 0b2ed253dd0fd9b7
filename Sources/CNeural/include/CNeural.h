#include <stddef.h>
void kws_placeholder(void);
