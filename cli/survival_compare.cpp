// radiomics survival compare: does imaging add to the clinical model, and to volume?

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/compare_output.h"

namespace cli {

void add_survival_compare(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    radiomics::CompareOptions options;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command =
      survival.add_subcommand("compare", "Does imaging add to the clinical model, and to volume?");
  command->footer(
      "radiomics survival compare --clinical c.csv --features f.csv --endpoint "
      "OS:time=months,event=dead --base stage --factor stage:I-II,IIIA,IIIB --imaging diameter "
      "--volume volume --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  auto& options = arguments->options;
  add_list_option(*command, "--base", options.base, "Columns A,B,... of the clinical model")
      ->required();
  add_list_option(*command, "--imaging", options.imaging, "Features A,B,... chosen before the data")
      ->required();
  command->add_option("--volume", options.volume, "Volume, the rival; enters as its logarithm");
  command->add_option("--bootstrap", options.bootstrap, "Resamples; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--resamples", options.resamples,
                      "File of resamples: one a line, numbers of complete rows");
  command->add_flag("--data-driven", options.data_driven,
                    "The features were chosen by looking at these data: no p-values");
  command->callback([arguments, &result] {
    understand(arguments->common);
    arguments->options.common = arguments->common.options;
    result = finish(run_compare(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
