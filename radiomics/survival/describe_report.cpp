// The report and the figure: numbers rounded for people. No patient is named in either.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/flow_figure.h"
#include "radiomics/survival/describe_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

std::string confidence(const DescribeOptions& options) {
  return percent(options.common.conf_level);
}

std::string count_text(std::size_t count, std::size_t n) {
  return to_text(count) + (n > 0 ? " (" + percent(double(count) / double(n), 1) + ")" : "");
}

std::string quartiles_text(const NumberSummary& numbers) {
  if (std::isnan(numbers.median)) return "";
  return value_text(numbers.median, 4) + " [" + value_text(numbers.q25, 4) + " to " +
         value_text(numbers.q75, 4) + "]";
}

std::string mean_text(const NumberSummary& numbers) {
  if (std::isnan(numbers.mean)) return "";
  return value_text(numbers.mean, 4) +
         (std::isnan(numbers.sd) ? "" : " (" + value_text(numbers.sd, 3) + ")");
}

/// A line of the cohort table: its name, and a cell of every group.
template <class Cell>
void add_line(ReportTable& table, const DescribedVariable& variable, const std::string& name,
              Cell cell) {
  std::vector<std::string> row{name};
  for (const auto& group : variable.groups) row.push_back(cell(group));
  table.rows.push_back(std::move(row));
}

void add_variable(ReportTable& table, const DescribedVariable& variable) {
  if (variable.levels.empty()) {
    add_line(table, variable, variable.name + ", median [quartiles]",
             [](const GroupSummary& group) { return quartiles_text(group.numbers); });
    add_line(table, variable, variable.name + ", mean (SD)",
             [](const GroupSummary& group) { return mean_text(group.numbers); });
  }
  for (std::size_t level = 0; level < variable.levels.size(); ++level)
    add_line(
        table, variable, variable.name + ": " + variable.levels[level],
        [level](const GroupSummary& group) { return count_text(group.counts[level], group.n); });
  if (variable.groups[0].n_missing > 0)
    add_line(table, variable, variable.name + ", missing",
             [](const GroupSummary& group) { return to_text(group.n_missing); });
}

ReportSection cohort_section(const DescribeAnalysis& analysis, const DescribeOptions& options) {
  const auto& cohort = analysis.table;
  std::vector<std::string> headings{"", "All (n = " + to_text(cohort.sizes[0]) + ")"};
  for (std::size_t g = 0; g < cohort.groups.size(); ++g)
    headings.push_back(options.by + " " + cohort.groups[g] +
                       " (n = " + to_text(cohort.sizes[g + 1]) + ")");
  ReportTable table = table_of(headings);
  table.caption = "Patients. Shares are of those with a value.";
  for (const auto& variable : cohort.variables) add_variable(table, variable);
  ReportSection section{.heading = "Patients"};
  if (cohort.variables.empty())
    section.blocks.push_back(paragraph(counted(cohort.sizes[0], "patient") +
                                       ". Columns named by --covariates are described here."));
  else
    section.blocks.push_back(table);
  if (!cohort.groups.empty())
    section.blocks.push_back(
        paragraph("Groups are not tested against each other here: a difference between them at "
                  "the start is described, not inferred."));
  return section;
}

ReportSection missing_section(const DescribeAnalysis& analysis) {
  ReportTable table = table_of({"Column", "Missing", "Share"});
  table.caption = "Missing values.";
  for (const auto& missing : analysis.missing)
    if (missing.count > 0)
      table.rows.push_back({missing.column, to_text(missing.count),
                            percent(double(missing.count) / double(analysis.cohort.size()), 1)});
  ReportSection section{.heading = "Missing values"};
  const std::string columns = counted(analysis.missing.size(), "column");
  if (table.rows.empty())
    section.blocks.push_back(paragraph("No value is missing in " + columns + "."));
  else
    section.blocks = {
        paragraph(to_text(table.rows.size()) + " of " + columns + " have missing values."), table};
  return section;
}

std::string follow_up_text(const QuantileEstimate& median, const DescribeOptions& options) {
  return "median follow-up" + unit_in_brackets(options.common.time_unit) + " " +
         with_limits(median);
}

std::string summary_of(const DescribeResult& result, const DescribeOptions& options) {
  if (result.error) return result.endpoint + ": refused, see below.";
  std::string text = result.endpoint + ": " + counted(result.n, "patient") + ", " +
                     counted(std::size_t(result.events), "event") + "; " +
                     follow_up_text(result.follow_up.median, options) +
                     " by reverse Kaplan-Meier; ";
  text += result.events == 0
              ? "no model can be fitted without events."
              : "enough events for " + counted(std::size_t(result.events / 10), "parameter") +
                    " at ten events each.";
  return text;
}

ReportTable follow_up_table(const DescribeResult& result, const DescribeOptions& options) {
  const auto& follow_up = result.follow_up;
  ReportTable table = table_of({"", "Time" + unit_in_brackets(options.common.time_unit)});
  table.caption = "Follow-up and survival, with " + confidence(options) + " limits.";
  table.rows = {{"Median follow-up (reverse Kaplan-Meier)", with_limits(follow_up.median)},
                {"the same, tied events leave first", time_text(follow_up.deaths_first)}};
  if (result.competing > 0)
    table.rows.push_back(
        {"the same, competing events end follow-up too", time_text(follow_up.any_event)});
  table.rows.push_back({"Shortest and longest observation",
                        time_text(follow_up.min) + " to " + time_text(follow_up.max)});
  table.rows.push_back({"Median time free of event", with_limits(result.median_survival)});
  return table;
}

std::string with_limits(const HorizonEstimate& horizon) {
  if (horizon.beyond_follow_up) return "beyond follow-up";
  return with_limits(
      Estimate{horizon.estimate, horizon.std_error, horizon.conf_low, horizon.conf_high}, 3);
}

ReportTable horizons_table(const DescribeResult& result, const DescribeOptions& options) {
  ReportTable table = table_of({"Time" + unit_in_brackets(options.common.time_unit), "At risk",
                                "Free of event, with " + confidence(options) + " limits"},
                               0);
  table.caption = "Probability to be free of the event.";
  for (const auto& horizon : result.horizons)
    table.rows.push_back(
        {rounded_text(horizon.time, 6), to_text(horizon.n_risk), with_limits(horizon)});
  return table;
}

std::string budget_text(const DescribeResult& result) {
  std::string text = counted(std::size_t(result.events), "event") +
                     ": a model fitted without a "
                     "penalty should not have more than " +
                     counted(std::size_t(result.events / 10), "candidate parameter") +
                     " (ten events for each that is considered, not only for each that is kept).";
  if (!result.sample_size) return text;
  const auto& size = *result.sample_size;
  text += " The covariates named here are " + counted(size.parameters, "parameter") + ", with " +
          rounded_text(size.events_per_parameter, 3) + " events each.";
  if (std::isnan(size.required)) return text;
  const double required = std::ceil(size.required);
  text += " If they explained " + percent(size.r2_nagelkerke) +
          " of what can be explained, effects would shrink by no more than " +
          percent(1 - size.shrinkage) + " in new patients with " + rounded_text(required, 6) +
          " patients like these; there are " + to_text(result.n) +
          (double(result.n) < required ? ": too few, expect overfitting." : ".");
  return text;
}

ReportTable cases_table(const DescribeResult& result, const DescribeOptions& options) {
  ReportTable table =
      table_of({"", "Patients", "Events",
                "Median time free of event" + unit_in_brackets(options.common.time_unit)});
  table.caption =
      "Patients with and without all covariates. Log-rank " + p_phrase(result.cases.p_value) + ".";
  for (const auto& [name, counts] : {std::pair("complete", result.cases.kept),
                                     std::pair("lacking a covariate", result.cases.dropped)})
    table.rows.push_back(
        {name, to_text(counts.n), to_text(counts.events), time_text(counts.median)});
  return table;
}

ReportSection endpoint_section(const DescribeAnalysis& analysis, const DescribeResult& result,
                               const DescribeOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  auto& blocks = section.blocks;
  blocks = {ReportFigure{.file = "flow_" + result.endpoint + ".svg",
                         .svg = describe_flow_figure(analysis, result),
                         .caption = result.endpoint + ": who was read, left out and described"},
            follow_up_table(result, options)};
  if (!std::isnan(result.follow_up.fraction_informative))
    blocks.push_back(paragraph(percent(result.follow_up.fraction_informative, 1) +
                               " had the event or were followed to " +
                               rounded_text(std::ranges::max(options.common.horizons), 6) + "."));
  if (!result.horizons.empty()) blocks.push_back(horizons_table(result, options));
  if (result.competing > 0)
    blocks.push_back(Note{.text = counted(std::size_t(result.competing), "competing event") +
                                  " count as censored here, which overstates how often the event "
                                  "happens; its incidence is what `cif` estimates."});
  if (result.events > 0) blocks.push_back(paragraph(budget_text(result)));
  if (result.cases.dropped.n > 0) blocks.push_back(cases_table(result, options));
  return section;
}

std::string method_text(const DescribeOptions& options) {
  return "Median follow-up by the reverse Kaplan-Meier estimate (Schemper and Smith): the codes of "
         "event and censoring are swapped, so that patients with an event at the time of a "
         "censoring are still at risk there; the other convention, in which they leave first, "
         "stands beside it. The median of the observed times would be shorter. " +
         confidence(options) + " limits on the " +
         std::string(to_string(options.curve().conf_type)) +
         " scale. Quartiles of type 7, standard deviations with n - 1. The sample size is the "
         "criterion of small overfitting of Riley and others (2020): p / ((S - 1) ln(1 - R2 / S)) "
         "with S = 0.9 and R2 = 0.15 of the largest R2 of Cox and Snell that the partial "
         "likelihood of these patients allows.";
}

std::size_t only_in_one(const Cohort& cohort) {
  return cohort.only_in_clinical.size() + cohort.only_in_features.size();
}

}  // namespace

std::string describe_flow_figure(const DescribeAnalysis& analysis, const DescribeResult& result) {
  const Cohort& cohort = analysis.cohort;
  FlowFigure figure{.title = result.endpoint + ": patients",
                    .description = "Flow of patients from the tables to the analysis"};
  const auto box = [](const std::string& text, std::size_t n) {
    return text + " (n = " + to_text(n) + ")";
  };
  if (cohort.tables.size() == 2) {
    FlowStep read{.label = box("In either table", cohort.size() + only_in_one(cohort))};
    if (!cohort.only_in_clinical.empty())
      read.excluded.push_back(to_text(cohort.only_in_clinical.size()) + " without features");
    if (!cohort.only_in_features.empty())
      read.excluded.push_back(to_text(cohort.only_in_features.size()) + " without clinical data");
    figure.steps.push_back(read);
  }
  FlowStep both{.label =
                    box(cohort.tables.size() == 2 ? "In both tables" : "Patients", cohort.size())};
  if (result.n_missing > 0) both.excluded.push_back(to_text(result.n_missing) + " without outcome");
  figure.steps.push_back(both);
  FlowStep outcome{.label = box("With outcome", result.n)};
  if (result.cases.dropped.n > 0)
    outcome.excluded.push_back(to_text(result.cases.dropped.n) + " lacking a covariate");
  figure.steps.push_back(outcome);
  if (!analysis.table.variables.empty())
    figure.steps.push_back({.label = box("Complete", result.cases.kept.n) + ", " +
                                     counted(std::size_t(result.cases.kept.events), "event")});
  return to_svg(figure);
}

Report describe_report(const DescribeAnalysis& analysis, const DescribeOptions& options) {
  Report report{.title = "The cohort and its follow-up", .footer = program_footer()};
  report.sections.push_back(cohort_section(analysis, options));
  for (const auto& result : analysis.results) {
    report.summary.push_back(summary_of(result, options));
    report.sections.push_back(endpoint_section(analysis, result, options));
  }
  report.sections.push_back(missing_section(analysis));
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(options));
  return report;
}

}  // namespace radiomics
