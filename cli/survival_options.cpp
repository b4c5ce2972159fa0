#include "cli/survival_options.h"

#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/messages.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/config_file.h"

namespace cli {
namespace {

using radiomics::ErrorKind;
using radiomics::require;

char character(const std::string& flag, const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  require(text.size() == 1 && text != "\"" && text != "\n", ErrorKind::invalid_argument,
          flag + " '" + text + "' is not one character");
  return text[0];
}

void understand_tables(SurvivalArguments& arguments) {
  auto& cohort = arguments.options.cohort;
  require(!cohort.clinical.empty() || !cohort.features.empty(), ErrorKind::invalid_argument,
          "no table; give --clinical, --features or both");
  const auto equals = arguments.id.find('=');
  cohort.id_features = arguments.id.substr(0, equals);
  cohort.id_clinical = equals == std::string::npos ? arguments.id : arguments.id.substr(equals + 1);
  cohort.separator = character("--sep", arguments.separator);
  cohort.cells.decimal = character("--decimal", arguments.decimal);
  require(cohort.separator != cohort.cells.decimal, ErrorKind::invalid_argument,
          "--sep and --decimal are the same; with --decimal , the cells need another --sep");
  for (const auto how :
       {radiomics::Aggregate::sum, radiomics::Aggregate::largest, radiomics::Aggregate::mean})
    if (to_string(how) == arguments.aggregate) cohort.aggregate = how;
  if (!arguments.stage.empty()) cohort.stage = radiomics::parse_stage(arguments.stage);
  cohort.cells.nonfinite_is_missing = arguments.nonfinite == "missing";
}

std::vector<radiomics::EndpointSpec> endpoints_as_typed(const SurvivalArguments& arguments) {
  std::vector<radiomics::EndpointSpec> specs;
  std::size_t plain = 0, competing = 0, composite = 0;
  for (const CLI::Option* option : arguments.command->parse_order()) {
    if (option->check_lname("endpoint"))
      specs.push_back(radiomics::parse_endpoint(arguments.endpoints.at(plain++)));
    if (option->check_lname("competing"))
      specs.push_back(radiomics::parse_competing(arguments.competing.at(competing++)));
    if (option->check_lname("composite"))
      specs.push_back(radiomics::parse_composite(arguments.composite.at(composite++)));
  }
  return specs;
}

void understand_endpoints(SurvivalArguments& arguments) {
  auto& options = arguments.options;
  auto specs = endpoints_as_typed(arguments);
  require(!arguments.needs_endpoint || !specs.empty(), ErrorKind::invalid_argument,
          "no endpoint; give --endpoint, --competing or --composite");
  for (auto& spec : specs) {
    const auto same = [&spec](const auto& other) { return other.name == spec.name; };
    require(std::ranges::none_of(options.endpoints, same), ErrorKind::invalid_argument,
            "two endpoints have the name '" + spec.name + "'; rename one");
    spec.clip_late = arguments.clip_late;
    options.endpoints.push_back(std::move(spec));
  }
  for (const auto& text : arguments.factors)
    options.factors.push_back(radiomics::parse_factor(text));
}

void understand_times(SurvivalArguments& arguments) {
  auto& options = arguments.options;
  options.time_unit = radiomics::parse_time_unit(arguments.time_unit);
  for (const auto& text : arguments.horizons)
    options.horizons.push_back(radiomics::parse_horizon(text, options.time_unit));
  if (arguments.tau.empty()) return;
  options.tau = radiomics::parse_horizon(arguments.tau, options.time_unit);
  require(*options.tau > 0, ErrorKind::invalid_argument, "--tau has to be above 0");
}

void understand_words(SurvivalArguments& arguments) {
  using radiomics::ConfidenceType, radiomics::Ties;
  for (const auto type : {ConfidenceType::log_log, ConfidenceType::log, ConfidenceType::plain})
    if (to_string(type) == arguments.conf_type) arguments.options.conf_type = type;
  for (const auto ties : {Ties::efron, Ties::breslow, Ties::exact})
    if (to_string(ties) == arguments.ties) arguments.options.ties = ties;
}

/// The problem with a level, as CLI11 wants it: "" if there is none.
std::string is_no_level(const std::string& text) {
  const auto level = radiomics::to_number(text);
  return level && *level > 0 && *level < 1 ? "" : "'" + text + "' is not between 0 and 1";
}

void add_table_options(CLI::App& command, SurvivalArguments& arguments) {
  auto& cohort = arguments.options.cohort;
  command.add_option("--clinical", cohort.clinical, "CSV table, one row per patient");
  command.add_option("--features", cohort.features, "CSV table of features; joined by id if both");
  command.add_option("--id", arguments.id, "Id column: NAME or FEATURES_NAME=CLINICAL_NAME");
  command.add_option("--roi", cohort.rois, "Region, where the features have several per patient")
      ->allow_extra_args(false);
  command
      .add_option("--aggregate", arguments.aggregate,
                  "Make one row of several regions: add volumes, keep the largest, average")
      ->check(CLI::IsMember({"sum", "largest", "mean"}));
  command.add_option("--stage", arguments.stage,
                     "T=COL,N=COL,M=COL[,overall=COL][,extent=COL][,edition=7|8]: makes columns "
                     "stage.T, stage.N, stage.M, stage.tnm7 or stage.tnm8, stage.valsg");
  command.add_option("--sep", arguments.separator, "Separator of cells; tab is one too")
      ->capture_default_str();
  command.add_option("--decimal", arguments.decimal, "Decimal point")->capture_default_str();
  command.add_option("--na", cohort.cells.missing, "Also missing, beside empty, NA, NaN and nan")
      ->allow_extra_args(false);
  command.add_option("--nonfinite", arguments.nonfinite, "What an infinite number is")
      ->check(CLI::IsMember({"error", "missing"}))
      ->capture_default_str();
}

void add_endpoint_options(CLI::App& command, SurvivalArguments& arguments) {
  command
      .add_option("--endpoint", arguments.endpoints,
                  "NAME:time=COL,event=COL[,event-value=V][,censor-value=V][,competing=V]")
      ->allow_extra_args(false);
  command
      .add_option("--competing", arguments.competing,
                  "NAME=TIME/EVENT,death=TIME/EVENT: an endpoint that death competes with")
      ->allow_extra_args(false);
  command
      .add_option("--composite", arguments.composite,
                  "NAME=TIME/EVENT,TIME/EVENT,...: the first of several events, PFS for example")
      ->allow_extra_args(false);
  command.add_flag("--clip-late", arguments.clip_late,
                   "Cut events after death or the end of follow-up, instead of refusing them");
}

void add_model_options(CLI::App& command, SurvivalArguments& arguments) {
  auto& options = arguments.options;
  add_list_option(command, "--covariates", options.covariates,
                  "Columns A,B,... of either table; a name with a comma in double quotes");
  command
      .add_option("--factor", arguments.factors,
                  "NAME[:L1,L2,...]: a column of levels, the first is the reference")
      ->allow_extra_args(false);
  add_list_option(command, "--strata", options.strata, "Columns A,B,... that stratify");
  command
      .add_option("--feature", options.feature_patterns,
                  "Which columns are features, shell-style; else all numeric ones of --features")
      ->allow_extra_args(false);
  command.add_option("--ties", arguments.ties, "Deaths at one time")
      ->check(CLI::IsMember({"efron", "breslow", "exact"}))
      ->capture_default_str();
  command.add_option("--alpha-level", options.alpha_level, "Level of the verdicts")
      ->check(CLI::Validator(is_no_level, "between 0 and 1"))
      ->capture_default_str();
}

void add_interval_options(CLI::App& command, SurvivalArguments& arguments) {
  command.add_option("--conf", arguments.options.conf_level, "Level of the intervals")
      ->check(CLI::Validator(is_no_level, "between 0 and 1"))
      ->capture_default_str();
  command.add_option("--conf-type", arguments.conf_type, "Scale of the intervals of curves")
      ->check(CLI::IsMember({"log-log", "log", "plain"}));
  command.add_option("--horizon", arguments.horizons, "Times T,T,...: 24, 24m, 2y, 730d")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--time-unit", arguments.time_unit, "Unit of the time columns")
      ->check(CLI::IsMember({"days", "months", "years"}));
  command.add_option("--tau", arguments.tau,
                     "End of restricted means and of Uno's C; else the last horizon");
}

void add_run_options(CLI::App& command, SurvivalArguments& arguments) {
  auto& options = arguments.options;
  command.add_option("--seed", options.seed, "Of all that is random")->capture_default_str();
  arguments.threads = std::max(1, int(std::thread::hardware_concurrency()));
  command.add_option("--threads", arguments.threads, "Else all processors; results are the same")
      ->check(CLI::PositiveNumber);
  command.add_flag("--force", options.force, "Fit models with as many parameters as events");
  command.add_flag("--strict", options.strict, "Refuse tables that cause a warning");
  command.add_option("--config", arguments.config,
                     "YAML or JSON file of these options; what is typed counts");
  command.add_option("--output", arguments.output, "Folder for the results; created if absent")
      ->required();
}

}  // namespace

void add_survival_options(CLI::App& command, SurvivalArguments& arguments, Endpoints endpoints) {
  add_table_options(command, arguments);
  add_endpoint_options(command, arguments);
  add_model_options(command, arguments);
  add_interval_options(command, arguments);
  add_run_options(command, arguments);
  arguments.command = &command;
  arguments.needs_endpoint = endpoints == Endpoints::required;
}

CLI::Option* add_list_option(CLI::App& command, const std::string& flag,
                             std::vector<std::string>& items, const std::string& help) {
  const auto take = [&items](const std::vector<std::string>& typed) {
    for (const auto& list : typed)
      for (const auto& item : radiomics::split_outside_quotes(list, ','))
        if (const auto name = radiomics::trimmed(item); !name.empty())
          items.push_back(radiomics::unquoted(name));
    if (items.empty()) items.emplace_back();  // so that it is missed by name
  };
  return command.add_option_function<std::vector<std::string>>(flag, take, help)
      ->allow_extra_args(false);
}

void understand(SurvivalArguments& arguments) {
  try {
    understand_tables(arguments);
    understand_endpoints(arguments);
    understand_times(arguments);
    understand_words(arguments);
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError(error.what());
  }
}

std::vector<std::pair<std::string, double>> penalty_factors(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, double>> factors;
  for (const auto& text : texts) {
    const auto equals = text.rfind('=');
    // Below 0 where there is none: an optional makes GCC 12 warn of what cannot happen.
    const double weight = equals == std::string::npos
                              ? -1
                              : radiomics::to_number(text.substr(equals + 1)).value_or(-1);
    if (!(weight >= 0 && weight < 1e300))
      throw CLI::ValidationError("--penalty-factor '" + text + "' is not NAME=NUMBER");
    factors.emplace_back(radiomics::unquoted(text.substr(0, equals)), weight);
  }
  return factors;
}

void add_redundancy_options(CLI::App& command, double& redundancy, std::string& linkage) {
  command.add_option("--redundancy", redundancy, "Largest |Spearman| of two features that stay")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--linkage", linkage, "How redundant features are gathered")
      ->check(CLI::IsMember({"average", "complete", "single", "greedy"}))
      ->capture_default_str();
}

std::optional<radiomics::Linkage> linkage_of(const std::string& name) {
  using radiomics::Linkage;
  for (const auto linkage : {Linkage::average, Linkage::complete, Linkage::single})
    if (to_string(linkage) == name) return linkage;
  return {};
}

ExitCode finish(const radiomics::CommandResult& result, const SurvivalArguments& arguments) {
  bool acceptable = true;
  for (const auto& warning : result.warnings) {
    const bool forbidden = arguments.options.strict && concerns_input(warning.code);
    acceptable = acceptable && !forbidden;
    if (forbidden)
      print_error(to_string(warning.code), warning.message);
    else
      print_warning(std::string(to_string(warning.code)) + ": " + warning.message);
  }
  std::size_t failed = 0, not_converged = 0;
  for (const auto& error : result.errors) {
    if (!error) continue;
    print_error(to_string(error->kind()), error->what());
    ++failed;
    not_converged += error->kind() == ErrorKind::no_convergence;
  }
  if (!acceptable) return refused;
  if (failed > 0 && failed == result.errors.size())
    return not_converged == failed ? numerical_failure : refused;
  write_files(arguments.output, result.files);
  return failed > 0 ? partly_done : done;
}

std::vector<std::string> with_config_file(const std::vector<std::string>& words) {
  std::vector<std::string> result = words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string file;
    if (words[i] == "--config" && i + 1 < words.size()) file = words[i + 1];
    if (words[i].starts_with("--config=")) file = words[i].substr(9);
    if (file.empty()) continue;
    std::vector<std::string> added;
    for (const auto& [key, value] : radiomics::read_config_file(file)) {
      const std::string flag = "--" + key;
      const bool typed = std::ranges::any_of(words, [&flag](const std::string& word) {
        return word == flag || word.starts_with(flag + "=");
      });
      if (typed || value == "false") continue;
      added.push_back(flag);
      if (value != "true") added.back() += "=" + value;
    }
    result.insert(result.begin() + 2, added.begin(), added.end());
  }
  return result;
}

}  // namespace cli
