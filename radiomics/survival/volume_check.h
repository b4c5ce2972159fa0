#pragma once

#include <string>
#include <vector>

#include "radiomics/survival/command_result.h"
#include "radiomics/survival/compare_analysis.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival volume-check`.
struct VolumeCheckOptions {
  CompareOptions compare{};          ///< its base may be empty; without imaging it is the diameter
  std::string diameter{};            ///< column of the largest diameter; "": there is none
  double surrogate_threshold = 0.8;  ///< of |Spearman's rho| with volume or diameter
};

/// How much of a feature is volume.
struct VolumeFeature {
  std::string feature{};
  double rho_volume = undefined;  ///< Spearman, on the patients who have both
  double rho_diameter = undefined;
  double r2_volume = undefined;   ///< of the linear regression on volume
  bool volume_surrogate = false;  ///< |rho_volume| above the threshold
};

/// What a feature tells about one endpoint beyond volume.
struct BeyondVolume {
  std::string feature{};
  Test likelihood_ratio{};  ///< log volume, to log volume and the feature
  double p_bh = undefined;  ///< over the features
  /// Hazard ratios in thirds of volume, the smallest first, per standard deviation over all of the
  /// patients, so that they can be compared; NaN where a third has no events or no variation.
  std::vector<Estimate> tertiles{};
};

/// The same model on features whose voxels were made meaningless.
struct ControlResult {
  std::string control{};
  std::optional<Error> error{};
  std::size_t n = 0;      ///< patients in both
  Estimate original{};    ///< C
  Estimate randomised{};  ///< C
  Estimate delta{};       ///< original minus control; limits: percentiles of the paired bootstrap
};

/// The imaging of the model as one number: the fitted linear predictor of its columns, of the
/// patients that it was fitted to, which flatters.
struct ImagingScore {
  VolumeFeature volume{};            ///< what of it is volume
  Estimate alone{};                  ///< hazard ratio per standard deviation
  Estimate adjusted{};               ///< the same beside log volume
  Test likelihood_ratio{};           ///< log volume, to log volume and all columns of the score
  std::vector<Estimate> tertiles{};  ///< as those of a feature
};

/// A size alone.
struct SizeAlone {
  std::string name{};
  Concordance concordance{};
  double corrected = undefined;
};

struct VolumeCheckResult {
  std::string endpoint{};
  std::optional<Error> error{};
  CompareResult compare{};
  std::vector<SizeAlone> baselines{};
  ImagingScore score{};
  std::vector<BeyondVolume> features{};
  std::vector<ControlResult> controls{};
  std::string control_text{};  ///< "" without controls
  std::vector<AnalysisWarning> warnings{};
};

struct VolumeCheckAnalysis {
  Cohort cohort;
  std::vector<VolumeFeature> features{};
  std::vector<VolumeCheckResult> results{};
};

/// Sets imaging against volume in three ways: the comparison of analyse_compare(), every feature
/// beside log volume, and the model on negative controls (rows of the features whose `Control` is
/// not empty: voxels shuffled or drawn at random).
/// \source Welch et al. 2019, doi:10.1016/j.radonc.2018.10.027
/// \throws Error what read_cohort() throws
VolumeCheckAnalysis analyse_volume_check(const VolumeCheckOptions& options, int threads = 1);

/// The whole command: result.json, volume_features.csv, volume_controls.csv, those of compare, a
/// figure of the correlations, report.md, report.html.
CommandResult run_volume_check(const VolumeCheckOptions& options, int threads = 1);

}  // namespace radiomics
