#include "radiomics/pipeline/batch.h"

#include <exception>
#include <iterator>
#include <mutex>

#include "radiomics/core/parallel_for.h"

namespace radiomics {
namespace {

/// extract(), with what is no bad input (memory ran out) as a failure of the case, too.
Extraction extract_or_report(const Case& input, const Settings& settings) {
  try {
    return extract(input, settings);
  } catch (const std::exception& error) {
    return {{}, {{input.name, "", "features", "internal", error.what()}}};
  }
}

template <class Item>
void move_to(std::vector<Item>& to, std::vector<Item>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

BatchResult run_batch(const CaseList& list, const Settings& settings, int jobs,
                      const CaseFinished& finished) {
  std::vector<Extraction> extractions(list.cases.size());
  std::mutex one_at_a_time;
  parallel_for(list.cases.size(), jobs, [&](std::size_t i) {
    extractions[i] = extract_or_report(list.cases[i], settings);
    if (!finished) return;
    const std::lock_guard lock(one_at_a_time);
    finished(list.cases[i], extractions[i]);
  });
  BatchResult result;
  result.table.carried_columns = list.carried_columns;
  result.table.columns = columns_of(settings);
  result.failures = list.failures;
  for (Extraction& extraction : extractions) {
    move_to(result.table.rows, extraction.rows);
    move_to(result.failures, extraction.failures);
  }
  return result;
}

}  // namespace radiomics
