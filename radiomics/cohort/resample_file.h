#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "radiomics/statistics/bootstrap_validation.h"

namespace radiomics {

/// Resamples that somebody else drew: one a line, numbers of complete rows counted from 1,
/// separated by commas or blanks. \return the rows counted from 0
/// \throws Error unreadable_file, no_rows, invalid_argument: the line, and what is wrong with it
std::vector<Resample> read_resamples(const std::filesystem::path& file, std::size_t rows);

/// Those of a file or, if none is named, `count` drawn by the seed.
std::vector<Resample> resamples_of(const std::filesystem::path& file, int count, std::size_t rows,
                                   std::uint64_t seed);

}  // namespace radiomics
