#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/tables/json_writer.h"

// result.json: what all commands share of it.

namespace radiomics {

/// Writes members into the object, or items into the array, that is open.
using JsonPart = std::function<void(JsonWriter&)>;

/// The whole of result.json: "command", "program", "config" (that of all commands, then what
/// `config` adds), "seed", "inputs", "join", "warnings" and "results" with the items of `results`.
struct ResultDocument {
  std::string_view command;
  const AnalysisOptions& options;
  const Cohort& cohort;
  const std::vector<AnalysisWarning>& warnings;
  JsonPart config{};
  JsonPart results{};
  JsonPart members{};  ///< what else stands beside "results"; may be empty

  std::string text() const;
};

// Shapes that the interface fixes. Undefined numbers are null.

/// {"estimate", "std_error", "conf_low", "conf_high"}
void write_estimate(JsonWriter& json, const Estimate& estimate);
/// The same four members, into the object that is open.
void write_estimate_members(JsonWriter& json, const Estimate& estimate);
/// {"estimate", "conf_low", "conf_high"}: a ratio, exponentiated
void write_ratio(JsonWriter& json, const Estimate& ratio);
/// {"statistic", "df", "p_value"}
void write_test(JsonWriter& json, const Test& test);
/// "horizons": S(t) with its limits and how many were at risk
void write_horizons(JsonWriter& json, const std::vector<HorizonEstimate>& horizons);
/// estimate and counts of pairs
void write_concordance(JsonWriter& json, const Concordance& concordance);
/// An array of the rows of a matrix.
void write_matrix(JsonWriter& json, const Matrix& matrix);
/// A number, or null.
void write_optional(JsonWriter& json, std::string_view name, const std::optional<double>& value);
/// "others": the columns of the other events of a composite
void write_other_events(JsonWriter& json, const EndpointSpec& spec);
/// "endpoint" and, if it failed, "error": true then, and there is nothing else to write.
bool write_endpoint_head(JsonWriter& json, const std::string& endpoint,
                         const std::optional<Error>& error);

/// The items of "results": one object per endpoint, with the members that `write_members` adds for
/// those that did not fail. \return a part that refers to `results`
template <class Result, class WriteMembers>
JsonPart endpoint_items(const std::vector<Result>& results, WriteMembers write_members) {
  return [&results, write_members](JsonWriter& json) {
    for (const auto& result : results) {
      json.begin_object();
      if (!write_endpoint_head(json, result.endpoint, result.error)) write_members(json, result);
      json.end_object();
    }
  };
}

}  // namespace radiomics
