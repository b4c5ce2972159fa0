// radiomics settings [PRESET]: a complete, commented settings file.

#include "radiomics/settings/settings.h"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "radiomics/settings/presets.h"
#include "radiomics/settings/yaml.h"

namespace cli {

void add_settings(CLI::App& app, ExitCode& result) {
  auto name = std::make_shared<std::string>("default");
  auto* command = app.add_subcommand(
      "settings", "Print a complete settings file with a comment on every key, for --settings");
  command->footer("radiomics settings ibsi1-c > settings.yaml");
  command->add_option("PRESET", *name, "The preset that it starts from")
      ->type_name("NAME")
      ->capture_default_str();
  command->callback([name, &result] {
    const auto& settings = radiomics::preset(*name);
    radiomics::write_settings(settings, "Settings of radiomics: preset " + *name, std::cout);
    result = done;
  });
}

}  // namespace cli
