// radiomics inspect PATH: what lies in a folder, before anything is extracted.

#include "radiomics/pipeline/inspect.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"

namespace cli {
namespace {

struct Options {
  std::filesystem::path path;
  std::string format = "text";
};

ExitCode run(const Options& options) {
  const radiomics::Inspection inspection = radiomics::inspect(options.path);
  options.format == "json" ? write_inspection_json(inspection, std::cout)
                           : write_inspection_text(inspection, std::cout);
  return done;
}

}  // namespace

void add_inspect(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("inspect", "Say which images and masks lie in a folder");
  command->footer("radiomics inspect hospital_export/");
  command
      ->add_option("PATH", options->path,
                   "Folder with DICOM, NIfTI, NRRD or MetaImage files, or one image or mask file")
      ->type_name("PATH")
      ->required();
  command->add_option("--format", options->format, "Lines for people, or JSON")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
