#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/auc.h"
#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/fine_gray.h"
#include "radiomics/survival/term_result.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival compare`.
struct CompareOptions {
  AnalysisOptions common{};
  std::vector<std::string> base{};     ///< the clinical model, usually TNM
  std::vector<std::string> imaging{};  ///< features that were chosen before the data were seen
  std::string volume{};                ///< enters as its logarithm; "": there is none
  int bootstrap = 500;                 ///< resamples; 0: none
  std::filesystem::path resamples{};   ///< a file of resamples instead
  bool data_driven = false;  ///< the features were chosen by looking at these data: no p-values
};

/// One of the models that are compared, on the patients complete for all of them.
struct ComparedModel {
  std::string name{};                     ///< "M0" ... "M4"
  std::vector<std::string> covariates{};  ///< as in the text: "stage", "log(volume)", "diameter"
  CoxFit fit{};
  std::vector<TermResult> terms{};
  double events_per_parameter = undefined;
  double aic = undefined;
  Concordance concordance{};
  std::optional<OptimismBootstrap> bootstrap{};
};

/// What the larger of two models gains at a horizon. Apparent: on the patients of the fit.
struct HorizonGain {
  double time = 0;
  Estimate auc{};
  Estimate brier{};
};

/// From a smaller to a larger model.
struct ComparedStep {
  std::string from{}, to{};
  Test likelihood_ratio{};
  Estimate delta_concordance{};
  Test delta_test{};  ///< z and its p; unreliable where the larger model adds nothing
  Interval bootstrap{undefined, undefined};  ///< percentiles of the difference, paired
  double corrected = undefined;              ///< difference of the corrected C
  std::vector<HorizonGain> horizons{};
  double p_holm = undefined;  ///< over the endpoints of the run
  double p_bh = undefined;
};

/// The same question asked in another way: the answer should not depend on it.
struct Sensitivity {
  std::string name{};  ///< "base_ordinal", "volume_spline"
  std::string from{}, to{};
  Test likelihood_ratio{};
};

enum class Verdict { no_evidence, volume_surrogate, added_value, resampled_only };

std::string_view to_string(Verdict verdict);

/// The subdistribution model of M2, where events compete.
struct FineGrayBeside {
  std::vector<TermResult> terms{};
  Test imaging{};  ///< Wald test of the imaging terms
};

struct CompareResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;
  int events = 0;
  int competing = 0;
  std::size_t n_missing = 0;
  std::vector<ComparedModel> models{};
  std::vector<ComparedStep> steps{};
  std::vector<Sensitivity> sensitivity{};
  bool too_few_volumes = false;  ///< different ones, to enter volume as a spline as well
  std::optional<FineGrayBeside> fine_gray{};
  Verdict verdict = Verdict::no_evidence;
  std::string text{};
  std::vector<AnalysisWarning> warnings{};
};

struct CompareAnalysis {
  Cohort cohort;
  std::vector<CompareResult> results;
};

/// Compares M0 base, M1 imaging, M2 base + imaging and, with a volume, M3 base + log volume and
/// M4 base + log volume + imaging, for every endpoint. Likelihood ratio tests decide:
/// see verdict_of(). \throws Error what read_cohort() throws
CompareAnalysis analyse_compare(const CompareOptions& options, int threads = 1);

/// no_evidence where M0-M2 is not significant at `level`, volume_surrogate where it is but M3-M4 is
/// not, added_value where both are (or M0-M2 is and there is no volume).
Verdict verdict_of(const std::vector<ComparedStep>& steps, double level);

/// The verdict in words, with the numbers that it rests on.
std::string verdict_text(const CompareResult& result, const CompareOptions& options,
                         std::size_t tests);

}  // namespace radiomics
