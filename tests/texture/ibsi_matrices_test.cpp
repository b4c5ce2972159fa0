// All matrices of the digital phantom that IBSI has published, for the families of zones and
// dependence.

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"
#include "tests/support/data.h"
#include "tests/support/level_counts.h"

namespace radiomics {
namespace {

int whole_number(const std::string& cell) { return int(to_number(cell).value()); }

/// By slice, from 1; the matrix of the volume is number 0.
std::map<int, Cells> published_matrices(const TextTable& table, const std::string& family) {
  std::map<int, Cells> matrices;
  for (const auto& row : table.rows) {
    // matrix,mode,slice_1based,direction_xyz,i,j,count,ngtdm_s,equals_manual_table
    if (row[0] != family) continue;
    const int slice = row[1] == "3D" ? 0 : whole_number(row[2]);
    matrices[slice][{whole_number(row[4]), whole_number(row[5])}] = whole_number(row[6]);
  }
  return matrices;
}

std::map<int, Cells> numbered(const MatricesByAggregation& built) {
  std::map<int, Cells> matrices{{0, cells(built.at(Aggregation::volume_3d).at(0))}};
  int slice = 0;
  for (const LevelCounts& matrix : built.at(Aggregation::slices_2d))
    matrices[++slice] = cells(matrix);
  return matrices;
}

TEST(IbsiMatrices, OfTheDigitalPhantomAreEqual) {
  REFERENCE_DATA_OR_SKIP(file, "ibsi/ibsi1_digital_phantom_matrices.csv");
  const TextTable table = read_csv(file);
  const Region phantom = digital_phantom();
  const std::map<std::string, MatricesByAggregation> families{
      {"Grey level size zone matrix", glszm_of(phantom)},
      {"Grey level distance zone matrix", gldzm_of(phantom)},
      {"Neighbouring grey level dependence matrix", ngldm_of(phantom)}};
  for (const auto& [name, built] : families) {
    const auto published = published_matrices(table, name);
    EXPECT_EQ(published.size(), 5u) << name;
    EXPECT_EQ(numbered(built), published) << name;
  }
}

}  // namespace
}  // namespace radiomics
