// The IBSI CT phantom, from files to features: configurations A to E of IBSI 1.

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/presets.h"
#include "radiomics/tables/csv_reader.h"
#include "tests/support/data.h"
#include "tests/support/ibsi.h"

namespace radiomics {
namespace {

/// The IBSI code of a feature and the aggregation as the reference table calls it.
using Key = std::pair<std::string, std::string>;

std::string reference_name(Aggregation aggregation) {
  return std::string(description(aggregation));
}

std::map<Key, double> measured(const Case& input, const std::string& preset_name) {
  const Settings& settings = preset(preset_name);
  const Extraction extraction = extract(input, settings);
  for (const Failure& failure : extraction.failures) ADD_FAILURE() << failure.message;
  std::map<Key, double> values;
  if (extraction.rows.size() != 1) return values;
  const auto columns = columns_of(settings);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto aggregation = columns[i].aggregation;
    values[{std::string(columns[i].definition.ibsi),
            aggregation == Aggregation::none ? "" : reference_name(aggregation)}] =
        extraction.rows.front().values[i];
  }
  return values;
}

/// Compares all reference values of a configuration that our families have. \return their number
int compare(const std::map<Key, double>& values, const std::string& configuration,
            const TextTable& reference) {
  int compared = 0;
  for (const auto& row : reference.rows) {
    // config,family,feature_name,ibsi_code,aggregation,value,tolerance,consensus
    const auto found = values.find({row[3], row[4]});
    if (row[0] != configuration || found == values.end()) continue;
    SCOPED_TRACE(configuration + " " + row[2] + " " + row[4]);
    expect_ibsi(found->second, to_number(row[5]).value(), to_number(row[6]).value());
    ++compared;
  }
  return compared;
}

struct Configuration {
  const char* name;
  const char* preset;
  int values;  ///< in the reference table
};

constexpr Configuration configurations[] = {
    {"A", "ibsi1-a", 346}, {"B", "ibsi1-b", 346}, {"C", "ibsi1-c", 210},
    {"D", "ibsi1-d", 210}, {"E", "ibsi1-e", 210},
};

TEST(IbsiCt, MeetsTheReferenceFromNifti) {
  REFERENCE_DATA_OR_SKIP(ibsi, "ibsi");
  const TextTable reference = read_csv(ibsi / "ibsi1_reference.csv");
  const Case input = case_of(ibsi / "ibsi1_ct/image.nii.gz", ibsi / "ibsi1_ct/mask.nii.gz", "PAT1");
  for (const auto& [name, preset_name, values] : configurations)
    EXPECT_EQ(compare(measured(input, preset_name), name, reference), values) << name;
}

TEST(IbsiCt, MeetsTheReferenceFromDicom) {
  REFERENCE_DATA_OR_SKIP(ibsi, "ibsi");
  const TextTable reference = read_csv(ibsi / "ibsi1_reference.csv");
  const Case input = case_of(ibsi / "ibsi1_ct_dicom/ct", ibsi / "ibsi1_ct_dicom/rtstruct", "PAT1");
  for (const auto& [name, preset_name, values] : configurations)
    EXPECT_EQ(compare(measured(input, preset_name), name, reference), values) << name;
}

// Source: IBSI reference manual, section 5.2, diagnostics of configurations C and D.
TEST(IbsiCt, HasTheVoxelsOfTheReference) {
  REFERENCE_DATA_OR_SKIP(ibsi, "ibsi");
  const Case input = case_of(ibsi / "ibsi1_ct/image.nii.gz", ibsi / "ibsi1_ct/mask.nii.gz", "PAT1");
  const Diagnostics found = extract(input, preset("ibsi1-c")).rows.at(0).diagnostics;
  EXPECT_EQ(found.resampled.size, (Index3{100, 99, 90}));
  EXPECT_EQ(found.voxels_drawn, 125256u);
  EXPECT_EQ(found.voxels_outline, 45985u);
}

}  // namespace
}  // namespace radiomics
