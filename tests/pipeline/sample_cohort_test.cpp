// The sample cohort through the whole line: what is measured is what was drawn.

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/pipeline/run_cases.h"
#include "radiomics/settings/presets.h"
#include "samples/truth.h"
#include "tests/support/bits.h"
#include "tests/support/cohort_folder.h"

namespace radiomics {
namespace {

using samples::Ellipsoid;
using samples::Patient;

/// Measured values of all regions, by case and region.
class Measured {
 public:
  void add(const CohortFeatures& batch) {
    for (const Failure& failure : batch.failures) ADD_FAILURE() << failure.message;
    for (const auto& row : batch.table.rows)
      for (std::size_t i = 0; i < row.values.size(); ++i)
        values_[{row.case_name, row.roi}][column_name(batch.table.columns[i])] = row.values[i];
  }
  double operator()(const Patient& patient, const samples::Roi& roi,
                    const std::string& name) const {
    return values_.at({patient.case_name, roi.name}).at("original_morphology_" + name);
  }
  std::size_t size() const { return values_.size(); }

 private:
  std::map<std::pair<std::string, std::string>, std::map<std::string, double>> values_;
};

/// What a mesh that runs half-way between voxels cuts off the voxels of a convex body: a prism of
/// an eighth of a voxel's section along every outward edge, which inward edges add again. A section
/// through a convex body has four outward edges more than inward ones, whatever its size.
double cut_off_mm3(const Ellipsoid& ellipsoid, const Geometry& grid) {
  const Vector3 half = half_extent_mm(ellipsoid);
  const auto& h = grid.spacing_mm;
  return half[0] * h[1] * h[2] + half[1] * h[0] * h[2] + half[2] * h[0] * h[1];
}

void expect_truth(const Measured& measured, const Patient& patient, const samples::Roi& roi) {
  SCOPED_TRACE(patient.case_name + " " + roi.name);
  const Ellipsoid& truth = roi.ellipsoid;
  const auto value = [&](const char* name) { return measured(patient, roi, name); };
  const double tolerance = volume_tolerance_mm3(truth, patient.grid);
  EXPECT_NEAR(value("volume_voxel_counting"), volume_mm3(truth), tolerance);
  EXPECT_NEAR(value("volume_mesh"), volume_mm3(truth) - cut_off_mm3(truth, patient.grid),
              tolerance);
  EXPECT_NEAR(value("elongation"), samples::elongation(truth),
              ratio_tolerance(samples::elongation(truth), truth, patient.grid));
  EXPECT_NEAR(value("flatness"), samples::flatness(truth),
              ratio_tolerance(samples::flatness(truth), truth, patient.grid));
  EXPECT_NEAR(value("maximum_3d_diameter"), 2 * std::ranges::max(truth.semi_axes_mm),
              samples::diameter_tolerance_mm(patient.grid));
}

// How the tolerances follow from the size of the voxels: samples/truth.h.
TEST(SampleCohort, IsMeasuredAsItWasMade) {
  const samples::CohortFolder cohort;
  Measured measured;
  for (const char* input : {"dicom", "nifti/cases.csv"})
    measured.add(measure_cohort(list_cases(cohort.path() / input), preset("native"), {.jobs = 2}));
  int lesions = 0;
  for (const Patient& patient : samples::cohort_patients())
    for (const samples::Roi& roi : patient.rois)
      if (roi.lesion >= 0) {
        expect_truth(measured, patient, roi);
        ++lesions;
      }
  EXPECT_GE(lesions, 24);
  EXPECT_EQ(measured.size(), std::size_t(lesions) + 1) << "and one lung";
}

TEST(SampleCohort, HasTheSameTableForAnyNumberOfJobs) {
  const samples::CohortFolder cohort;
  const CaseList list = list_cases(cohort.path() / "dicom");
  const CohortFeatures one = measure_cohort(list, preset("ibsi1-c"));
  for (const int jobs : {2, 7}) {
    const CohortFeatures many = measure_cohort(list, preset("ibsi1-c"), {.jobs = jobs});
    ASSERT_EQ(many.table.rows.size(), one.table.rows.size());
    for (std::size_t r = 0; r < one.table.rows.size(); ++r) {
      EXPECT_EQ(many.table.rows[r].case_name, one.table.rows[r].case_name);
      EXPECT_EQ(bits_of(many.table.rows[r].values), bits_of(one.table.rows[r].values));
    }
  }
}

}  // namespace
}  // namespace radiomics
