#include "radiomics/survival/volume_check.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "radiomics/cohort/feature_columns.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/multiplicity.h"
#include "radiomics/statistics/sample_moments.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/statistics/spearman.h"
#include "radiomics/survival/endpoint_results.h"
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

VolumeFeature relation(const std::string& name, std::span<const double> values,
                       std::span<const double> volume, std::span<const double> diameter,
                       double threshold) {
  VolumeFeature one{.feature = name};
  one.rho_volume = rho(values, volume);
  one.rho_diameter = rho(values, diameter);
  one.r2_volume = r_squared(values, volume);
  one.volume_surrogate = std::abs(one.rho_volume) > threshold;
  return one;
}

/// A numeric column of some patients; NaN for all if it has no name.
std::vector<double> values_of(const Cohort& cohort, const std::string& name,
                              std::span<const std::size_t> patients) {
  if (name.empty()) return std::vector<double>(patients.size(), undefined);
  const auto all = numbers(column(cohort, name), cohort.cells);
  std::vector<double> values;
  for (const auto patient : patients) values.push_back(all[patient]);
  return values;
}

std::vector<VolumeFeature> correlations(const Cohort& cohort, const FeatureColumns& features,
                                        const VolumeCheckOptions& options) {
  std::vector<std::size_t> everybody(cohort.size());
  std::iota(everybody.begin(), everybody.end(), std::size_t{0});
  const auto volume = values_of(cohort, options.compare.volume, everybody),
             diameter = values_of(cohort, options.diameter, everybody);
  std::vector<VolumeFeature> result;
  for (std::size_t j = 0; j < features.names.size(); ++j)
    result.push_back(relation(features.names[j], features.values.column(j), volume, diameter,
                              options.surrogate_threshold));
  return result;
}

/// The hazard ratio of a column of a fit, for `unit` of it.
Estimate ratio_of(const CoxFit& fit, std::size_t column, double unit, double conf_level) {
  if (fit.events == 0 || fit.status[column] != TermStatus::ok) return {};
  const Estimate log_ratio =
      normal_estimate(unit * fit.coefficients[column], unit * fit.std_errors[column], conf_level);
  return {.estimate = std::exp(log_ratio.estimate),
          .conf_low = std::exp(log_ratio.conf_low),
          .conf_high = std::exp(log_ratio.conf_high)};
}

/// The hazard ratios of the second column per its standard deviation, in thirds of the first.
std::vector<Estimate> ratios_in_tertiles(const CoxData& data, const AnalysisOptions& common) {
  const auto volume = data.covariates.column(0);
  if (volume.empty()) return std::vector<Estimate>(3);
  const std::vector<double> thirds =
      sample_quantiles(volume, std::vector<double>{1.0 / 3, 2.0 / 3});
  const double unit = sd_of_defined(data.covariates.column(1));
  std::vector<Estimate> ratios;
  for (int third = 0; third < 3; ++third) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < data.size(); ++i)
      if ((volume[i] > thirds[0]) + (volume[i] > thirds[1]) == third) rows.push_back(i);
    ratios.emplace_back();
    if (rows.empty()) continue;
    const std::vector<std::size_t> feature{1};
    const CoxFit fit = fit_cox(with_columns(rows_of(data, rows), feature), {.ties = common.ties});
    ratios.back() = ratio_of(fit, 0, unit, common.conf_level);
  }
  return ratios;
}

/// Log volume against log volume and the other columns: the first one is log volume.
Test beyond_first_column(const CoxData& data, Ties ties) {
  const std::vector<std::size_t> volume{0};
  const CoxFit smaller = fit_cox(with_columns(data, volume), {.ties = ties}),
               larger = fit_cox(data, {.ties = ties});
  return chi_squared_test(2 * (larger.log_likelihood - smaller.log_likelihood),
                          larger.df - smaller.df);
}

BeyondVolume beyond_volume(const Cohort& cohort, const EndpointSpec& spec,
                           const std::string& feature, const VolumeCheckOptions& options) {
  BeyondVolume result{.feature = feature};
  if (feature == options.compare.volume) return result;
  const auto& common = options.compare.common;
  const ModelFrame frame = model_frame(
      cohort, spec,
      {.variables = {{.name = options.compare.volume, .logarithm = true}, {.name = feature}},
       .strata = common.strata},
      common);
  result.likelihood_ratio = beyond_first_column(frame.cox_data(), common.ties);
  result.tertiles = ratios_in_tertiles(frame.cox_data(), common);
  return result;
}

ImagingScore imaging_score(const Cohort& cohort, const EndpointSpec& spec,
                           const VolumeCheckOptions& options) {
  const auto& common = options.compare.common;
  std::vector<VariableSpec> variables{{.name = options.compare.volume, .logarithm = true}};
  for (const auto& name : options.compare.imaging)
    if (name != options.compare.volume) variables.push_back({.name = name});
  const ModelFrame frame =
      model_frame(cohort, spec, {.variables = variables, .strata = common.strata}, common);
  const CoxData data = frame.cox_data();
  ImagingScore result;
  std::vector<std::size_t> imaging(frame.covariates.columns - 1);
  std::iota(imaging.begin(), imaging.end(), std::size_t{1});
  const CoxData without_volume = with_columns(data, imaging);
  const auto score =
      linear_predictor(fit_cox(without_volume, {.ties = common.ties}), without_volume.covariates);
  result.volume =
      relation("score", score, values_of(cohort, options.compare.volume, frame.patients),
               values_of(cohort, options.diameter, frame.patients), options.surrogate_threshold);
  CoxData both = data;
  both.covariates = Matrix(data.size(), 2);
  std::ranges::copy(data.covariates.column(0), both.covariates.column(0).begin());
  std::ranges::copy(score, both.covariates.column(1).begin());
  const double unit = sd_of_defined(score);
  const std::vector<std::size_t> alone{1};
  result.alone = ratio_of(fit_cox(with_columns(both, alone), {.ties = common.ties}), 0, unit,
                          common.conf_level);
  result.adjusted = ratio_of(fit_cox(both, {.ties = common.ties}), 1, unit, common.conf_level);
  result.likelihood_ratio = beyond_first_column(data, common.ties);
  result.tertiles = ratios_in_tertiles(both, common);
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
    const auto& delta = control.delta;
    text += (text.empty() ? endpoint + ": against '" : " Against '") + one_line(control.control);
    if (std::isnan(delta.conf_low))
      text += "' no difference can be estimated: too few events.";
    else
      text += "' the concordance differs by " + with_limits(delta, 3) +
              (delta.conf_low > 0 ? ": what the voxels hold counts."
                                  : ": intensity and texture carry no demonstrated information "
                                    "beyond shape and size.");
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
  result.score = imaging_score(analysis.cohort, spec, options);
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
  auto others = outcome_columns(options.compare.common.endpoints);
  for (const auto& factor : options.compare.common.factors) others.push_back(factor.name);
  const FeatureColumns features =
      feature_columns(analysis.cohort, options.compare.common.feature_patterns, others);
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
