// radiomics extract IMAGE MASK: the features of the regions of one case.

#include "radiomics/pipeline/extract.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "radiomics/core/error.h"
#include "radiomics/core/write_file.h"
#include "radiomics/tables/csv.h"
#include "radiomics/tables/json.h"

namespace cli {
namespace {

struct Options {
  CaseOptions input;
  std::filesystem::path output;
  std::string name, format = "wide";
  int threads = processors();
  ExtractionOptions extraction;
};

void write_table(const radiomics::FeatureTable& table, const radiomics::Provenance& provenance,
                 const std::string& format, std::ostream& out) {
  if (format == "json")
    write_json(table, provenance, out);
  else if (format == "long")
    write_long_csv(table, out);
  else
    write_wide_csv(table, out);
}

void write_output(const radiomics::FeatureTable& table, const radiomics::Provenance& provenance,
                  const Options& options) {
  if (options.output.empty()) {
    write_table(table, provenance, options.format, std::cout);
    radiomics::require(bool(std::cout.flush()), radiomics::ErrorKind::unwritable_output,
                       "standard output: cannot be written to the end; free some space");
    return;
  }
  radiomics::write_file(options.output, [&](std::ostream& out) {
    write_table(table, provenance, options.format, out);
  });
  if (options.format == "json") return;  // it holds its provenance
  radiomics::write_file(options.output.string() + ".provenance.json",
                        [&](std::ostream& out) { write_provenance_json(table, provenance, out); });
}

void print_messages(const radiomics::Extraction& extraction) {
  for (const auto& row : extraction.rows)
    for (const std::string& warning : row.warnings)
      print_warning("region '" + row.roi + "': " + warning);
  print_failures(extraction.failures);
}

ExitCode run(const Options& options) {
  const radiomics::Settings settings = options.extraction.settings();
  radiomics::Extraction extraction =
      extract(options.input.input(options.name), settings, options.threads);
  print_messages(extraction);
  if (extraction.rows.empty()) return refused;
  const radiomics::FeatureTable table{{}, columns_of(settings), std::move(extraction.rows)};
  write_output(table,
               {name_without_folders(options.input.image),
                describe(settings),
                {},
                describe(options.input.regions)},
               options);
  return extraction.failures.empty() ? done : partly_done;
}

}  // namespace

void add_extract(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("extract", "Compute the features of the regions of one case");
  command->footer("radiomics extract ct_folder/ rtstruct.dcm --roi 'GTV*' --output features.csv");
  add_case_options(*command, options->input);
  command
      ->add_option("--case", options->name,
                   "Name of the case; else that of the image file, or an anonymous one for DICOM")
      ->type_name("NAME");
  command->add_option("--format", options->format, "Table")
      ->check(CLI::IsMember({"wide", "long", "json"}))
      ->capture_default_str();
  command
      ->add_option("--output", options->output,
                   "File for the table, with its provenance beside it; else standard output")
      ->type_name("PATH");
  command
      ->add_option("--threads", options->threads,
                   "Threads for its regions and their families; else one per processor")
      ->check(CLI::PositiveNumber)
      ->type_name("N")
      ->default_str("");
  add_extraction_options(*command, options->extraction);
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
