#include "radiomics/cohort/repeated_features.h"

#include <algorithm>
#include <map>

#include "radiomics/cohort/feature_columns.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr std::size_t absent = std::size_t(-1);

/// Which row a patient has of each rater.
struct PatientRows {
  std::string id{};
  std::vector<std::size_t> rows{};
};

std::vector<PatientRows> rows_by_rater(const Cohort& cohort, const Column& by,
                                       const Grouping& raters) {
  std::map<std::string, std::size_t> known;
  std::vector<PatientRows> patients;
  for (std::size_t row = 0; row < cohort.size(); ++row) {
    if (by.missing[row])
      throw Error(ErrorKind::invalid_argument,
                  by.place(row) + ": empty; say who or what made this row, or remove it");
    const auto [found, is_new] = known.emplace(cohort.ids[row], patients.size());
    if (is_new) patients.push_back({cohort.ids[row], std::vector(raters.labels.size(), absent)});
    std::size_t& place = patients[found->second].rows[std::size_t(raters.group[row])];
    if (place != absent)
      throw Error(ErrorKind::duplicate_id, by.place(row) + ": '" + one_line(cohort.ids[row]) +
                                               "' by '" + one_line(by.cells[row]) +
                                               "' is also on line " + to_text(by.lines[place]) +
                                               "; keep one (with several regions choose --roi)");
    place = row;
  }
  return patients;
}

bool is_complete(const PatientRows& patient) {
  return std::ranges::find(patient.rows, absent) == patient.rows.end();
}

/// Keeps the patients that every rater has.
void leave_out_incomplete(const std::string& by, std::vector<PatientRows>& patients,
                          RepeatedFeatures& repeated) {
  std::vector<std::string> without;
  for (const auto& patient : patients)
    if (!is_complete(patient)) without.push_back(patient.id);
  std::erase_if(patients, [](const PatientRows& patient) { return !is_complete(patient); });
  if (without.empty()) return;
  repeated.warnings.push_back({.code = WarningCode::missing_values,
                               .message = repeated.cohort.tables[0].file + ": " +
                                          counted(without.size(), "patient") +
                                          " without a row of every '" + by + "' (" +
                                          one_line(join(repeated.raters, ", ")) + "), left out",
                               .column = by,
                               .ids = without});
}

RepeatedFeature in_rows_and_columns(const std::string& name, std::span<const double> values,
                                    const std::vector<PatientRows>& patients, std::size_t raters) {
  RepeatedFeature feature{.name = name, .ratings = Matrix(patients.size(), raters)};
  for (std::size_t i = 0; i < patients.size(); ++i)
    for (std::size_t k = 0; k < raters; ++k) feature.ratings(i, k) = values[patients[i].rows[k]];
  return feature;
}

}  // namespace

RepeatedFeatures read_repeated_features(const AnalysisOptions& options, const std::string& by) {
  RepeatedFeatures repeated;
  CohortOptions tables = options.cohort;
  tables.clinical.clear();
  tables.aggregate = Aggregate::none;
  tables.repeated = true;
  repeated.cohort = read_cohort(tables);
  const auto& table = repeated.cohort.tables[0];
  require(!table.id_column.empty(), ErrorKind::column_not_found,
          table.file +
              ": no id column (case, PatientID, patient_id, id); name it with --id; it has " +
              listed(table.text.columns));
  const Column rater = column(repeated.cohort, by);
  const Grouping raters = grouping_of(repeated.cohort, by, options.factors);
  repeated.raters = raters.labels;
  auto patients = rows_by_rater(repeated.cohort, rater, raters);
  leave_out_incomplete(by, patients, repeated);
  require(repeated.raters.size() > 1 && patients.size() > 1, ErrorKind::invalid_argument,
          table.file + ": " + counted(patients.size(), "patient") + " measured by each of " +
              to_text(repeated.raters.size()) + " in '" + by +
              "'; two patients and two measurements of each are the least");
  for (const auto& patient : patients) repeated.patients.push_back(patient.id);
  const auto features = feature_columns_beside(repeated.cohort, options.feature_patterns, {by});
  repeated.warnings.insert(repeated.warnings.end(), features.warnings.begin(),
                           features.warnings.end());
  for (std::size_t j = 0; j < features.names.size(); ++j)
    repeated.features.push_back(in_rows_and_columns(features.names[j], features.values.column(j),
                                                    patients, repeated.raters.size()));
  return repeated;
}

}  // namespace radiomics
