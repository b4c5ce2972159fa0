#include "radiomics/pipeline/synonyms.h"

#include <algorithm>
#include <map>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

void require_columns(const TextTable& table, const std::string& file) {
  for (const char* column : {"name", "pattern"})
    require(std::ranges::count(table.columns, column) == 1, ErrorKind::column_not_found,
            file + ":1: has no column '" + column +
                "'; synonyms are a CSV with the columns name,pattern");
  require(table.columns.size() == 2, ErrorKind::invalid_argument,
          file + ":1: has further columns; synonyms are a CSV with the columns name,pattern");
}

Synonym synonym_of(const TextTable& table, std::size_t row, const std::string& file) {
  const auto cell = [&](const char* column) {
    const auto at = std::ranges::find(table.columns, column) - table.columns.begin();
    return std::string(trimmed(table.rows[row][std::size_t(at)]));
  };
  Synonym one{cell("name"), cell("pattern"), file + ":" + to_text(table.lines[row])};
  require(!one.name.empty() && !one.pattern.empty(), ErrorKind::invalid_argument,
          one.where + ": has no " + (one.name.empty() ? "name" : "pattern") +
              "; fill it in or remove the line");
  require(one.name.find_first_of("*?") == std::string::npos, ErrorKind::invalid_argument,
          one.where + ": the name '" + one_line(one.name) +
              "' has a wildcard; the columns are name,pattern: what a region is to be called, and "
              "what it is called in files");
  return one;
}

}  // namespace

std::vector<Synonym> read_synonyms(const std::filesystem::path& file) {
  const TextTable table = read_csv(file);
  require_columns(table, file.string());
  std::vector<Synonym> synonyms;
  std::map<std::string, std::size_t> by_pattern;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Synonym one = synonym_of(table, row, file.string());
    const auto [known, is_new] = by_pattern.emplace(lower_case(one.pattern), synonyms.size());
    if (!is_new) {
      const Synonym& other = synonyms[known->second];
      throw Error(ErrorKind::invalid_argument,
                  one.where + ": calls '" + one_line(one.pattern) + "' '" + one_line(one.name) +
                      "', and " + other.where + " calls it '" + one_line(other.name) +
                      "'; remove one of the lines");
    }
    synonyms.push_back(std::move(one));
  }
  return synonyms;
}

}  // namespace radiomics
