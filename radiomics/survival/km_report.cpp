// report.md and the figures: numbers rounded for people. No patient is named in either.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/survival_figure.h"
#include "radiomics/survival/km_output.h"

namespace radiomics {
namespace {

constexpr int few_at_risk = 10;

/// "0.0213", "< 0.001".
std::string p_cell(double p) {
  if (std::isnan(p)) return "not tested";
  return p < 0.001 ? "< 0.001" : rounded_text(p, 3);
}

/// "p = 0.0213", "p < 0.001".
std::string p_phrase(double p) {
  if (std::isnan(p)) return "not tested";
  return p < 0.001 ? "p < 0.001" : "p = " + rounded_text(p, 3);
}

std::string percent(double level) { return rounded_text(100 * level, 6) + " %"; }

std::string time_text(double time, std::string_view undefined) {
  return std::isnan(time) ? std::string(undefined) : rounded_text(time, 4);
}

/// "18.2 (12.1 to not reached)".
std::string with_limits(const QuantileEstimate& quantile) {
  if (std::isnan(quantile.estimate) && std::isnan(quantile.conf_low)) return "not reached";
  return time_text(quantile.estimate, "not reached") + " (" +
         time_text(quantile.conf_low, "not reached") + " to " +
         time_text(quantile.conf_high, "not reached") + ")";
}

std::string with_limits(const HorizonEstimate& horizon) {
  if (horizon.beyond_follow_up) return "beyond follow-up";
  std::string text = fixed_text(horizon.estimate, 3);
  if (!std::isnan(horizon.conf_low))
    text +=
        " (" + fixed_text(horizon.conf_low, 3) + " to " + fixed_text(horizon.conf_high, 3) + ")";
  return text;
}

/// Text that comes from a table, for a cell of a Markdown table.
std::string markdown(const std::string& text) {
  std::string result;
  for (const char c : one_line(text)) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string row(const std::vector<std::string>& cells) {
  return "| " + join(cells, " | ") + " |\n";
}

std::string head(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) line += i == 0 ? "---|" : "---:|";
  return row(cells) + line + "\n";
}

std::string unit_text(const KmOptions& options) {
  return options.common.time_unit ? " (" + std::string(to_string(*options.common.time_unit)) + ")"
                                  : "";
}

std::string groups_table(const KmResult& result, const KmOptions& options) {
  const std::string tau = std::isnan(result.groups[0].rmst.tau)
                              ? ""
                              : " to " + rounded_text(result.groups[0].rmst.tau, 6);
  std::vector<std::string> titles{"group", "patients", "events", "median" + unit_text(options)};
  if (!tau.empty()) titles.push_back("restricted mean" + tau + " ± standard error");
  std::string text = head(titles);
  for (const auto& group : result.groups) {
    std::vector<std::string> cells{markdown(group.label), to_text(group.data.size()),
                                   to_text(group.data.events()), with_limits(group.quantiles[1])};
    if (!tau.empty())
      cells.push_back(std::isnan(group.rmst.estimate)
                          ? "beyond follow-up"
                          : rounded_text(group.rmst.estimate, 4) + " ± " +
                                rounded_text(group.rmst.std_error, 3));
    text += row(cells);
  }
  return text;
}

std::string horizons_table(const KmResult& result, const KmOptions& options) {
  if (options.common.horizons.empty()) return "";
  std::string text = "\n" + head({"group", "time" + unit_text(options), "at risk", "S"});
  bool few = false;
  for (const auto& group : result.groups)
    for (const auto& horizon : group.horizons) {
      const bool mark = horizon.n_risk < few_at_risk;
      few = few || mark;
      text += row({markdown(group.label), rounded_text(horizon.time, 6),
                   to_text(horizon.n_risk) + (mark ? " \\*" : ""), with_limits(horizon)});
    }
  if (few)
    text += "\n\\* fewer than " + to_text(few_at_risk) + " at risk: the estimate is unstable.\n";
  return text;
}

std::string tests_table(const KmResult& result, const KmOptions& options) {
  if (result.tests.empty()) return "";
  std::string text =
      "\n" + head({"test of equal survival by " + markdown(options.by), "chi-square", "df", "p"});
  for (const auto& test : result.tests)
    text += row({test.rho == 0 ? "log-rank" : "Peto and Peto", fixed_text(test.statistic, 2),
                 to_text(test.df), p_cell(test.p_value)});
  if (!options.common.strata.empty())
    text += "\nStratified by " + markdown(join(options.common.strata, ", ")) + ".\n";
  return text;
}

std::string section(const KmResult& result, const KmOptions& options) {
  std::string text = "\n## " + markdown(result.endpoint) + "\n\n";
  if (result.error)
    return text + "Refused: " + std::string(to_string(result.error->kind())) + ": " +
           markdown(result.error->what()) + "\n";
  text += counted(result.n, "patient") + ", " + counted(std::size_t(result.events), "event") +
          "; " + to_text(result.n_missing) + " left out for missing values.\n\n![" +
          markdown(result.endpoint) + "](km_" + result.endpoint + ".svg)\n\n";
  return text + groups_table(result, options) + horizons_table(result, options) +
         tests_table(result, options);
}

std::string inputs_section(const KmAnalysis& analysis) {
  const auto& cohort = analysis.cohort;
  std::string text = "## Input\n\n" + head({"table", "file", "rows"});
  for (const auto& table : cohort.tables)
    text += row({table.role, markdown(table.file), to_text(table.rows_read)});
  if (cohort.tables.size() == 2)
    text += "\nJoined by id: " + counted(cohort.size(), "patient") + " in both, " +
            to_text(cohort.only_in_clinical.size()) + " only in the clinical table, " +
            to_text(cohort.only_in_features.size()) + " only in the features.\n";
  return text;
}

std::string warnings_section(const KmAnalysis& analysis) {
  std::string text;
  for (const auto& warning : analysis.warnings())
    text += "- " + std::string(to_string(warning.code)) + ": " + markdown(warning.message) + "\n";
  return text.empty() ? "" : "\n## Warnings\n\n" + text;
}

SurvivalCurve curve_of(const KmGroup& group) {
  return {.label = one_line(group.label),
          .time = group.curve.table.time,
          .estimate = group.curve.estimate,
          .conf_low = group.curve.conf_low,
          .conf_high = group.curve.conf_high,
          .n_censor = group.curve.table.n_censor,
          .n_risk = group.curve.table.n_risk,
          .median = group.quantiles[1].estimate};
}

/// Whole years, halves or quarters of a year where the times are months.
double step_of_ticks(const KmResult& result, const KmOptions& options) {
  if (options.common.time_unit != TimeUnit::months) return 0;
  double last = 0;
  for (const auto& group : result.groups) last = std::max(last, group.curve.table.time.back());
  for (const double step : {1, 3, 6, 12, 24, 60})
    if (last / step <= 10) return step;
  return 120;
}

}  // namespace

std::string km_figure(const KmResult& result, const KmOptions& options) {
  SurvivalFigure figure;
  figure.title = result.endpoint + (options.by.empty() ? "" : " by " + one_line(options.by));
  figure.description = "Kaplan-Meier curves of " + counted(result.groups.size(), "group") + ", " +
                       counted(result.n, "patient") + ", " +
                       counted(std::size_t(result.events), "event");
  figure.x_label = "Time" + unit_text(options);
  figure.y_label = "Probability free of event";
  if (!result.tests.empty())
    figure.note =
        std::string(options.common.strata.empty() ? "Log-rank " : "Stratified log-rank ") +
        p_phrase(result.tests[0].p_value);
  const bool bands = result.groups.size() <= 4;
  figure.footnote = bands ? "Bands: " + percent(options.curve().conf_level) + " confidence (" +
                                std::string(to_string(options.curve().conf_type)) + "). "
                          : "";
  figure.footnote += "Ticks: censored. Dashed: median.";
  figure.x_tick_step = step_of_ticks(result, options);
  for (const auto& group : result.groups) figure.curves.push_back(curve_of(group));
  return to_svg(figure);
}

std::string km_report(const KmAnalysis& analysis, const KmOptions& options) {
  std::string text = "# Survival by Kaplan and Meier\n\n" + inputs_section(analysis);
  for (const auto& result : analysis.results) text += section(result, options);
  text += warnings_section(analysis);
  return text +
         "\n## Method\n\nProduct-limit estimate, deaths before censorings at the same time; " +
         percent(options.curve().conf_level) + " confidence intervals on the " +
         std::string(to_string(options.curve().conf_type)) +
         " scale with Greenwood's variance; limits of the median where the band crosses one half. "
         "Tests with the hypergeometric variance. Nothing is extrapolated beyond the last time of "
         "follow-up.\n";
}

}  // namespace radiomics
