#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cli {

/// What the program returns; fixed, scripts rely on it.
enum ExitCode {
  done = 0,
  partly_done = 1,        ///< some regions, cases or parts were refused, the others are written
  refused = 2,            ///< input or settings refused, no results are written
  numerical_failure = 3,  ///< a model that cannot be fitted
  wrong_usage = 64,
};

// Each function adds one subcommand: its options, its help and what it runs.
// What it runs leaves its exit code in `result`.
/// \param words  of the command line behind the name of the command
void add_batch(CLI::App& app, const std::vector<std::string>& words, ExitCode& result);
void add_commands(CLI::App& app, ExitCode& result);
void add_extract(CLI::App& app, ExitCode& result);
void add_features(CLI::App& app, ExitCode& result);
void add_inspect(CLI::App& app, ExitCode& result);
void add_mask(CLI::App& app, ExitCode& result);
void add_merge(CLI::App& app, ExitCode& result);
void add_qc(CLI::App& app, ExitCode& result);
void add_selftest(CLI::App& app, ExitCode& result);
void add_settings(CLI::App& app, ExitCode& result);
void add_survival(CLI::App& app, ExitCode& result);

// Subcommands of `survival`.
void add_survival_checklist(CLI::App& survival, ExitCode& result);
void add_survival_cif(CLI::App& survival, ExitCode& result);
void add_survival_compare(CLI::App& survival, ExitCode& result);
void add_survival_cox(CLI::App& survival, ExitCode& result);
void add_survival_describe(CLI::App& survival, ExitCode& result);
void add_survival_harmonize(CLI::App& survival, ExitCode& result);
void add_survival_km(CLI::App& survival, ExitCode& result);
void add_survival_logistic(CLI::App& survival, ExitCode& result);
void add_survival_predict(CLI::App& survival, ExitCode& result);
void add_survival_screen(CLI::App& survival, ExitCode& result);
void add_survival_stability(CLI::App& survival, ExitCode& result);
void add_survival_train(CLI::App& survival, ExitCode& result);
void add_survival_validate(CLI::App& survival, ExitCode& result);
void add_survival_volume_check(CLI::App& survival, ExitCode& result);

}  // namespace cli
