// radiomics survival harmonize: takes scanner and centre effects out of features.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/harmonize_output.h"

namespace cli {
namespace {

struct HarmonizeArguments {
  SurvivalArguments common{};
  radiomics::HarmonizeOptions options{};
  bool nonparametric = false;
};

void understand_harmonize(HarmonizeArguments& arguments) {
  auto& options = arguments.options;
  if (arguments.common.options.cohort.features.empty())
    throw CLI::ValidationError("no table of features; give --features");
  if (options.batch.empty() && options.apply.empty())
    throw CLI::ValidationError("no batches; give --batch, or --apply with a fitted model");
  if (!options.apply.empty() && (!options.preserve.empty() || arguments.nonparametric))
    throw CLI::ValidationError(
        "--preserve and --nonparametric are part of the model that --apply takes");
  understand(arguments.common);
  options.common = arguments.common.options;
  if (arguments.nonparametric) options.prior = radiomics::CombatPrior::nonparametric;
}

}  // namespace

void add_survival_harmonize(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<HarmonizeArguments>();
  auto* command =
      survival.add_subcommand("harmonize", "Take batch effects out of features: ComBat");
  command->footer("radiomics survival harmonize --features f.csv --batch scanner --output results");
  add_survival_options(*command, arguments->common, Endpoints::optional);
  auto& options = arguments->options;
  command->add_option("--batch", options.batch, "Column of the scanners or centres");
  add_list_option(*command, "--preserve", options.preserve,
                  "Columns A,B,... whose effect is not taken out");
  command->add_flag("--nonparametric", arguments->nonparametric,
                    "Take the effects of the other features as they are, instead of a normal law");
  command->add_option("--apply", options.apply, "combat.json that was fitted to other patients");
  command->callback([arguments, &result] {
    understand_harmonize(*arguments);
    result = finish(run_harmonize(arguments->options), arguments->common);
  });
}

}  // namespace cli
