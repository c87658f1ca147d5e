// For programs that are built with a sanitizer: what libraries that are not make it believe. SQLite
// locks its shared index, fontconfig and pango hand fonts over from a thread of their own, and the
// thread sanitizer sees neither; fontconfig keeps the patterns of a thread that has ended. Included
// where such a library is used; one copy is kept of it.
#pragma once

#if defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_suppressions();
extern "C" __attribute__((weak)) const char* __tsan_default_suppressions() {
    return "called_from_lib:libsqlite3.so\n"
           "called_from_lib:libfontconfig.so\n"
           "called_from_lib:libpangoft2-1.0.so\n"
           "called_from_lib:libglib-2.0.so\n";
}
#endif

#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __lsan_default_suppressions();
extern "C" __attribute__((weak)) const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so\n";
}
#endif
