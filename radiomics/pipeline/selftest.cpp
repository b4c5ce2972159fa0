#include "radiomics/pipeline/selftest.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/ibsi_rule.h"
#include "radiomics/core/text.h"
#include "radiomics/features/families.h"
#include "radiomics/pipeline/digital_phantom.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/presets.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

/// Measured values by IBSI code and aggregation, and the family of each code.
struct Measured {
  std::map<std::pair<std::string, Aggregation>, double> values;
  std::map<std::string, std::string> families;
};

Measured measured_phantom() {
  const SummaryOptions& options = preset("ibsi1-digital").summary;
  const RegionSummary summary = summarise(digital_phantom(), options);
  Measured measured;
  for (const FeatureFamily& family : all_families())
    for (const Aggregation aggregation :
         aggregations_of(family.aggregation, options.aggregations)) {
      const auto values = family.compute(summary, aggregation);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string code(family.definitions[i].ibsi);
        measured.values[{code, aggregation}] = values[i];
        measured.families[code] = family.name;
      }
    }
  return measured;
}

Measured measured_ct(const std::filesystem::path& ibsi, const std::string& preset_name) {
  const Settings& settings = preset(preset_name);
  const std::filesystem::path ct = ibsi / "ibsi1_ct";
  const Extraction extraction =
      extract(case_of(ct / "image.nii.gz", ct / "mask.nii.gz", "PAT1"), settings);
  for (const Failure& failure : extraction.failures)
    throw Error(ErrorKind::unreadable_file, failure.message);
  Measured measured;
  const auto columns = columns_of(settings);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string code(columns[i].definition.ibsi);
    measured.values[{code, columns[i].aggregation}] = extraction.rows.front().values[i];
    measured.families[code] = columns[i].family;
  }
  return measured;
}

/// A published value, and where it comes from.
struct Published {
  std::string code;
  Aggregation aggregation;
  double value, tolerance;
};

void compare(const std::string& configuration, const std::vector<Published>& references,
             const Measured& measured, SelfTest& result) {
  std::vector<SelfTest::Row> rows;
  for (const FeatureFamily& family : all_families())
    rows.push_back({configuration, std::string(family.name), 0, 0});
  int without = 0;
  for (const auto& [code, aggregation, value, tolerance] : references) {
    const auto found = measured.values.find({code, aggregation});
    if (found == measured.values.end()) {
      ++without;
      continue;
    }
    const auto row = std::ranges::find(rows, measured.families.at(code), &SelfTest::Row::family);
    const bool met = agrees_with_ibsi(found->second, value, tolerance);
    ++row->values;
    row->met += met;
    if (!met)
      result.misses.push_back(configuration + ": " + row->family + " " + code + " " +
                              std::string(ibsi_code(aggregation)) + ": " + to_text(found->second) +
                              " is not " + to_text(value) + " +- " + to_text(tolerance));
  }
  std::erase_if(rows, [](const SelfTest::Row& row) { return row.values == 0; });
  result.rows.insert(result.rows.end(), rows.begin(), rows.end());
  if (without > 0)
    result.notes.push_back(configuration + ": " + to_text(without) +
                           " published values belong to features that this version has not");
}

std::vector<Published> phantom_references() {
  std::vector<Published> references;
  for (const auto& [code, aggregation, value, tolerance] : digital_phantom_references())
    references.push_back({std::string(code), aggregation, value, tolerance});
  return references;
}

double number(const TextTable& table, std::size_t row, std::size_t column) {
  const auto value = to_number(table.rows[row][column]);
  require(value.has_value(), ErrorKind::not_numeric,
          "ibsi1_reference.csv:" + to_text(table.lines[row]) + ": '" +
              one_line(table.rows[row][column]) + "' is no number; get the file again");
  return *value;
}

/// Of a table with the columns config,family,feature_name,ibsi_code,aggregation,value,tolerance.
std::vector<Published> references_of(const std::string& configuration, const TextTable& table) {
  require(table.columns.size() >= 7, ErrorKind::column_not_found,
          "ibsi1_reference.csv: has not the columns of the reference table; get the file again");
  std::vector<Published> references;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto& row = table.rows[r];
    if (row[0] != configuration) continue;
    references.push_back(
        {row[3], aggregation_called(row[4]), number(table, r, 5), number(table, r, 6)});
  }
  return references;
}

}  // namespace

SelfTest run_selftest(const std::filesystem::path& data) {
  SelfTest result;
  compare("digital phantom", phantom_references(), measured_phantom(), result);
  const std::filesystem::path ibsi = data / "ibsi";
  std::error_code ignored;
  if (!std::filesystem::exists(ibsi / "ibsi1_reference.csv", ignored)) {
    result.notes.push_back(
        "configurations A to E need the CT phantom: " +
        (data.empty() ? "name its folder with --data" : ibsi.string() + " does not hold it"));
    return result;
  }
  const TextTable table = read_csv(ibsi / "ibsi1_reference.csv");
  for (const Preset& known : all_presets())
    if (known.name.starts_with("ibsi1-") && known.name.size() == 7) {
      const std::string configuration(1, char(known.name.back() - 'a' + 'A'));
      compare(configuration, references_of(configuration, table),
              measured_ct(ibsi, std::string(known.name)), result);
    }
  return result;
}

}  // namespace radiomics
