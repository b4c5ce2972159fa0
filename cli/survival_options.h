#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "radiomics/cohort/analysis_options.h"
#include "radiomics/statistics/redundancy.h"
#include "radiomics/survival/command_result.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace cli {

/// What every command of `radiomics survival` takes: what was typed, before it is understood.
struct SurvivalArguments {
  radiomics::AnalysisOptions options{};
  std::string id{};
  bool needs_endpoint = true;
  std::vector<std::string> endpoints{};
  std::vector<std::string> competing{};
  std::vector<std::string> composite{};
  const CLI::App* command = nullptr;  ///< knows in which order the three were typed
  bool clip_late = false;
  std::vector<std::string> factors{};
  std::vector<std::string> horizons{};
  std::string ties = "efron";
  std::string tau{};
  std::string time_unit{};
  std::string conf_type{};
  std::string separator = ",";
  std::string decimal = ".";
  std::string nonfinite = "error";
  std::string aggregate{};
  std::string stage{};
  std::filesystem::path output{};
  std::filesystem::path config{};
  int threads = 1;
};

/// Whether a command can do without an endpoint.
enum class Endpoints { required, optional };

/// The options that all commands share.
void add_survival_options(CLI::App& command, SurvivalArguments& arguments, Endpoints endpoints);

/// An option that takes a list A,B,... of names, and may be given several times. A name with a
/// comma stands in double quotes, as in a CSV; empty items do not count.
CLI::Option* add_list_option(CLI::App& command, const std::string& flag,
                             std::vector<std::string>& items, const std::string& help);

/// Turns what was typed into options; what makes no sense whatever the tables hold is wrong usage.
/// \throws CLI::ValidationError
void understand(SurvivalArguments& arguments);

/// Reads NAME=NUMBER,...: the weights of --penalty-factor, 0 or more.
/// \throws CLI::ValidationError
std::vector<std::pair<std::string, double>> penalty_factors(const std::vector<std::string>& texts);

/// --redundancy and --linkage, as `screen` and `train` have them.
void add_redundancy_options(CLI::App& command, double& redundancy, std::string& linkage);

/// Nothing: greedy.
std::optional<radiomics::Linkage> linkage_of(const std::string& name);

/// Prints warnings and errors, and writes the files unless nothing could be analysed or --strict
/// forbids it.
ExitCode finish(const radiomics::CommandResult& result, const SurvivalArguments& arguments);

/// The words of a command line with those of its --config FILE put in front, so that what is typed
/// counts: KEY: VALUE becomes --KEY VALUE, a list the option several times.
/// \throws radiomics::Error unreadable_file, invalid_settings
std::vector<std::string> with_config_file(const std::vector<std::string>& words);

}  // namespace cli
