#include "radiomics/pipeline/run_cases.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <numeric>
#include <string>

#include "radiomics/core/parallel_for.h"

namespace radiomics {
namespace {

/// extract(), with what is no bad input (memory ran out) as a failure of the case, too.
Extraction extract_or_report(const Case& input, const Settings& settings,
                             const ExtractOptions& options) {
  try {
    return extract(input, settings, options);
  } catch (const std::exception& error) {
    return {{}, {{input.name, "", "features", "internal", error.what()}}};
  }
}

/// Positions of cases that share a scan, in the order of their first ones.
std::vector<std::vector<std::size_t>> by_scan(const CaseList& list,
                                              std::span<const std::size_t> positions) {
  std::vector<std::vector<std::size_t>> scans;
  std::map<std::string, std::size_t> known;
  for (const std::size_t position : positions) {
    const auto [scan, is_new] = known.try_emplace(list.cases[position].image, scans.size());
    if (is_new) scans.emplace_back();
    scans[scan->second].push_back(position);
  }
  return scans;
}

template <class Item>
void move_to(std::vector<Item>& to, std::vector<Item>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void run_cases(const CaseList& list, std::span<const std::size_t> positions,
               const Settings& settings, const RunOptions& options,
               const CaseExtracted& extracted) {
  const auto scans = by_scan(list, positions);
  const int threads = std::max(1, options.jobs / std::max(1, int(scans.size())));
  MemoryGate memory(options.memory_bytes);
  parallel_for(scans.size(), options.jobs, [&](std::size_t i) {
    OpenedFiles files;
    for (const std::size_t position : scans[i])
      extracted(position,
                extract_or_report(list.cases[position], settings, {threads, &files, &memory}));
  });
}

CohortFeatures measure_cohort(const CaseList& list, const Settings& settings,
                              const RunOptions& options) {
  std::vector<std::size_t> positions(list.cases.size());
  std::iota(positions.begin(), positions.end(), std::size_t(0));
  std::vector<Extraction> extractions(list.cases.size());
  run_cases(list, positions, settings, options, [&](std::size_t position, Extraction extraction) {
    extractions[position] = std::move(extraction);
  });
  CohortFeatures result{{list.carried_columns, columns_of(settings), {}}, list.failures};
  for (Extraction& extraction : extractions) {
    move_to(result.table.rows, extraction.rows);
    move_to(result.failures, extraction.failures);
  }
  return result;
}

}  // namespace radiomics
