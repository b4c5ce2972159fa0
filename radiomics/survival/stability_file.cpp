#include "radiomics/survival/stability_file.h"

#include <algorithm>

#include "radiomics/cohort/cohort.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

/// A table of stability and where its columns are.
struct Source {
  std::string file;
  TextTable table;

  explicit Source(const std::filesystem::path& path)
      : file(path.filename().string()), table(read_csv(path)) {}

  std::size_t index_of(const std::string& name) const {
    const auto found = std::ranges::find(table.columns, name);
    require(found != table.columns.end(), ErrorKind::column_not_found,
            file + ": no column '" + name + "'; it has " + listed(table.columns) +
                "; give the stability.csv of radiomics survival stability");
    return std::size_t(found - table.columns.begin());
  }

  std::string place(std::size_t row, const std::string& name) const {
    return file + ":" + to_text(table.lines[row]) + ":" + name + ": ";
  }

  double number(std::size_t row, std::size_t column) const {
    const auto text = trimmed(table.rows[row][column]);
    if (text.empty() || text == "NA") return undefined;
    const auto value = to_number(text);
    if (!value)
      throw Error(ErrorKind::not_numeric,
                  place(row, table.columns[column]) + "'" + one_line(text) + "' is no number");
    return *value;
  }

  bool truth(std::size_t row, std::size_t column) const {
    const std::string text = lower_case(trimmed(table.rows[row][column]));
    if (text != "true" && text != "false")
      throw Error(ErrorKind::invalid_argument, place(row, table.columns[column]) + "'" +
                                                   one_line(text) + "' is neither true nor false");
    return text == "true";
  }
};

}  // namespace

StabilityTable read_stability_file(const std::filesystem::path& file) {
  const Source source(file);
  const auto feature = source.index_of("feature"), icc = source.index_of("icc"),
             low = source.index_of("low"), keep = source.index_of("keep");
  StabilityTable features;
  for (std::size_t row = 0; row < source.table.rows.size(); ++row) {
    const std::string name(trimmed(source.table.rows[row][feature]));
    const bool is_new =
        features
            .emplace(name, FeatureStability{source.number(row, icc), source.number(row, low),
                                            source.truth(row, keep)})
            .second;
    require(is_new, ErrorKind::duplicate_id,
            source.place(row, "feature") + "'" + one_line(name) + "' is there twice");
  }
  return features;
}

}  // namespace radiomics
