// radiomics survival predict: a frozen model, applied to new patients.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/predict_output.h"

namespace cli {

void add_survival_predict(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    radiomics::PredictOptions options;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("predict", "Apply a trained model to new patients");
  command->footer(
      "radiomics survival predict --model model.json --features f.csv --horizon 24 --output "
      "results");
  add_survival_options(*command, arguments->common, Endpoints::optional);
  command->add_option("--model", arguments->options.model, "model.json of train")->required();
  command->callback([arguments, &result] {
    understand(arguments->common);
    arguments->options.common = arguments->common.options;
    result = finish(run_predict(arguments->options), arguments->common);
  });
}

}  // namespace cli
