#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace radiomics {

/// The indices of values in ascending order of the values, equal ones in ascending order of the
/// indices. No NaN. Cost: O(n) for many values, whatever they are; O(n log n) for few.
std::vector<std::size_t> sorted_order(std::span<const double> values);

}  // namespace radiomics
