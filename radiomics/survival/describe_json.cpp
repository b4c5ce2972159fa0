#include "radiomics/survival/describe_output.h"
#include "radiomics/survival/result_json.h"

namespace radiomics {
namespace {

void write_numbers(JsonWriter& json, const NumberSummary& numbers) {
  json.member("median", numbers.median)
      .member("q25", numbers.q25)
      .member("q75", numbers.q75)
      .member("mean", numbers.mean)
      .member("sd", numbers.sd)
      .member("min", numbers.min)
      .member("max", numbers.max);
}

void write_levels(JsonWriter& json, const DescribedVariable& variable, const GroupSummary& group) {
  json.key("levels").begin_array();
  for (std::size_t level = 0; level < variable.levels.size(); ++level)
    json.begin_object()
        .member("level", variable.levels[level])
        .member("n", group.counts[level])
        .member("fraction", double(group.counts[level]) / double(group.n))
        .end_object();
  json.end_array();
}

void write_variable(JsonWriter& json, const DescribedVariable& variable,
                    const std::vector<std::string>& labels) {
  json.begin_object().member("variable", variable.name).key("groups").begin_array();
  for (std::size_t g = 0; g < variable.groups.size(); ++g) {
    const auto& group = variable.groups[g];
    json.begin_object().text_or_null("group", g == 0 ? "" : labels[g - 1]);
    json.member("n", group.n).member("n_missing", group.n_missing);
    variable.levels.empty() ? write_numbers(json, group.numbers)
                            : write_levels(json, variable, group);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_table(JsonWriter& json, const CohortDescription& table) {
  json.key("cohort").begin_object().key("groups").begin_array();
  for (std::size_t g = 0; g < table.sizes.size(); ++g) {
    json.begin_object().text_or_null("group", g == 0 ? "" : table.groups[g - 1]);
    json.member("n", table.sizes[g]).end_object();
  }
  json.end_array().key("variables").begin_array();
  for (const auto& variable : table.variables) write_variable(json, variable, table.groups);
  json.end_array().end_object();
}

void write_follow_up(JsonWriter& json, const FollowUp& follow_up, bool competing) {
  json.key("follow_up")
      .begin_object()
      .member("estimate", follow_up.median.estimate)
      .member("conf_low", follow_up.median.conf_low)
      .member("conf_high", follow_up.median.conf_high)
      .member("estimate_deaths_first", follow_up.deaths_first);
  if (competing) json.member("estimate_any_event", follow_up.any_event);
  json.member("min", follow_up.min)
      .member("max", follow_up.max)
      .member("fraction_informative", follow_up.fraction_informative)
      .end_object();
}

void write_survival(JsonWriter& json, const DescribeResult& result) {
  json.key("survival").begin_object().key("median").begin_object();
  json.member("estimate", result.median_survival.estimate)
      .member("conf_low", result.median_survival.conf_low)
      .member("conf_high", result.median_survival.conf_high)
      .end_object();
  write_horizons(json, result.horizons);
  json.end_object();
}

void write_counts(JsonWriter& json, std::string_view name, const CaseCounts& counts) {
  json.key(name)
      .begin_object()
      .member("n", counts.n)
      .member("events", counts.events)
      .member("median", counts.median)
      .end_object();
}

void write_sample_size(JsonWriter& json, const DescribeResult& result) {
  json.key("events_per_parameter")
      .begin_object()
      .member("events", result.events)
      .member("parameters_at_10", result.events / 10);
  if (result.sample_size)
    json.member("parameters", result.sample_size->parameters)
        .member("estimate", result.sample_size->events_per_parameter);
  json.end_object();
  if (!result.sample_size) return;
  json.key("sample_size")
      .begin_object()
      .member("parameters", result.sample_size->parameters)
      .member("shrinkage", result.sample_size->shrinkage)
      .member("r2_nagelkerke", result.sample_size->r2_nagelkerke)
      .member("r2_cox_snell", result.sample_size->r2_cox_snell)
      .member("required", result.sample_size->required)
      .end_object();
}

void write_members(JsonWriter& json, const DescribeResult& result, const DescribeAnalysis& analysis,
                   const DescribeOptions& options) {
  json.member("n", result.n)
      .member("events", result.events)
      .member("competing_events", result.competing)
      .member("n_missing", result.n_missing)
      .member("conf_level", options.common.conf_level)
      .member("conf_type", to_string(options.curve().conf_type));
  write_follow_up(json, result.follow_up, result.competing > 0);
  json.key("missing").begin_object();
  for (const auto& missing : analysis.missing) json.member(missing.column, missing.count);
  json.end_object();
  write_sample_size(json, result);
  write_survival(json, result);
  json.key("complete_cases").begin_object();
  write_counts(json, "kept", result.cases.kept);
  write_counts(json, "dropped", result.cases.dropped);
  json.member("p_value", result.cases.p_value).end_object();
}

}  // namespace

std::string describe_json(const DescribeAnalysis& analysis, const DescribeOptions& options) {
  const auto warnings = analysis.warnings();
  return ResultDocument{.command = "describe",
                        .options = options.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config = [&](JsonWriter& json) { json.text_or_null("by", options.by); },
                        .results = endpoint_items(analysis.results,
                                                  [&](JsonWriter& json, const auto& result) {
                                                    write_members(json, result, analysis, options);
                                                  }),
                        .members = [&](JsonWriter& json) { write_table(json, analysis.table); }}
      .text();
}  // NOLINT: a std::function is taken for a leak

}  // namespace radiomics
