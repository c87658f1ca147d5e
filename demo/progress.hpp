// How far long work is: a bar on a terminal, a plain line for each tenth elsewhere.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace wharf::demo {

class Progress {
public:
    Progress(std::ostream& out, bool terminal, std::string what, std::size_t total);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    // A bar that was begun is ended.
    ~Progress();

    void done(std::size_t count);

private:
    void bar() const;

    std::ostream& out_;
    bool terminal_;
    std::string what_;
    std::size_t total_;
    std::size_t done_ = 0;
    std::size_t tenths_told_ = 0;
};

}  // namespace wharf::demo
