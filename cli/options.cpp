#include "cli/options.h"

#include <algorithm>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "radiomics/core/text.h"

namespace cli {

void add_extraction_options(CLI::App& command, ExtractionOptions& options) {
  std::vector<std::string_view> names;
  for (const auto& preset : radiomics::all_presets()) names.push_back(preset.name);
  command.add_option("--preset", options.preset, "Settings: " + radiomics::join(names, ", "))
      ->type_name("NAME")
      ->capture_default_str();
}

int processors() { return std::max(1, int(std::thread::hardware_concurrency())); }

}  // namespace cli
