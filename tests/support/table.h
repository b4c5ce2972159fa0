#pragma once

#include <string>

#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// So many columns with names of their own.
inline FeatureTable table_header(std::size_t columns) {
  constexpr std::string_view names[] = {"mean", "contrast", "volume_mesh", "joint_entropy"};
  FeatureTable table;
  for (std::size_t i = 0; i < columns; ++i)
    table.columns.push_back({.image_type = "filter" + std::to_string(i / 4),
                             .family = "glcm",
                             .definition = {.name = names[i % 4],
                                            .ibsi = "ABCD",
                                            .pyradiomics = "",
                                            .unit = "intensity",
                                            .summary = ""},
                             .aggregation = Aggregation::merged_3d});
  return table;
}

/// Diagnostics whose every member differs from all others.
inline Diagnostics some_diagnostics() {
  return {.modality = "CT",
          .image = {{512, 512, 120}, {0.9765625, 0.9765625, 3}, {-250.1, -1 / 3.0, 1e-7}, {}},
          .image_sha256 = std::string(64, 'a'),
          .image_box = {{100, 110, 30}, {200, 210, 60}},
          .mask_sha256 = std::string(64, 'b'),
          .mask_box = {{120, 130, 35}, {180, 190, 55}},
          .resampled = {{256, 257, 258}, {2, 2.5, 3}, {1, 2, 3}, {0, 1, 0, -1, 0, 0, 0, 0, 1}},
          .voxels_drawn = 12345,
          .voxels_outline = 2345,
          .voxels_measured = 2340,
          .grey_levels = 32};
}

/// A region whose values use all their digits.
inline FeatureTable::Row table_row(const std::string& case_name, const std::string& roi,
                                   std::size_t columns) {
  FeatureTable::Row row{.case_name = case_name,
                        .roi = roi,
                        .carried = {},
                        .warnings = {},
                        .diagnostics = some_diagnostics(),
                        .values = {}};
  for (std::size_t i = 0; i < columns; ++i) row.values.push_back(double(i) * 7.1 / 3 - 20);
  return row;
}

}  // namespace radiomics
