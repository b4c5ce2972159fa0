// Resampling: how much of the concordance is optimism.

#include "radiomics/cohort/resample_file.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/cox_fitting.h"

namespace radiomics {
namespace {

void warn(CoxModelResult& result, WarningCode code, const std::string& text) {
  result.warnings.push_back(endpoint_warning(code, result.endpoint, text));
}

/// "in 3 of 200 resamples a term was not estimable ...".
void warn_of_lost_terms(std::size_t lost, std::size_t failed, const std::string& parts,
                        CoxModelResult& result) {
  if (lost > 0)
    warn(result, WarningCode::resample_lost_level,
         "in " + to_text(lost) + " of " + parts +
             " a term was not estimable (a level was not there or had no event): it counts as 0 "
             "there");
  if (failed > 0)
    warn(result, WarningCode::no_convergence,
         to_text(failed) + " of " + parts + " had no fit and are left out");
}

void add_bootstrap(const ModelFrame& frame, const CoxData& data, const CoxModelOptions& options,
                   int threads, CoxModelResult& result) {
  const auto resamples =
      options.resamples.empty()
          ? bootstrap_samples(frame.size(), std::size_t(options.bootstrap), options.common.seed)
          : read_resamples(options.resamples, frame.size());
  if (resamples.empty()) return;
  result.bootstrap = bootstrap_cox(
      data, resamples,
      {.ties = options.common.ties, .conf_level = options.common.conf_level, .threads = threads});
  const auto& bootstrap = *result.bootstrap;
  warn_of_lost_terms(std::size_t(bootstrap.aliased) + std::size_t(bootstrap.infinite),
                     std::size_t(bootstrap.failed), counted(resamples.size(), "resample"), result);
}

void add_cross_validation(const CoxData& data, const Grouping& folds,
                          const CoxModelOptions& options, int threads, CoxModelResult& result) {
  require(folds.labels.size() > 1, ErrorKind::invalid_argument,
          result.endpoint + ": '" + one_line(options.folds) +
              "' has one value only; folds need two or more");
  result.cross_validation = {folds.labels,
                             cross_validate_cox(data, folds.group, options.common.ties, threads)};
  std::size_t lost = 0, failed = 0;
  for (const auto& fold : result.cross_validation->scores.folds) {
    lost += fold.aliased || fold.infinite;
    failed += fold.failed;
  }
  warn_of_lost_terms(lost, failed, counted(folds.labels.size(), "fold"), result);
}

}  // namespace

void add_validation(const ModelFrame& frame, const CoxData& data, const Grouping* folds,
                    const CoxModelOptions& options, int threads, CoxModelResult& result) {
  add_bootstrap(frame, data, options, threads, result);
  if (folds) add_cross_validation(data, *folds, options, threads, result);
}

}  // namespace radiomics
