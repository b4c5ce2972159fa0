#include "radiomics/survival/volume_check.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/multiplicity.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/statistics/spearman.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/feature_columns.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

/// Pairs of numbers of the patients who have both.
std::pair<std::vector<double>, std::vector<double>> both(std::span<const double> x,
                                                         std::span<const double> y) {
  std::pair<std::vector<double>, std::vector<double>> pairs;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!std::isnan(x[i]) && !std::isnan(y[i])) {
      pairs.first.push_back(x[i]);
      pairs.second.push_back(y[i]);
    }
  return pairs;
}

double rho(std::span<const double> x, std::span<const double> y) {
  const auto pairs = both(x, y);
  return spearman(pairs.first, pairs.second);
}

double r_squared(std::span<const double> x, std::span<const double> y) {
  const auto pairs = both(x, y);
  const double r = pearson(pairs.first, pairs.second);
  return r * r;
}

std::vector<VolumeFeature> correlations(const Cohort& cohort, const FeatureColumns& features,
                                        const VolumeCheckOptions& options) {
  const auto values_of = [&cohort](const std::string& name) {
    return name.empty() ? std::vector<double>(cohort.size(), undefined)
                        : numbers(column(cohort, name), cohort.cells);
  };
  const auto volume = values_of(options.compare.volume), diameter = values_of(options.diameter);
  std::vector<VolumeFeature> result;
  for (std::size_t j = 0; j < features.names.size(); ++j) {
    VolumeFeature one{.feature = features.names[j]};
    one.rho_volume = rho(features.values.column(j), volume);
    one.rho_diameter = rho(features.values.column(j), diameter);
    one.r2_volume = r_squared(features.values.column(j), volume);
    one.volume_surrogate = std::abs(one.rho_volume) > options.surrogate_threshold;
    result.push_back(one);
  }
  return result;
}

/// The hazard ratios of the second column per its standard deviation, in thirds of the first.
std::vector<Estimate> ratios_in_tertiles(const ModelFrame& frame,
                                         const VolumeCheckOptions& options) {
  const auto volume = frame.covariates.column(0);
  const std::vector<double> thirds =
      sample_quantiles(volume, std::vector<double>{1.0 / 3, 2.0 / 3});
  std::vector<Estimate> ratios;
  for (int third = 0; third < 3; ++third) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < frame.size(); ++i)
      if ((volume[i] > thirds[0]) + (volume[i] > thirds[1]) == third) rows.push_back(i);
    const std::vector<std::size_t> feature{1};
    const CoxFit fit = fit_cox(with_columns(rows_of(frame.cox_data(), rows), feature),
                               {.ties = options.compare.common.ties});
    const auto terms = term_results(
        {frame.terms[1]}, columns_of(frame.covariates, feature),
        {.coefficients = fit.coefficients, .std_errors = fit.std_errors, .status = fit.status},
        options.compare.common.conf_level);
    ratios.push_back(terms[0].per_sd->ratio);
  }
  return ratios;
}

BeyondVolume beyond_volume(const Cohort& cohort, const EndpointSpec& spec,
                           const std::string& feature, const VolumeCheckOptions& options) {
  BeyondVolume result{.feature = feature};
  if (feature == options.compare.volume) return result;
  const ModelFrame frame = model_frame(
      cohort, spec,
      {.variables = {{.name = options.compare.volume, .logarithm = true}, {.name = feature}},
       .strata = options.compare.common.strata},
      options.compare.common);
  const std::vector<std::size_t> volume{0};
  const CoxOptions cox{.ties = options.compare.common.ties};
  const CoxFit smaller = fit_cox(with_columns(frame.cox_data(), volume), cox),
               larger = fit_cox(frame.cox_data(), cox);
  result.likelihood_ratio = chi_squared_test(2 * (larger.log_likelihood - smaller.log_likelihood),
                                             larger.df - smaller.df);
  result.tertiles = ratios_in_tertiles(frame, options);
  return result;
}

std::vector<BeyondVolume> features_beyond_volume(const Cohort& cohort, const EndpointSpec& spec,
                                                 const std::vector<VolumeFeature>& features,
                                                 const VolumeCheckOptions& options, int threads) {
  std::vector<BeyondVolume> result(features.size());
  parallel_for(features.size(), threads, [&](std::size_t j) {
    result[j] = beyond_volume(cohort, spec, features[j].feature, options);
  });
  std::vector<double> p_values;
  for (const auto& one : result) p_values.push_back(one.likelihood_ratio.p_value);
  const auto adjusted = adjusted_p_values(p_values, Adjustment::benjamini_hochberg);
  for (std::size_t j = 0; j < result.size(); ++j) result[j].p_bh = adjusted[j];
  return result;
}

SizeAlone baseline(const std::string& name, const VariableSpec& variable, const Cohort& cohort,
                   const EndpointSpec& spec, const VolumeCheckOptions& options, int threads) {
  const auto& common = options.compare.common;
  const ModelFrame frame =
      model_frame(cohort, spec, {.variables = {variable}, .strata = common.strata}, common);
  const CoxFit fit = fit_cox(frame.cox_data(), {.ties = common.ties});
  SizeAlone result{.name = name};
  result.concordance = concordance(frame.outcome, linear_predictor(fit, frame.covariates),
                                   {.conf_level = common.conf_level}, frame.strata);
  if (options.compare.bootstrap > 0)
    result.corrected =
        bootstrap_cox(
            frame.cox_data(),
            bootstrap_samples(frame.size(), std::size_t(options.compare.bootstrap), common.seed),
            {.ties = common.ties, .conf_level = common.conf_level, .threads = threads})
            .corrected;
  return result;
}

/// Base and imaging on the patients of a table, with their risk.
struct ScoredCohort {
  ModelFrame frame;
  std::vector<std::string> ids;
};

ScoredCohort score(const Cohort& cohort, const EndpointSpec& spec,
                   const VolumeCheckOptions& options) {
  std::vector<VariableSpec> variables = plain_variables(options.compare.base);
  for (const auto& name : options.compare.imaging) variables.push_back({.name = name});
  ScoredCohort result{
      .frame = model_frame(cohort, spec,
                           {.variables = variables, .strata = options.compare.common.strata},
                           options.compare.common),
      .ids = {}};
  result.ids = ids_of(cohort, result.frame.patients);
  return result;
}

/// The rows of two frames that belong to the same patients.
std::pair<std::vector<std::size_t>, std::vector<std::size_t>> shared_rows(
    const ScoredCohort& first, const ScoredCohort& second) {
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < second.ids.size(); ++i) known[second.ids[i]] = i;
  std::pair<std::vector<std::size_t>, std::vector<std::size_t>> rows;
  for (std::size_t i = 0; i < first.ids.size(); ++i)
    if (const auto found = known.find(first.ids[i]); found != known.end()) {
      rows.first.push_back(i);
      rows.second.push_back(found->second);
    }
  return rows;
}

ControlResult compare_with_control(const std::string& control, const ScoredCohort& original,
                                   const EndpointSpec& spec, const VolumeCheckOptions& options,
                                   int threads) {
  auto tables = options.compare.common.cohort;
  tables.control = control;
  const ScoredCohort randomised = score(read_cohort(tables), spec, options);
  const auto rows = shared_rows(original, randomised);
  require(!rows.first.empty(), ErrorKind::no_common_ids,
          "control '" + one_line(control) + "' has no patient of the original table");
  const auto& common = options.compare.common;
  const CoxData ours = rows_of(original.frame.cox_data(), rows.first),
                theirs = rows_of(randomised.frame.cox_data(), rows.second);
  const auto risk = [&common](const CoxData& data) {
    return linear_predictor(fit_cox(data, {.ties = common.ties}), data.covariates);
  };
  const auto our_risk = risk(ours), their_risk = risk(theirs);
  const Concordance first = concordance(ours.outcome, their_risk, {.conf_level = common.conf_level},
                                        ours.strata),
                    second = concordance(ours.outcome, our_risk, {.conf_level = common.conf_level},
                                         ours.strata);
  ControlResult result{.control = control, .n = rows.first.size()};
  result.original = second.estimate;
  result.randomised = first.estimate;
  result.delta = concordance_difference(first, second, common.conf_level);
  if (options.compare.bootstrap > 0) {
    const auto bootstrap = bootstrap_concordance_difference(
        ours.outcome, their_risk, our_risk,
        bootstrap_samples(ours.size(), std::size_t(options.compare.bootstrap), common.seed),
        {.conf_level = common.conf_level, .threads = threads}, ours.strata);
    result.delta.std_error = bootstrap.std_error;
    result.delta.conf_low = bootstrap.percentiles.low;
    result.delta.conf_high = bootstrap.percentiles.high;
  }
  return result;
}

std::string control_text(const std::string& endpoint, const std::vector<ControlResult>& controls) {
  std::string text;
  for (const auto& control : controls) {
    if (control.error) continue;
    text += (text.empty() ? endpoint + ": against '" : " Against '") + one_line(control.control) +
            "' the concordance differs by " + with_limits(control.delta, 3);
    text += control.delta.conf_low <= 0
                ? ": intensity and texture carry no demonstrated information beyond shape and size."
                : ": what the voxels hold counts.";
  }
  return text;
}

VolumeCheckResult analyse_endpoint(const VolumeCheckAnalysis& analysis, const EndpointSpec& spec,
                                   CompareResult compared, const VolumeCheckOptions& options,
                                   int threads) {
  VolumeCheckResult result{.endpoint = spec.name, .warnings = compared.warnings};
  if (compared.error) throw Error(*compared.error);
  result.compare = std::move(compared);
  result.baselines.push_back(baseline("log(" + options.compare.volume + ")",
                                      {.name = options.compare.volume, .logarithm = true},
                                      analysis.cohort, spec, options, threads));
  if (!options.diameter.empty())
    result.baselines.push_back(baseline(options.diameter, {.name = options.diameter},
                                        analysis.cohort, spec, options, threads));
  result.features =
      features_beyond_volume(analysis.cohort, spec, analysis.features, options, threads);
  if (analysis.cohort.controls.empty()) return result;
  const ScoredCohort original = score(analysis.cohort, spec, options);
  for (const auto& control : analysis.cohort.controls) try {
      result.controls.push_back(compare_with_control(control, original, spec, options, threads));
    } catch (const Error& error) {
      result.controls.push_back({.control = control, .error = error});
    }
  result.control_text = control_text(spec.name, result.controls);
  return result;
}

}  // namespace

VolumeCheckAnalysis analyse_volume_check(const VolumeCheckOptions& given, int threads) {
  VolumeCheckOptions options = given;
  require(!options.compare.imaging.empty() || !options.diameter.empty(),
          ErrorKind::invalid_argument,
          "nothing to set against volume; give --imaging, --diameter or both");
  if (options.compare.imaging.empty()) options.compare.imaging = {options.diameter};
  CompareAnalysis compared = analyse_compare(options.compare, threads);
  VolumeCheckAnalysis analysis{.cohort = std::move(compared.cohort)};
  const FeatureColumns features =
      feature_columns(analysis.cohort, options.compare.common.feature_patterns);
  analysis.cohort.warnings.insert(analysis.cohort.warnings.end(), features.warnings.begin(),
                                  features.warnings.end());
  analysis.features = correlations(analysis.cohort, features, options);
  const auto& endpoints = options.compare.common.endpoints;
  analysis.results =
      for_each_endpoint<VolumeCheckResult>(endpoints, 1, [&](const EndpointSpec& spec) {
        const auto at = std::ranges::find(endpoints, spec.name, &EndpointSpec::name);
        return analyse_endpoint(analysis, spec,
                                std::move(compared.results[std::size_t(at - endpoints.begin())]),
                                options, threads);
      });
  return analysis;
}

}  // namespace radiomics
