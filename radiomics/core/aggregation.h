#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace radiomics {

/// What a family's matrices depend on, hence which aggregations it has.
enum class AggregationKind {
  none,         ///< no matrices: one value per region
  directional,  ///< neighbours along a direction: GLCM, GLRLM
  spatial,      ///< neighbours all around: GLSZM, GLDZM, NGTDM, NGLDM
};

/// From which matrices a value is made. Matrices of a merged aggregation are summed into one;
/// a value is the mean over the matrices that remain.
/// \source IBSI reference manual, chapter 3, "Aggregating features" of each family
enum class Aggregation {
  none,
  average_2d,            ///< per slice and direction
  slice_merged_2d,       ///< per slice, directions merged
  direction_merged_25d,  ///< per direction, slices merged
  merged_25d,            ///< slices and directions merged
  average_3d,            ///< per 3D direction
  merged_3d,             ///< 3D directions merged
  slices_2d,             ///< per slice
  slices_merged_25d,     ///< slices merged
  volume_3d,             ///< one matrix, neighbours in 3D
};

/// The permanent IBSI code ("KOBO"); "" for Aggregation::none.
std::string_view ibsi_code(Aggregation aggregation);

/// The end of a column name ("_3d_v_mrg"); "" for Aggregation::none.
std::string_view column_suffix(Aggregation aggregation);

/// The aggregation in IBSI's words ("3D, merged"); "" for Aggregation::none.
std::string_view description(Aggregation aggregation);

/// The aggregation of a description. \throws Error invalid_argument if there is none
Aggregation aggregation_called(std::string_view description);

/// All nine, in the order of IBSI.
std::span<const Aggregation> all_aggregations();

/// Those of `asked` that families of this kind have, in the order of IBSI; {none} for kind none.
std::vector<Aggregation> aggregations_of(AggregationKind kind, std::span<const Aggregation> asked);

/// Whether an aggregation of kind spatial is asked that is made of slices.
bool needs_slices(std::span<const Aggregation> asked);
/// Whether the aggregation of kind spatial is asked that is made of the volume.
bool needs_volume(std::span<const Aggregation> asked);

}  // namespace radiomics
