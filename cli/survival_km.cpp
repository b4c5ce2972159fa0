// radiomics survival km: Kaplan-Meier curves by group, medians, S at horizons, log-rank tests.

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/km_analysis.h"
#include "radiomics/survival/km_output.h"

namespace cli {
namespace {

using radiomics::ErrorKind;
using radiomics::require;

/// What was typed, before it is understood.
struct Arguments {
  radiomics::KmOptions options;
  std::string id;
  std::vector<std::string> endpoints;
  std::vector<std::string> factors;
  std::vector<std::string> horizons;
  std::string tau;
  std::string time_unit;
  std::string conf_type = "log-log";
  std::string separator = ",";
  std::string decimal = ".";
  std::string nonfinite = "error";
  std::filesystem::path output;
  int threads = std::max(1, int(std::thread::hardware_concurrency()));
};

char character(const std::string& flag, const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  require(text.size() == 1 && text != "\"" && text != "\n", ErrorKind::invalid_argument,
          flag + " '" + text + "' is not one character");
  return text[0];
}

void understand_tables(Arguments& arguments) {
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
  cohort.cells.nonfinite_is_missing = arguments.nonfinite == "missing";
}

void understand_endpoints(Arguments& arguments) {
  auto& options = arguments.options;
  for (const auto& text : arguments.endpoints) {
    auto spec = radiomics::parse_endpoint(text);
    const auto same = [&spec](const auto& other) { return other.name == spec.name; };
    require(std::ranges::none_of(options.endpoints, same), ErrorKind::invalid_argument,
            "two endpoints have the name '" + spec.name + "'; rename one");
    options.endpoints.push_back(std::move(spec));
  }
  for (const auto& text : arguments.factors)
    options.factors.push_back(radiomics::parse_factor(text));
}

void understand_times(Arguments& arguments) {
  auto& options = arguments.options;
  options.time_unit = radiomics::parse_time_unit(arguments.time_unit);
  for (const auto& text : arguments.horizons)
    options.horizons.push_back(radiomics::parse_horizon(text, options.time_unit));
  if (arguments.tau.empty()) return;
  options.tau = radiomics::parse_horizon(arguments.tau, options.time_unit);
  require(*options.tau > 0, ErrorKind::invalid_argument, "--tau has to be above 0");
}

/// Turns what was typed into options; what makes no sense whatever the tables hold is wrong usage.
void understand(Arguments& arguments) {
  try {
    understand_tables(arguments);
    understand_endpoints(arguments);
    understand_times(arguments);
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError(error.what());
  }
  for (const auto type : {radiomics::ConfidenceType::log_log, radiomics::ConfidenceType::log,
                          radiomics::ConfidenceType::plain})
    if (to_string(type) == arguments.conf_type) arguments.options.curve.conf_type = type;
}

/// Reports what was noticed; false if that forbids to write results.
bool report(const radiomics::KmAnalysis& analysis, bool strict) {
  bool acceptable = true;
  for (const auto& warning : analysis.warnings()) {
    const bool forbidden = strict && concerns_input(warning.code);
    acceptable = acceptable && !forbidden;
    if (forbidden)
      print_error(to_string(warning.code), warning.message);
    else
      print_warning(std::string(to_string(warning.code)) + ": " + warning.message);
  }
  for (const auto& result : analysis.results)
    if (result.error) print_error(to_string(result.error->kind()), result.error->what());
  return acceptable;
}

ExitCode run(Arguments arguments) {
  understand(arguments);
  const auto analysis = radiomics::analyse_km(arguments.options, arguments.threads);
  if (!report(analysis, arguments.options.strict)) return refused;
  const auto failed = std::ranges::count_if(
      analysis.results, [](const auto& result) { return result.error.has_value(); });
  if (failed == std::ssize(analysis.results)) return refused;
  write_files(arguments.output, km_files(analysis, arguments.options));
  return failed > 0 ? partly_done : done;
}

/// The problem with the level of an interval, as CLI11 wants it: "" if there is none.
std::string is_no_level(const std::string& text) {
  const auto level = radiomics::to_number(text);
  return level && *level > 0 && *level < 1 ? "" : "'" + text + "' is not between 0 and 1";
}

void add_table_options(CLI::App& command, Arguments& arguments) {
  auto& cohort = arguments.options.cohort;
  command.add_option("--clinical", cohort.clinical, "CSV table, one row per patient");
  command.add_option("--features", cohort.features, "CSV table of features; joined by id if both");
  command.add_option("--id", arguments.id, "Id column: NAME or FEATURES_NAME=CLINICAL_NAME");
  command.add_option("--roi", cohort.rois, "Region, where the features have several per patient")
      ->allow_extra_args(false);
  command.add_option("--sep", arguments.separator, "Separator of cells; tab is one too")
      ->capture_default_str();
  command.add_option("--decimal", arguments.decimal, "Decimal point")->capture_default_str();
  command.add_option("--na", cohort.cells.missing, "Also missing, beside empty, NA, NaN and nan")
      ->allow_extra_args(false);
  command.add_option("--nonfinite", arguments.nonfinite, "What an infinite number is")
      ->check(CLI::IsMember({"error", "missing"}))
      ->capture_default_str();
}

void add_analysis_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  command
      .add_option("--endpoint", arguments.endpoints,
                  "NAME:time=COL,event=COL[,event-value=V][,censor-value=V][,competing=V]")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--by", options.by, "Column of the groups");
  command.add_option("--strata", options.strata, "Columns that stratify the tests")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--factor", arguments.factors, "NAME:L1,L2,...: the order of the groups")
      ->allow_extra_args(false);
  command.add_option("--conf", options.curve.conf_level, "Level of the intervals")
      ->check(CLI::Validator(is_no_level, "between 0 and 1"))
      ->capture_default_str();
  command.add_option("--conf-type", arguments.conf_type, "Scale of the intervals")
      ->check(CLI::IsMember({"log-log", "log", "plain"}))
      ->capture_default_str();
  command
      .add_option("--horizon", arguments.horizons, "Times T,T,...: S is given there; 24, 24m, 2y")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--time-unit", arguments.time_unit, "Unit of the time column")
      ->check(CLI::IsMember({"days", "months", "years"}));
  command.add_option("--tau", arguments.tau, "End of the restricted mean; else the last horizon");
}

}  // namespace

void add_survival_km(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("km", "Kaplan-Meier curves, medians, log-rank tests");
  command->footer(
      "radiomics survival km --clinical c.csv --endpoint OS:time=months,event=dead --by stage "
      "--horizon 12,24 --output results");
  add_table_options(*command, *arguments);
  add_analysis_options(*command, *arguments);
  command->add_option("--seed", arguments->options.seed, "Recorded; nothing here is random")
      ->capture_default_str();
  command->add_option("--threads", arguments->threads, "Endpoints at a time; else all processors")
      ->check(CLI::PositiveNumber);
  command->add_flag("--strict", arguments->options.strict, "Refuse tables that cause a warning");
  command->add_option("--output", arguments->output, "Folder for the results; created if absent")
      ->required();
  command->callback([arguments, &result] { result = run(*arguments); });
}

}  // namespace cli
