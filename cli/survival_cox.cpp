// radiomics survival cox: one pre-specified model with its tests, diagnostics and predictions.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/core/error.h"
#include "radiomics/survival/cox_output.h"

namespace cli {
namespace {

struct Arguments {
  SurvivalArguments common;
  radiomics::CoxModelOptions options;
  std::vector<std::string> splines;
};

void add_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  command.add_option("--cluster", options.cluster, "Column of what is independent: robust errors");
  command.add_flag("--firth", options.firth, "Firth's penalty: finite where groups are separated");
  command.add_option("--spline", arguments.splines, "VARIABLE:KNOTS: a restricted cubic spline")
      ->allow_extra_args(false);
  command.add_option("--newdata", options.newdata, "CSV table of patients to predict for");
  command.add_option("--bootstrap", options.bootstrap, "Resamples for the optimism; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--resamples", options.resamples,
                     "File of resamples: one a line, numbers of complete rows");
  command.add_option("--folds", options.folds, "Column of the folds of a cross-validation");
  command
      .add_option("--imputed", options.imputed, "Tables F1,F2,... in place of --clinical: pooled")
      ->delimiter(',')
      ->allow_extra_args(false);
}

/// \throws CLI::ValidationError
void understand(Arguments& arguments) {
  auto& options = arguments.options;
  auto& clinical = arguments.common.options.cohort.clinical;
  if (!options.imputed.empty()) {
    if (!clinical.empty())
      throw CLI::ValidationError("--imputed stands in place of --clinical; leave one out");
    clinical = options.imputed[0];
  }
  understand(arguments.common);
  options.common = arguments.common.options;
  try {
    for (const auto& text : arguments.splines)
      options.splines.push_back(radiomics::parse_spline(text));
    options.require_sense();
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError(error.what());
  }
}

}  // namespace

void add_survival_cox(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("cox", "One Cox model with tests and diagnostics");
  command->footer(
      "radiomics survival cox --clinical c.csv --features f.csv --endpoint "
      "OS:time=months,event=dead --covariates diameter,stage --factor stage:I-II,IIIA,IIIB "
      "--horizon 24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  add_options(*command, *arguments);
  command->callback([arguments, &result] {
    understand(*arguments);
    result = finish(radiomics::run_cox(arguments->options, arguments->common.threads),
                    arguments->common);
  });
}

}  // namespace cli
