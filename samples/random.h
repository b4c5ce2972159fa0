#pragma once

#include <cstdint>
#include <vector>

namespace radiomics::samples {

/// Random numbers as functions of a seed and a counter: nothing to carry along, no order of calls,
/// the same on every machine. Only whole numbers, sums and products are used: the distributions of
/// the standard library differ between libraries.
/// \source the finaliser of SplitMix64: Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195
std::uint64_t hashed(std::uint64_t seed, std::uint64_t counter);

/// In the open interval (0, 1).
double uniform(std::uint64_t seed, std::uint64_t counter);

/// Mean 0, standard deviation 1, bell-shaped, never beyond +-3.47: the sum of four uniform numbers.
double noise(std::uint64_t seed, std::uint64_t counter);

/// 0 ... count - 1 in a shuffled order.
std::vector<int> permutation(int count, std::uint64_t seed);

}  // namespace radiomics::samples
