#pragma once

#include <string>

#include "radiomics/settings/presets.h"

namespace CLI {
class App;
}

namespace cli {

/// How features are computed: the same options for every command that extracts.
struct ExtractionOptions {
  std::string preset = "default";

  const radiomics::Settings& settings() const { return radiomics::preset(preset); }
};

void add_extraction_options(CLI::App& command, ExtractionOptions& options);

/// All processors of this machine.
int processors();

}  // namespace cli
