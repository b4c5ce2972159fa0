// A second opinion: PyRadiomics' values of the same regions. Every value is accounted for: it is
// ours, it follows from ours, or its mesh differs; docs/agreement.md explains why.

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "radiomics/pipeline/load.h"
#include "radiomics/shape/mesh.h"
#include "tests/support/cohort_folder.h"
#include "tests/support/data.h"
#include "tests/support/peer_values.h"

namespace radiomics {
namespace {

/// What both programs are told, and what PyRadiomics' values depend on beyond that.
struct PeerRun {
  const char* name;  ///< in the table of values
  Bins bins;
  Aggregation directional = Aggregation::average_3d;  ///< of GLCM and GLRLM
  Aggregation spatial = Aggregation::volume_3d;       ///< of the other matrices
  std::optional<double> sigma{};                      ///< of resegmentation
  double shift = 0;  ///< voxelArrayShift: added to the intensities for energies
  /// Where a surface runs through an ambiguous cube both programs choose other triangles. On brain1
  /// the largest relative difference is 2.63e-3; no such cube occurs in a convex region.
  double mesh_tolerance = 3e-3;
};

Settings settings_of(const PeerRun& run) {
  Settings settings;
  settings.prepare.resegment.sigma = run.sigma;
  settings.summary.texture_bins = run.bins;
  settings.summary.aggregations = {run.directional, run.spatial};
  return settings;
}

/// What we measure, and what PyRadiomics' deviating features are made of.
struct Ours {
  PeerRun run;
  OurValues values;
  Mesh mesh;
  double voxel_count = 0, voxel_mm3 = 0;

  Ours(const Case& input, const PeerRun& of) : run(of), values(input, settings_of(of)) {
    const OpenedCase opened = open_case(input);
    const Mask mask = load_region(opened, opened.rois.at(0), {}).mask.volume;
    const auto& [dx, dy, dz] = mask.geometry().spacing_mm;
    mesh = surface_mesh(mask);
    voxel_count = double(std::ranges::count(mask.voxels(), 1));
    voxel_mm3 = dx * dy * dz;
  }
  double operator()(std::string_view family, std::string_view feature) const {
    return values(family, feature);
  }
};

double shifted_square(const Ours& ours) {
  const double mean = ours("statistics", "mean") + ours.run.shift;
  return ours("statistics", "variance") + mean * mean;
}

double sample_to_population(const Ours& ours) {
  return std::sqrt((ours.voxel_count - 1) / ours.voxel_count);
}

/// The largest distance of two vertices of the mesh that have the same coordinate along an axis.
double diameter_across_mm(const Mesh& mesh, int axis) {
  std::map<std::int64_t, std::vector<Vector3>> planes;
  for (const Vector3& vertex : mesh.vertices_mm)
    planes[std::llround(vertex[axis] * 1e6)].push_back(vertex);
  double largest = 0;
  for (const auto& [place, vertices] : planes)
    for (const Vector3& a : vertices)
      for (const Vector3& b : vertices)
        largest = std::max(largest, std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
  return largest;
}

/// A feature that PyRadiomics defines otherwise, and its value as it follows from ours.
struct Relation {
  const char* feature;  ///< class and name
  double (*expected)(const Ours&);
};

constexpr Relation relations[] = {
    // A constant is added to the intensities (0 unless the user sets voxelArrayShift).
    {"firstorder_Energy", [](const Ours& o) { return o.voxel_count * shifted_square(o); }},
    {"firstorder_RootMeanSquared", [](const Ours& o) { return std::sqrt(shifted_square(o)); }},
    // Not in IBSI: energy times the volume of a voxel.
    {"firstorder_TotalEnergy",
     [](const Ours& o) { return o.voxel_mm3 * o.voxel_count * shifted_square(o); }},
    // Not in IBSI, which has the variance.
    {"firstorder_StandardDeviation",
     [](const Ours& o) { return std::sqrt(o("statistics", "variance")); }},
    // Not less the 3 of the normal distribution.
    {"firstorder_Kurtosis", [](const Ours& o) { return o("statistics", "excess_kurtosis") + 3; }},
    // The variances of the axes are divided by N, those of IBSI's reference values by N - 1.
    {"shape_MajorAxisLength",
     [](const Ours& o) { return o("morphology", "major_axis_length") * sample_to_population(o); }},
    {"shape_MinorAxisLength",
     [](const Ours& o) { return o("morphology", "minor_axis_length") * sample_to_population(o); }},
    {"shape_LeastAxisLength",
     [](const Ours& o) { return o("morphology", "least_axis_length") * sample_to_population(o); }},
    // Not in IBSI. Vertices half-way between two slices count as a slice of their own; in ours,
    // as on a screen, only those within a slice count.
    {"shape_Maximum2DDiameterSlice", [](const Ours& o) { return diameter_across_mm(o.mesh, 2); }},
    {"shape_Maximum2DDiameterColumn", [](const Ours& o) { return diameter_across_mm(o.mesh, 1); }},
    {"shape_Maximum2DDiameterRow", [](const Ours& o) { return diameter_across_mm(o.mesh, 0); }},
};

const std::set<std::string> of_the_mesh = {
    "shape_MeshVolume",   "shape_SurfaceArea",  "shape_SurfaceVolumeRatio",    "shape_Sphericity",
    "shape_Compactness1", "shape_Compactness2", "shape_SphericalDisproportion"};

/// Not in IBSI, and not among our features.
const std::set<std::string> without_counterpart = {"glcm_MCC"};

// Sums in another order differ by up to 1e-13. PyRadiomics adds 2.2e-16 within each logarithm of an
// entropy, which the differences of entropies in Imc1 enlarge to 7e-13; the stored shape values of
// brain1 have 12 digits.
constexpr double rounding = 2e-12;

bool is_of_class(std::string_view family, const std::string& peer_class) {
  if (peer_class == "firstorder") return family == "statistics" || family == "histogram";
  if (peer_class == "shape") return family == "morphology";
  return family == (peer_class == "gldm" ? "ngldm" : peer_class);
}

/// How many values there are of each kind, and which of our columns were compared.
struct Account {
  int equal = 0, related = 0, mesh = 0, without_counterpart = 0;
  std::set<std::size_t> compared{};
};

void compare(Account& account, const Ours& ours, const std::string& peer_class,
             const std::string& feature, double peer) {
  const std::string name = peer_class + '_' + feature;
  SCOPED_TRACE(std::string(ours.run.name) + " " + name);
  const auto counterparts = ours.values.where([&](const FeatureTable::Column& column) {
    return column.definition.pyradiomics == feature && is_of_class(column.family, peer_class);
  });
  account.compared.insert(counterparts.begin(), counterparts.end());
  const auto relation = std::ranges::find(relations, name, &Relation::feature);
  if (without_counterpart.contains(name)) {
    EXPECT_EQ(counterparts.size(), 0u);
    ++account.without_counterpart;
  } else if (relation != std::end(relations)) {
    EXPECT_LE(relative_difference(relation->expected(ours), peer), rounding);
    ++account.related;
  } else if (counterparts.size() != 1) {
    ADD_FAILURE() << counterparts.size() << " counterparts";
  } else if (of_the_mesh.contains(name)) {
    EXPECT_LE(relative_difference(ours.values.values[counterparts[0]], peer),
              ours.run.mesh_tolerance);
    ++account.mesh;
  } else {
    EXPECT_LE(relative_difference(ours.values.values[counterparts[0]], peer), rounding);
    ++account.equal;
  }
}

struct Expected {
  int equal, related, mesh, without_counterpart;
};

void expect_account(const Account& account, const Expected& expected) {
  EXPECT_EQ(account.equal, expected.equal);
  EXPECT_EQ(account.related, expected.related);
  EXPECT_EQ(account.mesh, expected.mesh);
  EXPECT_EQ(account.without_counterpart, expected.without_counterpart);
}

// PyRadiomics puts the first edge at the multiple of the width that is not above the lowest
// intensity (468).
constexpr FixedBinSize from_450{.width = 25, .first_edge = 450};

const std::pair<PeerRun, Expected> brain1_runs[] = {
    {{.name = "brain1", .bins = from_450, .shift = 2000}, {92, 10, 4, 1}},
    {{.name = "brain1_FBN", .bins = FixedBinNumber{64}}, {74, 0, 0, 1}},
    {{.name = "brain1_2d",
      .bins = from_450,
      .directional = Aggregation::direction_merged_25d,
      .spatial = Aggregation::slices_merged_25d},
     {74, 0, 0, 1}},
    {{.name = "brain1_resegmentation", .bins = from_450, .sigma = 3}, {88, 4, 0, 1}},
    {{.name = "brain1_combined", .bins = from_450, .directional = Aggregation::merged_3d},
     {39, 0, 0, 1}},
};

// Source: the baseline to which PyRadiomics' own tests hold its values, of an MR image of a brain
// tumour. Its runs with normalisation and resampling (steps of its own) and on a region of one
// intensity (constants of its own) are left out.
TEST(PyRadiomics, AgreesOnItsOwnBaseline) {
  REFERENCE_DATA_OR_SKIP(data, "pyradiomics");
  const TextTable baseline = read_csv(data / "baseline.csv");
  const Case input = case_of(data / "brain1_image.nrrd", data / "brain1_label.nrrd", "brain1");
  for (const auto& [run, expected] : brain1_runs) {
    const Ours ours(input, run);
    Account account;
    for (const auto& row : baseline.rows)  // case,image_case,image_type,class,feature,value,...
      if (row[0] == run.name) compare(account, ours, row[3], row[4], to_number(row[5]).value());
    SCOPED_TRACE(run.name);
    expect_account(account, expected);
  }
}

constexpr FixedBinSize from_minus_25{.width = 25, .first_edge = -25};  // the lowest intensity is -9

const PeerRun phantom_runs[] = {
    {.name = "phantom-14/averaged", .bins = from_minus_25, .mesh_tolerance = rounding},
    {.name = "phantom-14/merged",
     .bins = from_minus_25,
     .directional = Aggregation::merged_3d,
     .mesh_tolerance = rounding},
    {.name = "phantom-14/slices",
     .bins = from_minus_25,
     .directional = Aggregation::direction_merged_25d,
     .spatial = Aggregation::slices_merged_25d,
     .mesh_tolerance = rounding},
};

/// Features of PyRadiomics that give no value any more: others have the same one.
const std::set<std::string_view> withdrawn = {"Dissimilarity",
                                              "Homogeneity1",
                                              "Homogeneity2",
                                              "SumVariance",
                                              "GrayLevelNonUniformityNormalized",
                                              "DependencePercentage"};

/// Every column with a counterpart in PyRadiomics was compared, but for the withdrawn.
void expect_all_compared(const Ours& ours, const Account& account) {
  for (const std::size_t i : ours.values.where([](const FeatureTable::Column& column) {
         return !column.definition.pyradiomics.empty();
       })) {
    const auto& column = ours.values.columns[i];
    EXPECT_TRUE(account.compared.contains(i) || withdrawn.contains(column.definition.pyradiomics))
        << column_name(column);
  }
}

// Source: PyRadiomics 3.0.1, by measure_pyradiomics.py.
TEST(PyRadiomics, AgreesOnASamplePatient) {
  const samples::CohortFolder cohort;
  const auto folder = cohort.path() / "nifti/phantom-14";
  const Case input = case_of(folder / "image.nii.gz", folder / "mask.nii", "phantom-14");
  for (const PeerRun& run : phantom_runs) {
    const Ours ours(input, run);
    Account account;
    for (const auto& row : peer_rows("pyradiomics.csv", run.name)) {
      const auto words = split(row[1], '_');  // original, class, feature
      compare(account, ours, words.at(1), words.at(2), to_number(row[2]).value());
    }
    SCOPED_TRACE(run.name);
    expect_account(account, {92, 11, 7, 1});
    expect_all_compared(ours, account);
  }
}

}  // namespace
}  // namespace radiomics
