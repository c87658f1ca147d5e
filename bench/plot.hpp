// The growth of cost as a picture.
#pragma once

#include <filesystem>

namespace wharf::bench {

// Reads the figures of the subject "growth" from a results file and draws them: both axes in powers
// of ten, one line for each figure, beside a line of proportion.
void draw_growth(const std::filesystem::path& results, const std::filesystem::path& picture);

}  // namespace wharf::bench
