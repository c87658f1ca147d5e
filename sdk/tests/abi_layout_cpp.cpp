// The C door as a C++20 compiler sees it.
#define _Alignof alignof
#include "abi_layout.h"

extern "C" void wharf_layout_in_cpp(char* text, size_t size);
extern "C" void wharf_layout_in_cpp(char* text, size_t size) {
    write_layout(text, size);
}
