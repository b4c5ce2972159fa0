#include "radiomics/survival/report_parts.h"

#include <algorithm>

#include "radiomics/core/text.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {

namespace {

/// What the codes of the columns at a position of EndpointSpec::columns() mean.
std::string codes_text(const EndpointSpec& spec, std::size_t position) {
  std::string text = spec.event_value + " event, " + spec.censor_value + " censored";
  if (!spec.competing.empty()) text += ", " + spec.competing + " competing event";
  if (!spec.death_time.empty() && position == 1) text = "1 competing event, 0 censored";
  if (!spec.others.empty())
    text += "; the first of " + counted(spec.others.size() + 1, "event") + " counts";
  return text;
}

ReportTable endpoints_table(const std::vector<EndpointSpec>& endpoints) {
  constexpr std::size_t texts = 4;
  ReportTable table = table_of({"Endpoint", "Time", "Event", "Codes"}, texts);
  for (const auto& spec : endpoints) {
    const auto columns = spec.columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
      table.rows.push_back({spec.name, columns[i].time, columns[i].event, codes_text(spec, i)});
  }
  return table;
}

}  // namespace

ReportSection inputs_section(const Cohort& cohort, const std::vector<EndpointSpec>& endpoints) {
  ReportTable table = table_of({"Table", "File", "Rows"}, 2);
  for (const auto& read : cohort.tables)
    table.rows.push_back({read.role, read.file, to_text(read.rows_read)});
  ReportSection section{.heading = "Input", .blocks = {table}};
  const auto has = [&cohort](std::string_view role) {
    return std::ranges::find(cohort.tables, role, &CohortTable::role) != cohort.tables.end();
  };
  if (has("clinical") && has("features"))
    section.blocks.push_back(
        paragraph("Joined by id: " + counted(cohort.size(), "patient") + " in both, " +
                  to_text(cohort.only_in_clinical.size()) + " only in the clinical table, " +
                  to_text(cohort.only_in_features.size()) + " only in the features."));
  if (!endpoints.empty()) section.blocks.push_back(endpoints_table(endpoints));
  return section;
}

ReportSection warnings_section(const std::vector<AnalysisWarning>& warnings) {
  ReportSection section{.heading = "Warnings"};
  ReportList list;
  for (const auto& warning : warnings)
    list.items.push_back(std::string(to_string(warning.code)) + ": " + warning.message);
  if (!list.items.empty()) section.blocks.push_back(list);
  return section;
}

std::string counts_text(std::size_t n, int events, std::size_t n_missing) {
  return counted(n, "patient") + ", " + counted(std::size_t(events), "event") + "; " +
         to_text(n_missing) + " left out for missing values.";
}

Note refusal_note(const Error& error) {
  return {.text = "Refused: " + std::string(to_string(error.kind())) + ": " + error.what(),
          .warning = true};
}

void close_report(Report& report, const std::vector<AnalysisWarning>& warnings,
                  const Cohort& cohort, const std::vector<EndpointSpec>& endpoints,
                  const std::string& method) {
  if (!warnings.empty()) report.sections.push_back(warnings_section(warnings));
  report.sections.push_back(inputs_section(cohort, endpoints));
  report.sections.push_back({.heading = "Method", .blocks = {paragraph(method)}});
}

std::string program_footer() {
  return "Made by radiomics " + std::string(program_version()) +
         ". All numbers in full are in result.json.";
}

void add_report(std::vector<OutputFile>& files, const Report& report) {
  files.push_back({"report.md", to_markdown(report)});
  files.push_back({"report.html", to_html(report)});
}

}  // namespace radiomics
