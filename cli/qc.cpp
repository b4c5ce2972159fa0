// radiomics qc INPUT --output DIR: one contact sheet per region and a page that shows them all.

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
#include "radiomics/pipeline/contact_sheets.h"

namespace cli {
namespace {

struct Options {
  CohortOptions cohort;
  std::filesystem::path output;
  double margin_mm = radiomics::ContactSheetOptions{}.margin_mm;
};

/// One line per case on standard error, and what is to be said about its regions.
radiomics::CaseDrawn progress(std::size_t case_count) {
  return [case_count, finished = std::size_t(0)](
             const std::string& name, std::span<const radiomics::SheetEntry> written,
             std::span<const radiomics::Failure> failures) mutable {
    std::cerr << ++finished << "/" << case_count << " " << radiomics::one_line(name) << ": "
              << number_of(written.size(), "sheet") << '\n';
    for (const auto& sheet : written)
      for (const std::string& warning : sheet.warnings)
        print_warning(name + ", region '" + sheet.roi + "': " + warning);
    print_failures(failures);
  };
}

ExitCode run(const Options& options) {
  require_catalogue_outside(options.output, options.cohort);
  const radiomics::CaseList list = cases_of(options.cohort);
  const auto sheets = radiomics::write_contact_sheets(list, options.output,
                                                      {.margin_mm = options.margin_mm,
                                                       .jobs = options.cohort.jobs,
                                                       .drawn = progress(list.cases.size())});
  std::cout << number_of(sheets.written.size(), "sheet") << ", " << sheets.failures.size()
            << " refused: " << (options.output / "index.html").string() << '\n';
  if (sheets.written.empty()) return refused;
  return sheets.failures.empty() ? done : partly_done;
}

}  // namespace

void add_qc(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("qc", "Draw contact sheets of all regions, for a quick check");
  command->footer("radiomics qc hospital_export/ --output sheets/ --roi 'GTV*'");
  add_cohort_options(*command, options->cohort);
  command
      ->add_option("--output", options->output,
                   "Folder for one PNG per region and index.html; made if it is not there")
      ->type_name("PATH")
      ->required();
  command->add_option("--margin", options->margin_mm, "Millimetres of image around a region")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
