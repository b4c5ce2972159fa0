// The report and the figures: numbers rounded for people. No patient is named in either.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/survival_figure.h"
#include "radiomics/survival/km_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr int few_at_risk = 10;

std::string with_limits(const HorizonEstimate& horizon) {
  if (horizon.beyond_follow_up) return "beyond follow-up";
  std::string text = fixed_text(horizon.estimate, 3);
  if (!std::isnan(horizon.conf_low))
    text +=
        " (" + fixed_text(horizon.conf_low, 3) + " to " + fixed_text(horizon.conf_high, 3) + ")";
  return text;
}

std::string confidence(const KmOptions& options) { return percent(options.curve().conf_level); }

bool has_restricted_mean(const KmResult& result) { return !std::isnan(result.groups[0].rmst.tau); }

std::string restricted_mean_text(const RestrictedMean& rmst) {
  if (std::isnan(rmst.estimate)) return "beyond follow-up";
  return value_text(rmst.estimate, 4) + " ± " + value_text(rmst.std_error, 3);
}

ReportTable groups_table(const KmResult& result, const KmOptions& options) {
  ReportTable table = table_of({"Group", "Patients", "Events",
                                "Median" + unit_in_brackets(options.common.time_unit) + " with " +
                                    confidence(options) + " limits"});
  table.caption = "Patients, events and median time to the event.";
  if (has_restricted_mean(result))
    table.columns.push_back(
        {"Restricted mean to " + rounded_text(result.groups[0].rmst.tau, 6) + " ± standard error"});
  for (const auto& group : result.groups) {
    table.rows.push_back({group.label, to_text(group.data.size()), to_text(group.data.events()),
                          with_limits(group.quantiles[1])});
    if (has_restricted_mean(result)) table.rows.back().push_back(restricted_mean_text(group.rmst));
  }
  return table;
}

ReportTable horizons_table(const KmResult& result, const KmOptions& options) {
  ReportTable table =
      table_of({"Group", "Time" + unit_in_brackets(options.common.time_unit), "At risk",
                "Free of event, with " + confidence(options) + " limits"});
  table.caption = "Probability to be free of the event.";
  bool few = false;
  for (const auto& group : result.groups)
    for (const auto& horizon : group.horizons) {
      const bool mark = horizon.n_risk < few_at_risk;
      few = few || mark;
      table.rows.push_back({group.label, rounded_text(horizon.time, 6),
                            to_text(horizon.n_risk) + (mark ? " *" : ""), with_limits(horizon)});
    }
  if (few)
    table.footnotes.push_back("* fewer than " + to_text(few_at_risk) +
                              " at risk: the estimate is unstable.");
  return table;
}

/// "I-II = 1, IIIA = 2, IIIB = 3".
std::string scored_groups(const KmResult& result) {
  std::vector<std::string> parts;
  for (std::size_t g = 0; g < result.groups.size(); ++g)
    parts.push_back(result.groups[g].label + " = " + to_text(result.scores[g]));
  return join(parts, ", ");
}

ReportTable tests_table(const KmResult& result, const KmOptions& options) {
  ReportTable table = table_of({"Test", "Chi-square", "df", "p"});
  table.caption = "Tests of equal survival by " + options.by + ".";
  for (const auto& test : result.tests)
    table.rows.push_back({test.rho == 0 ? "log-rank" : "Peto and Peto",
                          fixed_text(test.statistic, 2), to_text(test.df), p_cell(test.p_value)});
  if (result.trend) {
    table.rows.push_back({"log-rank, trend", number_or_dash(result.trend->statistic, 2),
                          to_text(result.trend->df), p_cell(result.trend->p_value)});
    table.footnotes.push_back("Trend: " + scored_groups(result) + ".");
  }
  if (!options.common.strata.empty())
    table.footnotes.push_back("Stratified by " + join(options.common.strata, ", ") + ".");
  return table;
}

/// Adjusted p-values alone: one that is picked out of several tests says nothing as it is.
ReportTable pairs_table(const KmResult& result, const KmOptions& options) {
  ReportTable table = table_of({"Groups", "Chi-square", "df", "p, Holm"});
  table.caption = "Log-rank tests of every two groups by " + options.by + ", p adjusted for " +
                  counted(result.pairs.size(), "test") + ".";
  for (const auto& pair : result.pairs)
    table.rows.push_back(
        {result.groups[pair.first].label + " and " + result.groups[pair.second].label,
         fixed_text(pair.test.statistic, 2), to_text(pair.test.df), p_cell(pair.p_holm)});
  return table;
}

std::string log_rank_phrase(const KmResult& result, const KmOptions& options) {
  return (options.common.strata.empty() ? "log-rank " : "stratified log-rank ") +
         p_phrase(result.tests[0].p_value);
}

/// "OS: 105 patients, 84 events; median 16.5 (12.1 to 20.3) months."
std::string summary_of(const KmResult& result, const KmOptions& options) {
  if (result.error) return result.endpoint + ": refused, see below.";
  std::string text = result.endpoint + ": " + counted(result.n, "patient") + ", " +
                     counted(std::size_t(result.events), "event");
  if (result.groups.size() == 1)
    return text + "; median" + unit_in_brackets(options.common.time_unit) + " " +
           with_limits(result.groups[0].quantiles[1]) + ".";
  text += "; " + counted(result.groups.size(), "group") + " by " + options.by;
  return text + (result.tests.empty() ? "" : ", " + log_rank_phrase(result, options)) + ".";
}

bool has_competing(const KmResult& result, const KmOptions& options) {
  return std::ranges::any_of(options.common.endpoints, [&](const EndpointSpec& spec) {
    return spec.name == result.endpoint && spec.has_competing();
  });
}

ReportSection endpoint_section(const KmResult& result, const KmOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  section.blocks = {
      paragraph(counts_text(result.n, result.events, result.n_missing)),
      ReportFigure{.file = km_figure_name(result),
                   .svg = km_figure(result, options),
                   .caption = result.endpoint + (options.by.empty() ? "" : " by " + options.by)},
      groups_table(result, options)};
  if (has_competing(result, options))
    section.blocks.push_back(Note{
        .text = "Patients with the competing event are censored here. 1 - S is then not the "
                "incidence of the event but exceeds it, as if they could still have it; for the "
                "incidence use radiomics survival cif.",
        .warning = true});
  if (!options.common.horizons.empty()) section.blocks.push_back(horizons_table(result, options));
  if (!result.tests.empty()) section.blocks.push_back(tests_table(result, options));
  if (!result.pairs.empty()) section.blocks.push_back(pairs_table(result, options));
  return section;
}

std::string method_text(const KmOptions& options) {
  return "Product-limit estimate, deaths before censorings at the same time; " +
         confidence(options) + " confidence intervals on the " +
         std::string(to_string(options.curve().conf_type)) +
         " scale with Greenwood's variance; limits of the median where the band crosses one half. "
         "Tests with the hypergeometric variance. Nothing is extrapolated beyond the last time of "
         "follow-up.";
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

double last_time(const KmResult& result) {
  double last = 0;
  for (const auto& group : result.groups) last = std::max(last, group.curve.table.time.back());
  return last;
}

}  // namespace

std::string km_figure(const KmResult& result, const KmOptions& options) {
  SurvivalFigure figure;
  figure.title = result.endpoint + (options.by.empty() ? "" : " by " + one_line(options.by));
  figure.description = "Kaplan-Meier curves of " + counted(result.groups.size(), "group") + ", " +
                       counted(result.n, "patient") + ", " +
                       counted(std::size_t(result.events), "event");
  figure.x_label = "Time" + unit_in_brackets(options.common.time_unit);
  figure.y_label = "Probability free of event";
  if (!result.tests.empty())
    figure.note =
        std::string(options.common.strata.empty() ? "Log-rank " : "Stratified log-rank ") +
        p_phrase(result.tests[0].p_value);
  const bool bands = result.groups.size() <= 4;
  figure.footnote = bands ? "Bands: " + confidence(options) + " confidence (" +
                                std::string(to_string(options.curve().conf_type)) + "). "
                          : "";
  figure.footnote += "Ticks: censored. Dashed: median.";
  figure.x_tick_step = tick_step(last_time(result), options.common.time_unit);
  for (const auto& group : result.groups) figure.curves.push_back(curve_of(group));
  return to_svg(figure);
}

std::string km_figure_name(const KmResult& result) { return "km_" + result.endpoint + ".svg"; }

Report km_report(const KmAnalysis& analysis, const KmOptions& options) {
  Report report{.title = "Survival by Kaplan and Meier", .footer = program_footer()};
  for (const auto& result : analysis.results) {
    report.summary.push_back(summary_of(result, options));
    report.sections.push_back(endpoint_section(result, options));
  }
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(options));
  return report;
}

}  // namespace radiomics
