// What GLCM and GLRLM share: from counts per direction to the matrices of the six aggregations.

#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/texture/directions.h"

namespace radiomics {

/// Matrices of one part of a region (a slice, or the volume) under construction: one per direction,
/// and their sum. A matrix has a member `entries` of {row, column, count}.
template <class Matrix>
class DirectionalMatrices {
 public:
  DirectionalMatrices() = default;
  /// \param counted            how many of `directions`, from the first, are counted
  /// \param separate, merged   whether those per direction, and whether their sum, are wanted
  DirectionalMatrices(int counted, bool separate, bool merged)
      : counted_(counted), merged_wanted_(merged), separate_(separate ? counted : 0) {}

  bool wanted() const { return merged_wanted_ || !separate_.empty(); }

  /// Adds an entry to each matrix where its count is not 0. Entries come in increasing order.
  template <class Counts>
  void append(int row, int column, const Counts& counts) {
    for (std::size_t d = 0; d < separate_.size(); ++d)
      if (counts[d] > 0) separate_[d].entries.push_back({row, column, counts[d]});
    if (!merged_wanted_) return;
    std::int64_t sum = 0;
    for (int d = 0; d < counted_; ++d) sum += counts[d];
    if (sum > 0) merged_.entries.push_back({row, column, sum});
  }

  std::vector<Matrix>& separate() { return separate_; }
  Matrix& merged() { return merged_; }

 private:
  int counted_ = 0;
  bool merged_wanted_ = false;
  std::vector<Matrix> separate_;
  Matrix merged_;
};

/// The matrices of all aggregations that are asked for, under construction.
template <class Matrix>
struct DirectionalParts {
  using Part = DirectionalMatrices<Matrix>;

  std::vector<Aggregation> asked;
  std::vector<Part> slices;  ///< directions within the slice
  Part slices_merged;        ///< directions within slices, of all slices
  Part volume;               ///< all directions
  bool by_slice;             ///< whether anything of a single slice is wanted
  bool by_volume;            ///< whether anything of directions between slices is wanted

  /// \param wanted       aggregations of kind directional
  /// \param slice_count  of the volume
  DirectionalParts(std::span<const Aggregation> wanted, int slice_count)
      : asked(wanted.begin(), wanted.end()),
        slices(slice_count,
               part(slice_direction_count, Aggregation::average_2d, Aggregation::slice_merged_2d)),
        slices_merged(part(slice_direction_count, Aggregation::direction_merged_25d,
                           Aggregation::merged_25d)),
        volume(part(direction_count, Aggregation::average_3d, Aggregation::merged_3d)),
        by_slice(slices.front().wanted()),
        by_volume(volume.wanted()) {}

  /// The asked matrices, each given to `complete`; those without entries are left out.
  template <class Complete>
  std::map<Aggregation, std::vector<Matrix>> take(Complete complete) {
    std::map<Aggregation, std::vector<Matrix>> result;
    for (const Aggregation aggregation : asked) result[aggregation];
    const auto keep = [&](Aggregation aggregation, Matrix& matrix) {
      if (matrix.entries.empty()) return;
      complete(matrix);
      result[aggregation].push_back(std::move(matrix));
    };
    const auto keep_both = [&](Part& part, Aggregation separate, Aggregation merged) {
      for (Matrix& matrix : part.separate()) keep(separate, matrix);
      keep(merged, part.merged());
    };
    for (Part& slice : slices)
      keep_both(slice, Aggregation::average_2d, Aggregation::slice_merged_2d);
    keep_both(slices_merged, Aggregation::direction_merged_25d, Aggregation::merged_25d);
    keep_both(volume, Aggregation::average_3d, Aggregation::merged_3d);
    return result;
  }

 private:
  bool is_asked(Aggregation aggregation) const { return std::ranges::count(asked, aggregation); }
  Part part(int counted, Aggregation separate, Aggregation merged) const {
    return {counted, is_asked(separate), is_asked(merged)};
  }
};

}  // namespace radiomics
