// radiomics inspect PATH: what lies in a folder, before anything is extracted.

#include "radiomics/pipeline/inspect.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"

namespace cli {
namespace {

struct Options {
  std::filesystem::path path;
  std::string format = "text", catalogue;
  int jobs = processors();
};

ExitCode run(const Options& options) {
  const radiomics::Inspection inspection = radiomics::inspect(
      options.path, catalogue_options(options.path, options.catalogue, options.jobs));
  if (!inspection.cache_problem.empty()) print_warning(inspection.cache_problem);
  options.format == "json" ? write_inspection_json(inspection, std::cout)
                           : write_inspection_text(inspection, std::cout);
  if (!inspection.images.empty() || !inspection.masks.empty()) return done;
  print_error(
      "unreadable_file",
      options.path.string() + ": there is no image and no mask that can be read; check the path");
  return refused;
}

}  // namespace

void add_inspect(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "inspect",
      "Say which patients, images and masks lie in a folder, what belongs to what, and which "
      "problems there are. The exit code is 0 also if there are problems, and 2 if no image and no "
      "mask can be read");
  command->footer("radiomics inspect hospital_export/");
  command
      ->add_option("PATH", options->path,
                   "Folder with DICOM, NIfTI, NRRD or MetaImage files, or one image or mask file")
      ->type_name("PATH")
      ->required();
  command->add_option("--format", options->format, "Lines for people, or JSON")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "Files at a time; else all processors")
      ->check(CLI::PositiveNumber)
      ->type_name("N")
      ->default_str("");
  add_catalogue_option(*command, options->catalogue);
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
