#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "benchmarks/region_list.h"

#include "radiomics/features/feature_family.h"

namespace radiomics::benchmarks {

/// Something that is done again and again, and timed. What it returns is looked at, so that no
/// compiler leaves the work out; it is not finite where the work was in vain.
using Work = std::function<double()>;

/// A part of the work on a region.
struct Part {
  std::string name;  ///< "glcm": the first part of a benchmark's name
  /// Whether it is measured for the aggregations once() and for all nine.
  bool by_aggregation;
  /// What it needs of other parts is made before, outside of what is timed. The region outlives the
  /// work.
  Work (*work)(const MeasuredRegion& region, const std::vector<Aggregation>& asked);
};

/// The shape of the outline: mesh, hull, ellipsoid, box, diameters, axes; and all of them.
std::vector<Part> shape_parts();

/// Grey levels, zones and the six texture families, each with its values; and all of them.
std::vector<Part> texture_parts();

/// Preparation, the families without matrices with their values, and all features of a region.
std::vector<Part> family_parts();

/// Opening a case and reading one region of it.
Work reading_work(const Case& input);

/// The headers of its series read with DCMTK, and the slices that its region needs decoded with
/// GDCM: what reading_work() cannot do without.
Work reading_floor_work(const Case& input);

/// The sum of the values of a family, for all of the asked aggregations that it has. Undefined
/// values are left out: what is undefined costs, too.
double sum_of_values(const FeatureFamily& family, const RegionSummary& summary,
                     std::span<const Aggregation> asked);

/// How many values a region has, and how many of them are undefined.
struct ValueCounts {
  std::size_t values = 0, undefined = 0;
};
ValueCounts count_values(const MeasuredRegion& region, const std::vector<Aggregation>& asked);

}  // namespace radiomics::benchmarks
