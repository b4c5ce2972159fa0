// Features of the grey level run length matrix (IBSI TP0I).
// Formulas: IBSI reference manual, section 3.7: i is a grey level, j a run length, N_s the number
// of runs and N_v the voxel count. Grey levels have no unit, hence none has a feature.

#include "radiomics/texture/glrlm.h"

#include <cmath>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

double square(double x) { return x * x; }

double inverse_square(double x) { return 1 / (x * x); }

/// The mean over all runs of level_term(i) * length_term(j).
template <class Term>
double mean_over_runs(const Glrlm& m, Term level_term, Term length_term) {
  double sum = 0;
  for (const auto& [level, length, count] : m.entries)
    sum += level_term(level) * length_term(length) * double(count);
  return sum / double(m.run_count);
}

double short_runs_emphasis(const Glrlm& m) { return expectation(m.lengths, inverse_square); }

double long_runs_emphasis(const Glrlm& m) { return expectation(m.lengths, square); }

double low_grey_level_run_emphasis(const Glrlm& m) { return expectation(m.levels, inverse_square); }

double high_grey_level_run_emphasis(const Glrlm& m) { return expectation(m.levels, square); }

double short_run_low_grey_level_emphasis(const Glrlm& m) {
  return mean_over_runs(m, inverse_square, inverse_square);
}

double short_run_high_grey_level_emphasis(const Glrlm& m) {
  return mean_over_runs(m, square, inverse_square);
}

double long_run_low_grey_level_emphasis(const Glrlm& m) {
  return mean_over_runs(m, inverse_square, square);
}

double long_run_high_grey_level_emphasis(const Glrlm& m) {
  return mean_over_runs(m, square, square);
}

double grey_level_non_uniformity(const Glrlm& m) {
  return concentration(m.levels) * double(m.run_count);
}

double normalised_grey_level_non_uniformity(const Glrlm& m) { return concentration(m.levels); }

double run_length_non_uniformity(const Glrlm& m) {
  return concentration(m.lengths) * double(m.run_count);
}

double normalised_run_length_non_uniformity(const Glrlm& m) { return concentration(m.lengths); }

double run_percentage(const Glrlm& m) { return double(m.run_count) / double(m.voxel_count); }

double grey_level_variance(const Glrlm& m) { return variance(m.levels); }

double run_length_variance(const Glrlm& m) { return variance(m.lengths); }

double run_entropy(const Glrlm& m) {
  double sum = 0;
  for (const auto& entry : m.entries) {
    const double p = double(entry.count) / double(m.run_count);
    sum -= p * std::log2(p);
  }
  return sum;
}

}  // namespace

FeatureFamily glrlm_family() {
  return make_texture_family(
      "glrlm", "TP0I", "Grey level run length matrix", AggregationKind::directional,
      &RegionSummary::glrlm,
      {
          {{"short_runs_emphasis", "22OV", "ShortRunEmphasis", "1", "Weight of short runs"},
           short_runs_emphasis},
          {{"long_runs_emphasis", "W4KF", "LongRunEmphasis", "1", "Weight of long runs"},
           long_runs_emphasis},
          {{"low_grey_level_run_emphasis", "V3SW", "LowGrayLevelRunEmphasis", "1",
            "Weight of runs of low levels"},
           low_grey_level_run_emphasis},
          {{"high_grey_level_run_emphasis", "G3QZ", "HighGrayLevelRunEmphasis", "1",
            "Weight of runs of high levels"},
           high_grey_level_run_emphasis},
          {{"short_run_low_grey_level_emphasis", "HTZT", "ShortRunLowGrayLevelEmphasis", "1",
            "Weight of short runs of low levels"},
           short_run_low_grey_level_emphasis},
          {{"short_run_high_grey_level_emphasis", "GD3A", "ShortRunHighGrayLevelEmphasis", "1",
            "Weight of short runs of high levels"},
           short_run_high_grey_level_emphasis},
          {{"long_run_low_grey_level_emphasis", "IVPO", "LongRunLowGrayLevelEmphasis", "1",
            "Weight of long runs of low levels"},
           long_run_low_grey_level_emphasis},
          {{"long_run_high_grey_level_emphasis", "3KUM", "LongRunHighGrayLevelEmphasis", "1",
            "Weight of long runs of high levels"},
           long_run_high_grey_level_emphasis},
          {{"grey_level_non_uniformity", "R5YN", "GrayLevelNonUniformity", "1",
            "Unevenness of the runs over the levels"},
           grey_level_non_uniformity},
          {{"normalised_grey_level_non_uniformity", "OVBL", "GrayLevelNonUniformityNormalized", "1",
            "Unevenness of the runs over the levels, per run"},
           normalised_grey_level_non_uniformity},
          {{"run_length_non_uniformity", "W92Y", "RunLengthNonUniformity", "1",
            "Unevenness of the runs over the lengths"},
           run_length_non_uniformity},
          {{"normalised_run_length_non_uniformity", "IC23", "RunLengthNonUniformityNormalized", "1",
            "Unevenness of the runs over the lengths, per run"},
           normalised_run_length_non_uniformity},
          {{"run_percentage", "9ZK5", "RunPercentage", "1", "Number of runs over that of voxels"},
           run_percentage},
          {{"grey_level_variance", "8CE5", "GrayLevelVariance", "1",
            "Variance of the levels of the runs"},
           grey_level_variance},
          {{"run_length_variance", "SXLW", "RunVariance", "1", "Variance of the run lengths"},
           run_length_variance},
          {{"run_entropy", "HJ9O", "RunEntropy", "1",
            "Disorder of the levels and lengths of the runs, in bits"},
           run_entropy},
      });
}

}  // namespace radiomics
