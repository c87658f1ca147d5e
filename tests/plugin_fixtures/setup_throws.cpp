// A plugin on the C++ SDK whose setup() throws.
#include <wharf/plugin.hpp>

#include <stdexcept>

namespace {

class SetupThrows : public wharf::Plugin {
    void setup(wharf::Setup&) override { throw std::runtime_error("no such plan"); }
};

}  // namespace

WHARF_PLUGIN(SetupThrows, "setup_throws", "1.0.0")
