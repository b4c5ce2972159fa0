#include "radiomics/pipeline/batch_tables.h"

#include <system_error>
#include <utility>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/write_file.h"
#include "radiomics/tables/csv.h"
#include "radiomics/tables/feature_database.h"

namespace radiomics {
namespace {

constexpr std::size_t most_first_rows = 12;

/// features.csv and failures.csv in one pass over the results.
BatchCounts write_csv_files(const BatchPaths& paths, const BatchResults& results) {
  BatchCounts counts{.cases = results.count, .first = results.header};
  write_file(paths.failures(), [&](std::ostream& failures) {
    write_failures_header(failures);
    const auto refuse = [&](const Failure& failure) {
      write_failure(failure, failures);
      ++counts.failures;
    };
    for (const Failure& failure : results.unmatched) refuse(failure);
    write_file(paths.features(), [&](std::ostream& features) {
      write_wide_header(results.header, features);
      for (std::size_t i = 0; i < results.count; ++i) {
        CaseResult result = results.result(i);
        for (const Failure& failure : result.failures) refuse(failure);
        for (FeatureTable::Row& row : result.rows) {
          write_wide_row(row, features);
          if (++counts.regions <= most_first_rows) counts.first.rows.push_back(std::move(row));
        }
      }
    });
  });
  std::error_code ignored;  // no table rather than one without a row
  if (counts.regions == 0) std::filesystem::remove(paths.features(), ignored);
  return counts;
}

void write_database(const BatchPaths& paths, const BatchResults& results) {
  FeatureDatabase database(paths.database(), results.header, results.record.provenance);
  for (const Failure& failure : results.unmatched)
    database.add(failure.case_name, {}, {&failure, 1});
  for (std::size_t i = 0; i < results.count; ++i) {
    const CaseResult result = results.result(i);
    const std::string& name =
        result.rows.empty() ? result.failures.at(0).case_name : result.rows.front().case_name;
    database.add(name, result.rows, result.failures);
  }
  database.finish();
}

}  // namespace

BatchCounts write_batch_tables(const BatchPaths& paths, const BatchResults& results, int jobs) {
  BatchCounts counts;
  parallel_for(2, jobs, [&](std::size_t table) {
    if (table == 0)
      write_database(paths, results);
    else
      counts = write_csv_files(paths, results);
  });
  return counts;
}

}  // namespace radiomics
