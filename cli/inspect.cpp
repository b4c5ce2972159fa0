// radiomics inspect PATH: what lies in a folder, before anything is extracted.

#include "radiomics/pipeline/inspect.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"

namespace cli {
namespace {

struct Options {
  std::filesystem::path path;
  bool as_json = false;
};

ExitCode run(const Options& options) {
  const radiomics::Inspection inspection = radiomics::inspect(options.path);
  options.as_json ? write_inspection_json(inspection, std::cout)
                  : write_inspection_text(inspection, std::cout);
  return done;
}

}  // namespace

void add_inspect(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("inspect", "Say which images and masks lie in a folder");
  command->footer("radiomics inspect hospital_export/");
  command->add_option("PATH", options->path, "Folder with DICOM files, or an image or mask file")
      ->required();
  command->add_option("--format", options->as_json, "Lines for people (text) or json")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, bool>{{"text", false}, {"json", true}}))
      ->default_str("text");
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
