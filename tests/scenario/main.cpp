// wharf-scenario FILE...: runs each scenario against a host of its own, beside this program (or
// where WHARF_HOST and WHARF_PLUGINS say). Ends with 1 when one failed.
#include <iostream>

#include "tests/scenario/runner.hpp"

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: wharf-scenario FILE...\n";
        return 2;
    }
    int failed = 0;
    for (int i = 1; i < argc; ++i) {
        const bool passed = wharf::scenario::run(argv[i], std::cout);
        std::cout << (passed ? "passed " : "FAILED ") << argv[i] << std::endl;
        if (!passed) ++failed;
    }
    return failed == 0 ? 0 : 1;
}
