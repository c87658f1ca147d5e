/* The C door as a C11 compiler sees it. */
#include "abi_layout.h"

void wharf_layout_in_c(char* text, size_t size);
void wharf_layout_in_c(char* text, size_t size) {
    write_layout(text, size);
}
