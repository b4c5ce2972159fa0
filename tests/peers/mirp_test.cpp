// A second opinion: MIRP's values of the same patients, all families and aggregations. Every value
// is accounted for; docs/agreement.md explains those that differ.

#include <array>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "radiomics/settings/presets.h"
#include "tests/support/cohort_folder.h"
#include "tests/support/peer_values.h"

namespace radiomics {
namespace {

// Both programs count in integers and sum in double precision. The least agreement is 1.1e-11, of a
// correlation, which is a small difference of large sums.
constexpr double double_precision = 1e-10;
// MIRP keeps intensities, their sums and moments and the grey levels in single precision, which has
// 7 digits; the third moment of nearly symmetrical intensities loses two of them.
constexpr double single_precision = 1e-5;
// MIRP's smallest enclosing ellipsoid is none where its centre is not that of the mesh: in the
// correction for the centre there is a product of numbers where one of vectors belongs. In these
// nearly symmetrical regions its volume and area are up to 5.3e-3 off.
constexpr double ellipsoid_tolerance = 6e-3;

/// Centre of mass shift, integrated intensity, Moran's I and Geary's C.
const std::set<std::string_view> morphology_of_intensities = {"KLMA", "99N0", "N365", "NPT7"};

double tolerance_of(const FeatureTable::Column& column) {
  if (column.definition.name.ends_with("_mvee")) return ellipsoid_tolerance;
  const bool single = column.family == "statistics" || column.family == "histogram" ||
                      column.family == "local_intensity" ||
                      column.definition.name == "grey_level_variance" ||
                      morphology_of_intensities.contains(column.definition.ibsi);
  return single ? single_precision : double_precision;
}

/// Features of MIRP that are not in IBSI 1 and not among ours: by the start of their names.
constexpr std::array without_counterpart = {
    // maximal correlation coefficient, 6 aggregations
    "cm_mcc_",
    // further points of the intensity-volume histogram
    "ivh_v25",
    "ivh_v50",
    "ivh_v75",
    "ivh_i25",
    "ivh_i50",
    "ivh_i75",
    "ivh_diff_v25_v75",
    "ivh_diff_i25_i75",
    // most voxels in a line along x, y or z
    "morph_max_2d_diam_",
    // PyRadiomics' energies and root mean square
    "stat_energy_offset",
    "stat_rms_offset",
    "stat_total_energy",
};

bool has_no_counterpart(const std::string& feature) {
  return std::ranges::any_of(without_counterpart,
                             [&](const char* start) { return feature.starts_with(start); });
}

/// The code of a feature; in that of the sum entropy there is a slip in MIRP.
std::string code_of(const std::string& ibsi) { return ibsi == "P6QZ1" ? "P6QZ" : ibsi; }

struct Account {
  std::map<double, int> equal{};  ///< by tolerance
  int box = 0, without_counterpart = 0;
  std::set<std::size_t> compared{};
};

/// MIRP looks for the smallest box by turning the region about one axis after the other: ours is
/// never larger. In place of the area density it gives its volume density again.
void compare_box(const OurValues& ours, double peer) {
  EXPECT_LE(peer, ours("morphology", "volume_density_ombb") * (1 + double_precision));
}

void compare(Account& account, const OurValues& ours, const std::string& feature,
             const std::string& ibsi, double peer) {
  SCOPED_TRACE(feature);
  const auto counterparts = ours.where([&](const FeatureTable::Column& column) {
    return !ibsi.empty() && column.definition.ibsi == code_of(ibsi) &&
           (column.aggregation == Aggregation::none ||
            feature.ends_with(std::string(column_suffix(column.aggregation)) + "_fbs_w25.0"));
  });
  account.compared.insert(counterparts.begin(), counterparts.end());
  if (has_no_counterpart(feature)) {
    EXPECT_EQ(counterparts.size(), 0u);
    ++account.without_counterpart;
  } else if (counterparts.size() != 1) {
    ADD_FAILURE() << counterparts.size() << " counterparts";
  } else if (feature.ends_with("_dens_ombb")) {
    compare_box(ours, peer);
    ++account.box;
  } else {
    const double tolerance = tolerance_of(ours.columns[counterparts[0]]);
    EXPECT_LE(relative_difference(ours.values[counterparts[0]], peer), tolerance);
    ++account.equal[tolerance];
  }
}

/// All our columns that IBSI has were compared.
void expect_all_compared(const OurValues& ours, const Account& account) {
  for (const std::size_t i : ours.where(
           [](const FeatureTable::Column& column) { return !column.definition.ibsi.empty(); }))
    EXPECT_TRUE(account.compared.contains(i)) << column_name(ours.columns[i]);
}

void expect_agreement(const Case& input, const std::string& run, const Settings& settings) {
  SCOPED_TRACE(run);
  const OurValues ours(input, settings);
  Account account;
  for (const auto& row : peer_rows("mirp.csv", run))
    compare(account, ours, row[1], row[2], to_number(row[3]).value());
  EXPECT_EQ(account.equal,
            (std::map<double, int>{
                {double_precision, 421}, {single_precision, 62}, {ellipsoid_tolerance, 2}}));
  EXPECT_EQ(account.box, 2);
  EXPECT_EQ(account.without_counterpart, 21);
  expect_all_compared(ours, account);
}

/// Linear interpolation on a grid of 2 mm, rounded, as MIRP does for CT.
Settings resampled() {
  Settings settings = preset("native");
  settings.prepare.resample = {.spacing_mm = {2, 2, 2}, .round_intensities = true};
  return settings;
}

// Source of the values: MIRP 2.7.0, by measure_mirp.py.
TEST(Mirp, AgreesOnASamplePatientFromNifti) {
  const samples::CohortFolder cohort;
  const auto folder = cohort.path() / "nifti/phantom-14";
  const Case input = case_of(folder / "image.nii.gz", folder / "mask.nii", "phantom-14");
  expect_agreement(input, "phantom-14/native", preset("native"));
  expect_agreement(input, "phantom-14/2mm", resampled());
}

// MIRP makes its mask of the contours itself.
TEST(Mirp, AgreesOnASamplePatientFromDicom) {
  const samples::CohortFolder cohort;
  const auto folder = cohort.path() / "dicom/0001";
  const Case input = case_of(folder, folder, "0001");
  expect_agreement(input, "0001/native", preset("native"));
  expect_agreement(input, "0001/2mm", resampled());
}

}  // namespace
}  // namespace radiomics
