// radiomics survival COMMAND: statistics on tables of features and outcomes.

#include <CLI/CLI.hpp>

#include "cli/commands.h"

namespace cli {

void add_survival(CLI::App& app, ExitCode& result) {
  auto* command = app.add_subcommand("survival", "Relate features to the outcome of patients");
  command->footer(
      "radiomics survival km --clinical c.csv --endpoint OS:time=t,event=e --output results");
  command->require_subcommand(1);
  add_survival_describe(*command, result);
  add_survival_km(*command, result);
  add_survival_cif(*command, result);
  add_survival_screen(*command, result);
  add_survival_cox(*command, result);
  add_survival_logistic(*command, result);
  add_survival_compare(*command, result);
  add_survival_volume_check(*command, result);
  add_survival_train(*command, result);
  add_survival_predict(*command, result);
  add_survival_validate(*command, result);
  add_survival_stability(*command, result);
  add_survival_harmonize(*command, result);
  add_survival_checklist(*command, result);
}

}  // namespace cli
