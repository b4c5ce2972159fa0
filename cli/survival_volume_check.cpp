// radiomics survival volume-check: is a feature, or a model, more than volume?

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/volume_check.h"

namespace cli {

void add_survival_volume_check(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    radiomics::VolumeCheckOptions options;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("volume-check", "Is it more than volume?");
  command->footer(
      "radiomics survival volume-check --clinical c.csv --features f.csv --endpoint "
      "OS:time=months,event=dead --volume volume --diameter diameter --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  auto& compare = arguments->options.compare;
  command->add_option("--volume", compare.volume, "Volume; enters models as its logarithm")
      ->required();
  command->add_option("--diameter", arguments->options.diameter, "The largest diameter");
  add_list_option(*command, "--base", compare.base, "Columns A,B,... of the clinical model");
  add_list_option(*command, "--imaging", compare.imaging, "Features A,B,...; else the diameter");
  command
      ->add_option("--surrogate", arguments->options.surrogate_threshold,
                   "|rho| with volume above which a feature is a surrogate of it")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--bootstrap", compare.bootstrap, "Resamples; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--resamples", compare.resamples,
                      "File of resamples: one a line, numbers of complete rows");
  command->callback([arguments, &result] {
    understand(arguments->common);
    arguments->options.compare.common = arguments->common.options;
    result =
        finish(run_volume_check(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
