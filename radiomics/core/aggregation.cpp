#include "radiomics/core/aggregation.h"

#include <algorithm>
#include <string>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

struct Row {
  Aggregation aggregation;
  AggregationKind kind;
  std::string_view ibsi;
  std::string_view suffix;
  std::string_view description;
};

using enum Aggregation;
using Kind = AggregationKind;
constexpr Row table[] = {
    {none, Kind::none, "", "", ""},
    {average_2d, Kind::directional, "BTW3", "_2d_avg", "2D, averaged"},
    {slice_merged_2d, Kind::directional, "SUJT", "_2d_s_mrg", "2D, slice-merged"},
    {direction_merged_25d, Kind::directional, "JJUI", "_2.5d_d_mrg", "2.5D, direction-merged"},
    {merged_25d, Kind::directional, "ZW7Z", "_2.5d_v_mrg", "2.5D, merged"},
    {average_3d, Kind::directional, "ITBB", "_3d_avg", "3D, averaged"},
    {merged_3d, Kind::directional, "IAZD", "_3d_v_mrg", "3D, merged"},
    {slices_2d, Kind::spatial, "8QNN", "_2d", "2D"},
    {slices_merged_25d, Kind::spatial, "62GR", "_2.5d", "2.5D"},
    {volume_3d, Kind::spatial, "KOBO", "_3d", "3D"},
};

constexpr Aggregation all[] = {average_2d, slice_merged_2d,   direction_merged_25d,
                               merged_25d, average_3d,        merged_3d,
                               slices_2d,  slices_merged_25d, volume_3d};

const Row& row_of(Aggregation aggregation) {
  return *std::ranges::find(table, aggregation, &Row::aggregation);
}

}  // namespace

std::string_view ibsi_code(Aggregation aggregation) { return row_of(aggregation).ibsi; }

std::string_view column_suffix(Aggregation aggregation) { return row_of(aggregation).suffix; }

std::string_view description(Aggregation aggregation) { return row_of(aggregation).description; }

Aggregation aggregation_called(std::string_view description) {
  const auto found = std::ranges::find(table, description, &Row::description);
  require(found != std::end(table), ErrorKind::invalid_argument,
          "there is no aggregation '" + std::string(description) + "'");
  return found->aggregation;
}

std::span<const Aggregation> all_aggregations() { return all; }

std::vector<Aggregation> aggregations_of(AggregationKind kind, std::span<const Aggregation> asked) {
  std::vector<Aggregation> result;
  for (const Row& row : table)
    if (row.kind == kind &&
        (kind == AggregationKind::none || std::ranges::count(asked, row.aggregation) > 0))
      result.push_back(row.aggregation);
  return result;
}

bool needs_slices(std::span<const Aggregation> asked) {
  return std::ranges::count(asked, Aggregation::slices_2d) > 0 ||
         std::ranges::count(asked, Aggregation::slices_merged_25d) > 0;
}

bool needs_volume(std::span<const Aggregation> asked) {
  return std::ranges::count(asked, Aggregation::volume_3d) > 0;
}

}  // namespace radiomics
