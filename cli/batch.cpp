// radiomics batch INPUT --output DIR: the features of a whole cohort.

#include "radiomics/pipeline/batch.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"
#include "radiomics/pipeline/linkage.h"
#include "radiomics/tables/csv.h"
#include "radiomics/tables/json.h"

namespace cli {
namespace {

struct Options {
  CohortOptions cohort;
  std::filesystem::path output, linkage;
  std::string case_from = "hash";
  ExtractionOptions extraction;
};

/// One line per finished case on standard error.
radiomics::CaseFinished progress(std::size_t case_count) {
  return [case_count, finished = std::size_t(0)](const radiomics::Case& one,
                                                 const radiomics::Extraction& result) mutable {
    const auto& rows = result.rows;
    const std::string name = rows.empty() ? one.name : rows.front().case_name;
    std::cerr << ++finished << "/" << case_count << " " << radiomics::one_line(name) << ": "
              << number_of(rows.size(), "region");
    if (!result.failures.empty()) std::cerr << ", " << result.failures.size() << " refused";
    std::cerr << '\n';
    for (const auto& row : rows)
      for (const std::string& warning : row.warnings)
        print_warning(name + ", region '" + row.roi + "': " + warning);
    print_failures(result.failures);
  };
}

void write_results(const radiomics::BatchResult& result, const radiomics::Provenance& provenance,
                   const std::filesystem::path& folder) {
  radiomics::write_file(folder / "failures.csv",
                        [&](std::ostream& out) { write_failures_csv(result.failures, out); });
  radiomics::write_file(folder / "run.json", [&](std::ostream& out) {
    write_provenance_json(result.table, provenance, out);
  });
  const std::filesystem::path features = folder / "features.csv";
  if (!result.table.rows.empty())
    return radiomics::write_file(features,
                                 [&](std::ostream& out) { write_wide_csv(result.table, out); });
  std::error_code ignored;  // no table rather than that of an earlier run
  std::filesystem::remove(features, ignored);
}

/// A column that the summary shows, where the table has it.
struct Shown {
  const char* column;
  const char* title;
  double scale;
};

constexpr Shown shown[] = {
    {"original_morphology_volume_mesh", "volume ml", 1e-3},
    {"original_morphology_maximum_3d_diameter", "diameter mm", 1},
    {"original_morphology_elongation", "elongation", 1},
    {"original_statistics_mean", "mean", 1},
    {"original_ngtdm_contrast_3d", "contrast", 1},
};

/// The first rows and a few columns: enough to see whether the run makes sense.
void print_rows(const radiomics::FeatureTable& table) {
  constexpr std::size_t most_rows = 12;
  std::printf("%-18s %-16s", "case", "roi");
  for (const Shown& one : shown) std::printf(" %12s", one.title);
  std::printf("\n");
  for (std::size_t r = 0; r < std::min(table.rows.size(), most_rows); ++r) {
    const auto& row = table.rows[r];
    std::printf("%-18.18s %-16.16s", row.case_name.c_str(), radiomics::one_line(row.roi).c_str());
    for (const Shown& one : shown) {
      const auto column = std::ranges::find(table.columns, one.column, radiomics::column_name);
      if (column == table.columns.end()) continue;
      std::printf(" %12.5g", one.scale * row.values[std::size_t(column - table.columns.begin())]);
    }
    std::printf("\n");
  }
  if (table.rows.size() > most_rows)
    std::printf("... and %zu more\n", table.rows.size() - most_rows);
}

void print_summary(const radiomics::CaseList& list, const radiomics::BatchResult& result,
                   const std::filesystem::path& folder) {
  if (!result.table.rows.empty()) print_rows(result.table);
  std::printf("\n%s of %s measured, %zu refused\n",
              number_of(result.table.rows.size(), "region").c_str(),
              number_of(list.cases.size(), "case").c_str(), result.failures.size());
  if (!result.table.rows.empty())
    std::printf("features: %s (%zu values each)\n", (folder / "features.csv").c_str(),
                result.table.columns.size());
  std::printf("refused:  %s\n", (folder / "failures.csv").c_str());
}

/// What the results then say about persons is the user's choice, made knowingly.
void hint_at_identities(const Options& options) {
  if (options.cohort.naming != radiomics::CaseNaming::hash)
    print_warning(
        "cases are called after patients or their folders, as --case-from asks: the results may "
        "name persons; do not pass them on");
  if (!options.linkage.empty())
    print_warning(options.linkage.string() +
                  ": says which case is which patient, as --linkage asks; keep it apart from the "
                  "results");
}

void write_linkage(const radiomics::CaseList& list, const Options& options) {
  if (options.linkage.empty()) return;
  const auto linked = linkage_of(list, options.cohort.input);
  radiomics::write_file(options.linkage,
                        [&](std::ostream& out) { write_linkage_csv(linked, out); });
}

ExitCode run(const Options& options) {
  const radiomics::Settings settings = options.extraction.settings();
  hint_at_identities(options);
  const radiomics::CaseList list = cases_of(options.cohort);
  write_linkage(list, options);
  radiomics::make_folder(options.output);
  const radiomics::BatchResult result =
      run_batch(list, settings, options.cohort.jobs, progress(list.cases.size()));
  write_results(result,
                {name_without_folders(options.cohort.input), describe(settings), list.notes,
                 describe(options.cohort.regions)},
                options.output);
  print_summary(list, result, options.output);
  if (result.table.rows.empty()) return refused;
  return result.failures.empty() ? done : partly_done;
}

}  // namespace

void add_batch(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("batch", "Compute the features of a whole cohort");
  command->footer("radiomics batch hospital_export/ --output results/ --roi 'GTV*'");
  add_cohort_options(*command, options->cohort);
  command
      ->add_option("--output", options->output,
                   "Folder for features.csv, failures.csv and run.json; made if it is not there")
      ->type_name("PATH")
      ->required();
  command
      ->add_option("--case-from", options->case_from,
                   "What the cases of a folder are called after: hash (of the SeriesInstanceUID; "
                   "nobody's name), PatientID, or folder (the first one below INPUT)")
      ->check(CLI::IsMember({"hash", "PatientID", "folder"}))
      ->capture_default_str();
  command
      ->add_option("--linkage", options->linkage,
                   "CSV file that says which case is which: path, PatientID and UIDs. The only "
                   "output that identifies persons")
      ->type_name("FILE");
  add_extraction_options(*command, options->extraction);
  command->callback([options, &result] {
    using radiomics::CaseNaming;
    options->cohort.naming = options->case_from == "PatientID" ? CaseNaming::patient_id
                             : options->case_from == "folder"  ? CaseNaming::folder
                                                               : CaseNaming::hash;
    result = run(*options);
  });
}

}  // namespace cli
