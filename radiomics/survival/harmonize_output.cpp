#include "radiomics/survival/harmonize_output.h"

#include <algorithm>

#include "radiomics/core/text.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

/// A cell of a table that may have another separator than a comma.
std::string cell_of(std::string_view text, char separator) {
  std::string cell = csv_cell(text);
  if (!cell.starts_with('"') && cell.find(separator) != std::string::npos)
    cell = "\"" + cell + "\"";
  return cell;
}

std::string number_cell(double value, const CohortOptions& options) {
  std::string text = to_text(value);
  std::ranges::replace(text, '.', options.cells.decimal);
  return cell_of(text, options.separator);
}

std::string summary_text(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options) {
  const auto& combat = analysis.combat;
  return to_text(analysis.adjusted()) + " of " + counted(combat.features.size(), "feature") +
         " in " + counted(analysis.cohort.size(), "patient") + " harmonised over " +
         to_text(combat.batches.size()) + " batches of '" + combat.batch + "'" +
         (combat.preserve.empty() ? ", preserving nothing"
                                  : ", preserving " + join(combat.preserve, ", ")) +
         (options.apply.empty()
              ? "."
              : ", as learnt before (" + options.apply.filename().string() + ").");
}

ReportTable batches_table(const HarmonizeAnalysis& analysis) {
  ReportTable table =
      table_of({"Batch", "Patients", "Mean shift", "Root mean square shift", "Scale"});
  table.caption = "What set the batches apart, averaged over features.";
  for (const auto& batch : analysis.batches)
    table.rows.push_back({batch.batch, to_text(batch.n), fixed_text(batch.mean_shift, 3),
                          fixed_text(batch.rms_shift, 3), fixed_text(batch.scale, 3)});
  table.footnotes.push_back(
      "Shifts in standard deviations of a feature; scale: ratio of standard deviations.");
  return table;
}

std::string method_text(const HarmonizeAnalysis& analysis) {
  return "ComBat: location and scale of every batch in every feature, shrunken towards what the "
         "features of a batch have in common (empirical Bayes, " +
         std::string(to_string(analysis.combat.prior)) +
         " prior, iterated until the estimates stand still). The effect of preserved columns "
         "stays. "
         "Where batches differ in their patients, and not in their scanners only, that difference "
         "is taken out too unless it is preserved. Fit it on the training patients and give others "
         "to --apply: fitted to all of them it would let test patients into the training.";
}

}  // namespace

std::string harmonize_json(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options) {
  const auto warnings = analysis.warnings();
  const auto& endpoints = options.common.endpoints;
  return ResultDocument{
      .command = "harmonize",
      .options = options.common,
      .cohort = analysis.cohort,
      .warnings = warnings,
      .config =
          [&](JsonWriter& json) {
            json.text_or_null("batch", options.batch)
                .member("preserve", options.preserve)
                .member("nonparametric", options.prior == CombatPrior::nonparametric)
                .text_or_null("apply", options.apply.filename().string());
          },
      .results =
          [&](JsonWriter& json) {
            json.begin_object();
            write_endpoint_head(json, endpoints.size() == 1 ? endpoints[0].name : "", {});
            json.member("n", analysis.cohort.size())
                .member("features", analysis.combat.features.size())
                .member("adjusted", analysis.adjusted())
                .member("batch", analysis.combat.batch)
                .key("batches")
                .begin_array();
            for (const auto& batch : analysis.batches)
              json.begin_object()
                  .member("batch", batch.batch)
                  .member("n", batch.n)
                  .member("mean_shift", batch.mean_shift)
                  .member("rms_shift", batch.rms_shift)
                  .member("scale", batch.scale)
                  .end_object();
            json.end_array().end_object();
          }}
      .text();
}

Report harmonize_report(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options) {
  Report report{.title = "Harmonised features",
                .summary = {summary_text(analysis, options)},
                .footer = program_footer()};
  report.sections.push_back({.heading = "Batches", .blocks = {batches_table(analysis)}});
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(analysis));
  return report;
}

std::string harmonized_csv(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options) {
  const auto& tables = analysis.cohort.tables;
  const auto table = std::ranges::find(tables, "features", &CohortTable::role);
  const auto& rows = analysis.cohort.rows[std::size_t(table - tables.begin())];
  const auto& columns = table->text.columns;
  const auto& names = analysis.combat.features;
  const CohortOptions& format = options.common.cohort;
  std::vector<std::size_t> feature_of;  // names.size(): the column is no feature
  std::vector<std::string> cells;
  for (const auto& column : columns) {
    feature_of.push_back(std::size_t(std::ranges::find(names, column) - names.begin()));
    cells.push_back(cell_of(column, format.separator));
  }
  const std::string separator(1, format.separator);
  std::string text = join(cells, separator) + "\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::size_t j = feature_of[c];
      cells[c] = j < names.size() ? number_cell(analysis.features(i, j), format)
                                  : cell_of(table->text.at(rows[i], c), format.separator);
    }
    text += join(cells, separator) + "\n";
  }
  return text;
}

CommandResult run_harmonize(const HarmonizeOptions& options) {
  const HarmonizeAnalysis analysis = analyse_harmonize(options);
  CommandResult result{.warnings = analysis.warnings()};
  result.files.push_back({"features.csv", harmonized_csv(analysis, options)});
  result.files.push_back({"combat.json", combat_json(analysis.combat)});
  add_report(result.files, harmonize_report(analysis, options));
  result.files.push_back({"result.json", harmonize_json(analysis, options)});
  return result;
}

}  // namespace radiomics
