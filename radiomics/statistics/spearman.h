#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// The rank of every value among all, from 1; equal values share the mean of their ranks. All NaN
/// if a value is NaN: nothing is ranked around a gap.
/// Cost: O(n log n).
std::vector<double> average_ranks(std::span<const double> values);

/// Pearson's and Spearman's correlation of two variables with one entry per patient, in [-1, 1].
/// NaN if one of them is constant or has a NaN. Spearman's is Pearson's of the average ranks.
/// \source Spearman 1904, doi:10.2307/1412159; ties: Kendall 1945, doi:10.1093/biomet/33.3.239
double pearson(std::span<const double> x, std::span<const double> y);
double spearman(std::span<const double> x, std::span<const double> y);

/// The correlations of all columns with each other: columns x columns, symmetric, 1 on the
/// diagonal; NaN in the row and column of a variable that is constant or has a NaN. The same bits
/// for any number of threads. Cost: O(rows x columns^2); Spearman sorts each column once before.
Matrix pearson_matrix(const Matrix& variables, int threads = 1);
Matrix spearman_matrix(const Matrix& variables, int threads = 1);

/// Spearman's correlation of each column with another variable, for example the volume.
std::vector<double> spearman_with(const Matrix& variables, std::span<const double> other);

}  // namespace radiomics
