// Why a line is as it is, when several purchases made it.
#pragma once

#include <cstddef>

#include "model.hpp"

namespace backorder_po {

// Every amendment of a draft writes its lines anew: a line keeps the terms of the last ones only.
inline constexpr std::size_t kEarlierMax = 10;

// The terms of the purchase that is made now, with those that made the line before.
LineExplanation joined(LineExplanation before, LineExplanation now);

}  // namespace backorder_po
