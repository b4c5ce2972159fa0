#include "radiomics/cohort/resample_file.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

Resample rows_of_line(std::string line, const std::string& place, std::size_t rows) {
  for (char& c : line)
    if (c == ',' || c == ';' || c == '\t' || c == '\r') c = ' ';
  Resample resample;
  for (const auto& word : split(line, ' ')) {
    if (word.empty()) continue;
    const auto number = to_integer(word);
    require(number && *number >= 1 && std::size_t(*number) <= rows, ErrorKind::invalid_argument,
            place + ": '" + one_line(word) + "' is no row from 1 to " + to_text(rows) +
                "; number the rows that are complete in all variables of the analysis");
    resample.push_back(std::size_t(*number) - 1);
  }
  return resample;
}

}  // namespace

std::vector<Resample> read_resamples(const std::filesystem::path& file, std::size_t rows) {
  std::vector<Resample> resamples;
  int number = 0;
  for (const auto& line : split(read_text(file), '\n')) {
    ++number;
    auto resample =
        rows_of_line(std::string(line), file.filename().string() + ":" + to_text(number), rows);
    if (!resample.empty()) resamples.push_back(std::move(resample));
  }
  require(!resamples.empty(), ErrorKind::no_rows,
          file.filename().string() + ": no resample; write one a line: numbers of rows");
  return resamples;
}

std::vector<Resample> resamples_of(const std::filesystem::path& file, int count, std::size_t rows,
                                   std::uint64_t seed) {
  return file.empty() ? bootstrap_samples(rows, std::size_t(count), seed)
                      : read_resamples(file, rows);
}

}  // namespace radiomics
