#pragma once

#include <string_view>
#include <vector>

#include "radiomics/survival/cohort.h"
#include "radiomics/survival/column.h"
#include "radiomics/survival/endpoint.h"
#include "radiomics/tables/json_writer.h"

// The parts of result.json that all commands share. Each writes members into the object that is
// open.

namespace radiomics {

/// "command" and "program".
void write_program(JsonWriter& json, std::string_view command);

/// "inputs" and "join".
void write_cohort(JsonWriter& json, const Cohort& cohort);

/// "warnings".
void write_warnings(JsonWriter& json, const std::vector<AnalysisWarning>& warnings);

/// What decides how the tables are read, as members of "config". Files are named without folder.
void write_cohort_config(JsonWriter& json, const CohortOptions& options);

/// "endpoint" of "config".
void write_endpoint_config(JsonWriter& json, const std::vector<EndpointSpec>& endpoints);

/// "factor" of "config".
void write_factor_config(JsonWriter& json, const std::vector<FactorSpec>& factors);

}  // namespace radiomics
