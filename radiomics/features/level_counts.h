#pragma once

#include "radiomics/texture/level_counts.h"

namespace radiomics {

// What IBSI defines alike for matrices of counts by grey level i and another property j, under
// several names: small zone, short run and low dependence emphasis are one formula. N_s is the sum
// of the counts. All are defined for every matrix with a count.
// Source: IBSI reference manual, sections 3.7 to 3.11.

/// Mean of 1 / j^2.
double low_value_emphasis(const LevelCounts& matrix);
/// Mean of j^2.
double high_value_emphasis(const LevelCounts& matrix);
/// Mean of 1 / i^2.
double low_level_emphasis(const LevelCounts& matrix);
/// Mean of i^2.
double high_level_emphasis(const LevelCounts& matrix);
/// Mean of 1 / (i^2 j^2).
double low_value_low_level_emphasis(const LevelCounts& matrix);
/// Mean of i^2 / j^2.
double low_value_high_level_emphasis(const LevelCounts& matrix);
/// Mean of j^2 / i^2.
double high_value_low_level_emphasis(const LevelCounts& matrix);
/// Mean of i^2 j^2.
double high_value_high_level_emphasis(const LevelCounts& matrix);
/// Sum of squared counts per level, over N_s.
double level_non_uniformity(const LevelCounts& matrix);
/// The same over N_s^2.
double normalised_level_non_uniformity(const LevelCounts& matrix);
/// Sum of squared counts per value, over N_s.
double value_non_uniformity(const LevelCounts& matrix);
/// The same over N_s^2.
double normalised_value_non_uniformity(const LevelCounts& matrix);
/// N_s over the number of voxels: a fraction, in spite of its name.
double percentage(const LevelCounts& matrix);
/// Variance of i.
double level_variance(const LevelCounts& matrix);
/// Variance of j.
double value_variance(const LevelCounts& matrix);
/// Entropy of (i, j) in bits.
double entropy(const LevelCounts& matrix);
/// Sum of squared probabilities of (i, j).
double energy(const LevelCounts& matrix);

}  // namespace radiomics
