// radiomics mask IMAGE MASK --output FILE: the mask as it is measured, as a file.

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/pipeline/write_mask.h"
#include "radiomics/tables/csv.h"

namespace cli {
namespace {

struct Options {
  CaseOptions input;
  std::filesystem::path output;
};

void print_messages(const radiomics::WrittenMask& mask) {
  for (const std::string& warning : mask.warnings) print_warning(warning);
  for (const auto& region : mask.regions)
    for (const std::string& warning : region.warnings)
      print_warning("region '" + region.roi + "': " + warning);
  print_failures(mask.failures);
}

void print_regions(const radiomics::WrittenMask& mask) {
  std::cout << "label,roi,voxels\n";
  for (const auto& region : mask.regions)
    std::cout << region.label << ',' << radiomics::csv_cell(region.roi) << ',' << region.voxels
              << '\n';
  radiomics::require(bool(std::cout.flush()), radiomics::ErrorKind::unwritable_output,
                     "standard output: cannot be written to the end; free some space");
}

ExitCode run(const Options& options) {
  const radiomics::WrittenMask mask = write_mask(options.input.input(), options.output);
  print_messages(mask);
  if (mask.regions.empty()) return refused;
  print_regions(mask);
  return mask.failures.empty() ? done : partly_done;
}

/// Refuses a file name that says no format.
std::string problem_of(const std::string& file) {
  if (radiomics::is_mask_file_name(file)) return "";
  return file + " names no format; end it with one of " +
         radiomics::join(radiomics::mask_file_endings(), " ");
}

}  // namespace

void add_mask(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "mask",
      "Write the mask as it is measured: the voxels that were drawn, on the grid of the image, "
      "before resampling.\nPrints which label is which region. A .dcm (DICOM SEG, where IMAGE is a "
      "DICOM series) carries the patient's\nidentity from the series, as DICOM demands; the other "
      "formats name nobody. Regions that overlap need .seg.nrrd\nor .dcm.");
  command->footer("radiomics mask ct_folder/ rtstruct.dcm --roi 'GTV*' --output mask.nii.gz");
  add_case_options(*command, options->input);
  command
      ->add_option("--output", options->output,
                   "File for the mask: " + radiomics::join(radiomics::mask_file_endings(), ", "))
      ->check(CLI::Validator(problem_of, ""))
      ->type_name("FILE")
      ->required();
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
