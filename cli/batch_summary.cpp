#include "cli/batch_summary.h"

#include <algorithm>
#include <cstdio>

#include "cli/options.h"
#include "radiomics/core/text.h"
#include "radiomics/pipeline/batch_folder.h"

namespace cli {
namespace {

/// A column that the summary shows, where the table has it.
struct Shown {
  const char* column;
  const char* title;
  double scale;
};

constexpr Shown shown[] = {
    {"original_morphology_volume_mesh", "volume ml", 1e-3},
    {"original_morphology_maximum_3d_diameter", "diameter mm", 1},
    {"original_morphology_elongation", "elongation", 1},
    {"original_statistics_mean", "mean", 1},
    {"original_ngtdm_contrast_3d", "contrast", 1},
};

/// The first rows and a few columns: enough to see whether the run makes sense.
void print_rows(const radiomics::FeatureTable& table) {
  std::printf("%-18s %-16s", "case", "roi");
  for (const Shown& one : shown) std::printf(" %12s", one.title);
  std::printf("\n");
  for (const auto& row : table.rows) {
    std::printf("%-18.18s %-16.16s", radiomics::one_line(row.case_name).c_str(),
                radiomics::one_line(row.roi).c_str());
    for (const Shown& one : shown) {
      const auto column = std::ranges::find(table.columns, one.column, radiomics::column_name);
      if (column == table.columns.end()) continue;
      std::printf(" %12.5g", one.scale * row.values[std::size_t(column - table.columns.begin())]);
    }
    std::printf("\n");
  }
}

}  // namespace

ExitCode print_summary(const radiomics::BatchCounts& counts, const std::filesystem::path& folder) {
  const radiomics::BatchPaths paths{folder};
  if (counts.regions > 0) print_rows(counts.first);
  if (counts.regions > counts.first.rows.size())
    std::printf("... and %zu more\n", counts.regions - counts.first.rows.size());
  std::printf("\n%s of %s measured, %zu refused\n", number_of(counts.regions, "region").c_str(),
              number_of(counts.cases, "case").c_str(), counts.failures);
  if (counts.regions > 0)
    std::printf("features: %s (%zu values each)\n", paths.features().c_str(),
                counts.first.columns.size());
  std::printf("refused:  %s\ndatabase: %s\n", paths.failures().c_str(), paths.database().c_str());
  if (counts.regions == 0) return refused;
  return counts.failures == 0 ? done : partly_done;
}

}  // namespace cli
