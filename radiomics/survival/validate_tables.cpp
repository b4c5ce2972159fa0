#include "radiomics/core/text.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/validate_output.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

/// Calls line(prefix, prediction) for every prediction; prefix is its "endpoint,prediction,".
template <class Line>
void for_each_prediction(const ValidateAnalysis& analysis, Line line) {
  for (const auto& result : analysis.results)
    for (const auto& prediction : result.predictions)
      line(csv_cell(result.endpoint) + "," + csv_cell(prediction.name) + ",", prediction);
}

std::string cells(const Estimate& estimate) {
  const std::vector<double> values{estimate.estimate, estimate.std_error, estimate.conf_low,
                                   estimate.conf_high};
  return join(values, ",");
}

/// "" where there is no time.
std::string time_cell(double time) { return time == time ? to_text(time) : ""; }

}  // namespace

std::string discrimination_csv(const ValidateAnalysis& analysis, const ValidateOptions& options) {
  std::string text = "endpoint,prediction,measure,time,estimate,std_error,conf_low,conf_high\n";
  const double tau = options.common.truncation().value_or(undefined);
  for_each_prediction(analysis, [&](const std::string& prefix, const ValidatedPrediction& one) {
    const auto add = [&](const char* measure, double time, const Estimate& estimate) {
      text += prefix + measure + "," + time_cell(time) + "," + cells(estimate) + "\n";
    };
    const auto add_bootstrap = [&](const char* measure, double time,
                                   const BootstrapEstimate& boot) {
      add(measure, time,
          {boot.estimate, boot.std_error, boot.percentiles.low, boot.percentiles.high});
    };
    add("concordance", undefined, one.concordance.estimate);
    add("uno", undefined, one.uno.estimate);
    if (options.common.truncation()) {
      add("concordance_tau", tau, one.concordance_tau.estimate);
      add("uno_tau", tau, one.uno_tau.estimate);
    }
    if (one.bootstrap) {
      add_bootstrap("concordance_boot", undefined, one.bootstrap->concordance);
      add_bootstrap("uno_boot", undefined, one.bootstrap->uno);
      if (options.common.truncation()) add_bootstrap("uno_tau_boot", tau, one.bootstrap->uno_tau);
    }
    for (const auto& scores : one.horizons) {
      add("auc", scores.time, scores.auc.auc.estimate);
      add("brier", scores.time, scores.brier.brier.estimate);
      add("brier_null", scores.time, scores.brier.null_brier.estimate);
      add("ipa", scores.time, {.estimate = scores.brier.ipa});
    }
  });
  return text;
}

std::string calibration_csv(const ValidateAnalysis& analysis) {
  std::string text =
      "endpoint,prediction,time,observed,observed_conf_low,observed_conf_high,expected,ratio,slope,"
      "slope_std_error,slope_conf_low,slope_conf_high,ici,e50,e90,apparent\n";
  for_each_prediction(analysis, [&](const std::string& prefix, const ValidatedPrediction& one) {
    for (const auto& calibration : one.calibration) {
      const std::vector<double> totals{calibration.totals.observed, calibration.observed_limits.low,
                                       calibration.observed_limits.high,
                                       calibration.totals.expected, calibration.totals.ratio};
      const std::vector<double> distances{calibration.curve.ici, calibration.curve.e50,
                                          calibration.curve.e90};
      text += prefix + time_cell(calibration.time) + "," + join(totals, ",") + "," +
              cells(calibration.slope.slope) + "," + join(distances, ",") + "," +
              (one.apparent ? "true" : "false") + "\n";
    }
  });
  return text;
}

std::string calibration_groups_csv(const ValidateAnalysis& analysis) {
  std::string text = "endpoint,prediction,time,group,n,predicted,observed,conf_low,conf_high\n";
  for_each_prediction(analysis, [&](const std::string& prefix, const ValidatedPrediction& one) {
    for (const auto& calibration : one.calibration)
      for (std::size_t g = 0; g < calibration.groups.size(); ++g) {
        const auto& group = calibration.groups[g];
        const std::vector<double> values{group.mean_predicted, group.observed, group.conf_low,
                                         group.conf_high};
        text += prefix + time_cell(calibration.time) + "," + to_text(g + 1) + "," +
                to_text(group.n) + "," + join(values, ",") + "\n";
      }
  });
  return text;
}

std::string decision_curve_csv(const ValidateAnalysis& analysis) {
  std::string text =
      "endpoint,prediction,time,threshold,net_benefit,treat_all,true_positive_rate,"
      "false_positive_rate\n";
  for_each_prediction(analysis, [&](const std::string& prefix, const ValidatedPrediction& one) {
    for (const auto& decision : one.decision)
      for (std::size_t i = 0; i < decision.model.size(); ++i) {
        const auto& benefit = decision.model[i];
        const std::vector<double> values{decision.time,
                                         benefit.threshold,
                                         benefit.net_benefit,
                                         decision.treat_all[i].net_benefit,
                                         benefit.true_positive_rate,
                                         benefit.false_positive_rate};
        text += prefix + join(values, ",") + "\n";
      }
  });
  return text;
}

std::string validate_comparisons_csv(const ValidateAnalysis& analysis) {
  std::string text =
      "endpoint,reference,model,measure,time,estimate,std_error,conf_low,conf_high\n";
  for (const auto& result : analysis.results)
    for (const auto& compared : result.comparisons) {
      const std::string prefix = csv_cell(result.endpoint) + "," +
                                 csv_cell(result.predictions[compared.reference].name) + "," +
                                 csv_cell(result.predictions[compared.model].name) + ",";
      text += prefix + "delta_concordance,," + cells(compared.concordance) + "\n";
      if (compared.bootstrap)
        text += prefix + "delta_concordance_boot,," +
                cells({compared.bootstrap->estimate, compared.bootstrap->std_error,
                       compared.bootstrap->percentiles.low, compared.bootstrap->percentiles.high}) +
                "\n";
      for (const auto& scores : compared.horizons) {
        if (scores.time != scores.time) continue;
        text += prefix + "delta_auc," + to_text(scores.time) + "," + cells(scores.auc) + "\n";
        text += prefix + "delta_brier," + to_text(scores.time) + "," + cells(scores.brier) + "\n";
      }
    }
  return text;
}

CommandResult run_validate(const ValidateOptions& options, int threads) {
  const ValidateAnalysis analysis = analyse_validate(options, threads);
  CommandResult result{.warnings = analysis.warnings(), .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results)
    for (const auto& figure : validate_figures(one, options))
      files.push_back({figure.file, figure.svg});
  files.push_back({"discrimination.csv", discrimination_csv(analysis, options)});
  files.push_back({"calibration.csv", calibration_csv(analysis)});
  files.push_back({"calibration_groups.csv", calibration_groups_csv(analysis)});
  if (!options.thresholds.empty())
    files.push_back({"decision_curve.csv", decision_curve_csv(analysis)});
  if (options.predictions.size() + !options.model.empty() > 1)
    files.push_back({"comparisons.csv", validate_comparisons_csv(analysis)});
  if (!options.subgroups.empty()) files.push_back({"subgroups.csv", subgroups_csv(analysis)});
  add_report(files, validate_report(analysis, options));
  files.push_back({"result.json", validate_json(analysis, options)});
  return result;
}

}  // namespace radiomics
