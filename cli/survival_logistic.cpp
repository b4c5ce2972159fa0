// radiomics survival logistic: who has the event by a fixed time.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/logistic_output.h"

namespace cli {
namespace {

void require_usage(bool sensible, const std::string& message) {
  if (!sensible) throw CLI::ValidationError(message);
}

void require_question(const radiomics::LogisticAnalysisOptions& options) {
  const auto& common = options.common;
  const bool follow_up = !common.endpoints.empty();
  require_usage(follow_up != !options.outcome.empty(),
                "give either --endpoint with --horizon, or --outcome");
  require_usage(!follow_up || common.horizons.size() == 1,
                "--endpoint needs exactly one --horizon: the time by which the event counts");
  require_usage(follow_up || common.horizons.empty(), "--horizon has no use with --outcome");
  require_usage(follow_up || !options.ipcw, "--ipcw weights for censoring; --outcome has none");
  require_usage(!common.covariates.empty(), "no model; give --covariates");
  require_usage(common.strata.empty(), "logistic has no strata; enter the column in --covariates");
}

}  // namespace

void add_survival_logistic(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    radiomics::LogisticAnalysisOptions options;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command =
      survival.add_subcommand("logistic", "Logistic model of the event by a fixed time");
  command->footer(
      "radiomics survival logistic --clinical c.csv --endpoint OS:time=months,event=dead --horizon "
      "24 --covariates age,diameter --base age --output results");
  add_survival_options(*command, arguments->common, Endpoints::optional);
  auto& options = arguments->options;
  command->add_option("--outcome", options.outcome,
                      "Column of 0 and 1, instead of --endpoint and --horizon");
  add_list_option(*command, "--base", options.base,
                  "Covariates A,B,... of the model to compare with");
  command->add_flag("--ipcw", options.ipcw,
                    "Weight patients to stand for those censored before the horizon");
  command->callback([arguments, &result] {
    understand(arguments->common);
    arguments->options.common = arguments->common.options;
    require_question(arguments->options);
    result = finish(run_logistic(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
