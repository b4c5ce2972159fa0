#include "radiomics/pipeline/batch.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <system_error>

#include "radiomics/core/background.h"
#include "radiomics/core/error.h"
#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"

namespace radiomics {
namespace {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// Options that make something of cases which are refused without them, and of no other: they may
/// be added from run to run, and what had been refused is tried again.
bool is_remedy(const std::string& option) {
  return option == "accept-mismatch" || option == "resample-mask";
}

/// All that is asked of every case, as one text.
std::string request_of(const RunRecord& record) {
  std::string text = record.version + "\n" + settings_sha256(record.provenance);
  for (const auto& [name, value] : record.options)
    if (!is_remedy(name)) text += "\n" + name + "=" + value;
  return text;
}

/// Whether a remedy allows all that it allowed before: lists of words, "" for none.
bool holds_all_of(const std::string& now, const std::string& before) {
  const std::vector<std::string> words = split(now, ',');
  return before.empty() || std::ranges::all_of(split(before, ','), [&](const std::string& word) {
           return std::ranges::any_of(
               words, [&](const std::string& one) { return trimmed(one) == trimmed(word); });
         });
}

std::string value_of(const NamedTexts& texts, const std::string& name) {
  const auto found = std::ranges::find(texts, name, &NamedTexts::value_type::first);
  return found == texts.end() ? "" : found->second;
}

/// The options without remedies that were added only.
NamedTexts without_added_remedies(const NamedTexts& options, const NamedTexts& before,
                                  const NamedTexts& now) {
  NamedTexts result;
  for (const auto& option : options)
    if (!is_remedy(option.first) ||
        !holds_all_of(value_of(now, option.first), value_of(before, option.first)))
      result.push_back(option);
  return result;
}

/// "texture.bins was X and is Y" for the first thing that differs; "" if nothing does.
std::string difference(const NamedTexts& before, const NamedTexts& now) {
  const auto value_in = [](const NamedTexts& texts, const std::string& name) {
    const auto found = std::ranges::find(texts, name, &NamedTexts::value_type::first);
    return found == texts.end() ? std::string("not given") : "'" + one_line(found->second) + "'";
  };
  for (const NamedTexts* names : {&now, &before})
    for (const auto& [name, value] : *names)
      if (value_in(before, name) != value_in(now, name))
        return name + " was " + value_in(before, name) + " and is " + value_in(now, name);
  return "";
}

bool holds_results(const BatchPaths& paths) {
  std::error_code ignored;
  return !std::filesystem::is_empty(paths.cases(), ignored) && !ignored;
}

class Batch {
 public:
  Batch(const CaseList& list, const Settings& settings, const BatchOptions& options,
        const BatchEvents& events)
      : list_(list),
        settings_(settings),
        options_(options),
        events_(events),
        folder_(options.folder),
        retry_failed_(options.retry_failed) {
    record_.provenance = {options.input, describe(settings), list.notes};
    record_.options = options.request;
    record_.shard = options.shard.index;
    record_.shard_count = options.shard.count;
    record_.carried_columns = list.carried_columns;
    record_.results = result_names(list.cases);
    record_.unmatched = list.failures;
    case_header_.columns = columns_of(settings);
    if (!list.carried_columns.empty())
      for (const Case& one : list.cases) record_.carried.push_back(one.carried);
    for (std::size_t i = 0; i < list.cases.size(); ++i)
      if (options.shard.takes(i)) mine_.push_back(i);
    fingerprints_.resize(list.cases.size());
  }

  BatchCounts run() {
    require_same_request(folder_.paths(), record_);
    compare_with_earlier_run();
    if (!folder_.is_locked() && events_.warning)
      events_.warning(options_.folder.string() +
                      ": this file system knows no locks; do not run two batches in it at once");
    write_record();
    extract_what_is_missing();
    BatchCounts counts = write_batch_tables(folder_.paths(), results(), options_.run.jobs);
    record_.complete = true;
    write_record();
    return counts;
  }

 private:
  void compare_with_earlier_run() {
    std::error_code ignored;
    if (!std::filesystem::exists(folder_.paths().run(), ignored)) return;
    const RunRecord before = read_run_record(folder_.paths().run());
    retry_failed_ = retry_failed_ || before.options != record_.options;  // a remedy was added
    warn_of_cases_that_went(before);
  }

  void warn_of_cases_that_went(const RunRecord& before) const {
    const std::set<std::string> now(record_.results.begin(), record_.results.end());
    std::vector<std::string> gone;
    for (const std::string& name : before.results)
      if (!now.contains(name)) gone.push_back(name);
    if (gone.empty() || !events_.warning) return;
    constexpr std::size_t most_shown = 5;
    const std::string more = gone.size() > most_shown ? ", ..." : "";
    const std::size_t count = gone.size();
    gone.resize(std::min(count, most_shown));
    events_.warning(options_.folder.string() + ": " + to_text(count) +
                    (count == 1 ? " case of an earlier run is" : " cases of an earlier run are") +
                    " no longer in the input and left out of the tables: " + join(gone, ", ") +
                    more);
  }

  void write_record() const {
    write_file(folder_.paths().run(), [&](std::ostream& out) { write_run_record(record_, out); });
  }

  std::filesystem::path result_file(std::size_t position) const {
    return folder_.paths().result(record_.results[position]);
  }

  std::string fingerprint_of(const Case& one) const {
    std::string request = request_of(record_) + "\n" + one.name + "\n" + join(one.rois, "\n");
    if (one.control)
      request += "\n" + to_string(one.control->control) + " of seed " + to_text(one.control->seed);
    return fingerprint(request, one.input_files(), one.folder);
  }

  bool is_done(std::size_t position) {
    // What a case was read from is what was there before: a file that changes meanwhile shows
    // later.
    fingerprints_[position] = fingerprint_of(list_.cases[position]);
    const CaseState state = read_case_state(result_file(position));
    if (retry_failed_ && !state.failure_kinds.empty()) return false;
    if (std::ranges::any_of(state.failure_kinds, is_of_surroundings)) return false;
    return state.fingerprint == fingerprints_[position];
  }

  void extract_what_is_missing() {
    std::vector<std::size_t> missing;
    for (const std::size_t position : mine_)
      if (!is_done(position)) missing.push_back(position);
    if (events_.started) events_.started(mine_.size(), mine_.size() - missing.size());
    std::mutex one_at_a_time;
    const auto keep = [&](std::size_t position, const Extraction& extraction) {
      write_result(position, extraction);
      if (!events_.finished) return;
      const std::lock_guard lock(one_at_a_time);
      events_.finished(name_of(position, extraction), extraction);
    };
    // Whoever measures does not wait until the disk has it.
    constexpr int writers = 4;
    Background disk(writers, 4 * writers);
    run_cases(list_, missing, settings_, options_.run,
              [&](std::size_t position, Extraction extraction) {
                name_failures(position, extraction);
                forget_files_that_changed(position, extraction);
                disk.run([&, position, done = std::move(extraction)] { keep(position, done); });
              });
    disk.finish();
  }

  /// A refusal may come from files that went or changed meanwhile: then it is no result of theirs.
  void forget_files_that_changed(std::size_t position, const Extraction& extraction) {
    if (!extraction.failures.empty() &&
        fingerprint_of(list_.cases[position]) != fingerprints_[position])
      fingerprints_[position] = "changed";
  }

  /// A case that could not be opened may have no name yet: that of its result, then.
  void name_failures(std::size_t position, Extraction& extraction) const {
    for (Failure& failure : extraction.failures)
      if (failure.case_name.empty()) failure.case_name = record_.results[position];
  }

  std::string name_of(std::size_t position, const Extraction& extraction) const {
    if (!extraction.rows.empty()) return extraction.rows.front().case_name;
    return extraction.failures.empty() ? record_.results[position]
                                       : extraction.failures.front().case_name;
  }

  void write_result(std::size_t position, Extraction extraction) const {
    for (FeatureTable::Row& row : extraction.rows) row.carried.clear();
    const CaseResult result{fingerprints_[position], std::move(extraction.rows),
                            std::move(extraction.failures)};
    write_file(result_file(position), [&](std::ostream& out) {
      write_case_result(result, case_header_, record_.provenance, out);
    });
  }

  CaseResult result(std::size_t position) const {
    CaseResult result = read_case_result(result_file(position), case_header_);
    for (FeatureTable::Row& row : result.rows) row.carried = list_.cases[position].carried;
    return result;
  }

  BatchResults results() const {
    BatchResults results{record_, case_header_, {}, mine_.size(), [this](std::size_t i) {
                           return result(mine_[i]);
                         }};
    results.header.carried_columns = list_.carried_columns;
    if (options_.shard.takes_unmatched()) results.unmatched = record_.unmatched;
    return results;
  }

  const CaseList& list_;
  const Settings& settings_;
  const BatchOptions& options_;
  const BatchEvents& events_;
  OpenBatchFolder folder_;
  bool retry_failed_;
  RunRecord record_;
  FeatureTable case_header_;  ///< of a case's own file: what is carried through stands in run.json
  std::vector<std::size_t> mine_;  ///< positions of this shard's cases
  std::vector<std::string> fingerprints_;
};

}  // namespace

bool is_of_surroundings(const std::string& failure_kind) {
  return failure_kind == to_string(ErrorKind::unreadable_file) ||
         failure_kind == to_string(ErrorKind::memory_limit) ||
         failure_kind == to_string(ErrorKind::unwritable_output) || failure_kind == "internal";
}

std::string request_difference(const RunRecord& before, const RunRecord& now) {
  std::string differs = difference({{"version", before.version}}, {{"version", now.version}});
  if (differs.empty()) differs = difference(before.provenance.settings, now.provenance.settings);
  if (differs.empty())
    differs = difference(without_added_remedies(before.options, before.options, now.options),
                         without_added_remedies(now.options, before.options, now.options));
  return differs;
}

void require_same_request(const BatchPaths& folder, const RunRecord& record) {
  std::error_code ignored;
  if (!std::filesystem::exists(folder.run(), ignored) || !holds_results(folder)) return;
  const RunRecord before = read_run_record(folder.run());
  const std::string differs = request_difference(before, record);
  require(differs.empty(), ErrorKind::invalid_settings,
          folder.folder.string() + ": holds results that were asked for differently: " + differs +
              "; ask as before, or give another --output");
}

BatchCounts run_batch(const CaseList& list, const Settings& settings, const BatchOptions& options,
                      const BatchEvents& events) {
  settings.check();
  return Batch(list, settings, options, events).run();
}

}  // namespace radiomics
