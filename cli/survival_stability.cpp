// radiomics survival stability: which features repeat between readers, sessions, perturbations.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/stability_output.h"

namespace cli {
namespace {

struct StabilityArguments {
  SurvivalArguments common{};
  radiomics::StabilityOptions options{};
  std::string icc_type = "ICC(A,1)";
};

void understand_stability(StabilityArguments& arguments) {
  using radiomics::IccType;
  auto& common = arguments.common;
  if (common.options.cohort.features.empty() || !common.options.cohort.clinical.empty() ||
      !common.aggregate.empty())
    throw CLI::ValidationError(
        "one table with a row per patient and measurement is read: give --features, and neither "
        "--clinical nor --aggregate");
  understand(common);
  arguments.options.common = common.options;
  for (const auto type : {IccType::one_way, IccType::agreement, IccType::consistency})
    if (to_string(type) == arguments.icc_type) arguments.options.icc_type = type;
}

}  // namespace

void add_survival_stability(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<StabilityArguments>();
  auto* command = survival.add_subcommand("stability", "Which features repeat: ICC, CCC");
  command->footer(
      "radiomics survival stability --features repeated.csv --by Reader --output results");
  add_survival_options(*command, arguments->common, Endpoints::optional);
  auto& options = arguments->options;
  command->add_option("--by", options.by, "Column of the readers, sessions or perturbations")
      ->required();
  command->add_option("--icc-type", arguments->icc_type, "Which coefficient decides")
      ->check(CLI::IsMember({"ICC(1,1)", "ICC(A,1)", "ICC(C,1)"}))
      ->capture_default_str();
  command
      ->add_option("--threshold", options.threshold,
                   "A feature is kept if the lower limit is not below it")
      ->check(CLI::Range(-1.0, 1.0))
      ->capture_default_str();
  command->callback([arguments, &result] {
    understand_stability(*arguments);
    result =
        finish(run_stability(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
