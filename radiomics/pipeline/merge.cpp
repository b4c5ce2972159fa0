#include "radiomics/pipeline/merge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"
#include "radiomics/pipeline/batch.h"
#include "radiomics/pipeline/shard.h"
#include "radiomics/settings/yaml.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

/// One of the folders that are merged.
struct Part {
  BatchPaths paths;
  RunRecord record;

  Shard shard() const { return {record.shard, record.shard_count}; }
};

/// Parts of one list of cases.
struct Cohort {
  std::vector<const Part*> parts;

  const RunRecord& record() const { return parts.front()->record; }
};

std::vector<Part> read_parts(std::span<const fs::path> folders,
                             std::vector<std::string>& warnings) {
  std::vector<Part> parts;
  for (const fs::path& folder : folders) {
    const BatchPaths paths{folder};
    std::error_code ignored;
    const bool has_record = fs::exists(paths.run(), ignored);
    require(has_record || fs::exists(paths.lock(), ignored), ErrorKind::unreadable_file,
            folder.string() + ": holds no run.json; name folders that a batch has written to");
    if (!has_record) {
      warnings.push_back(folder.string() + ": its run ended before it had begun a case");
      continue;
    }
    parts.push_back({paths, read_run_record(paths.run())});
    const std::string differs = request_difference(parts.front().record, parts.back().record);
    require(differs.empty(), ErrorKind::invalid_settings,
            folder.string() + ": was asked for differently than " +
                parts.front().paths.folder.string() + ": " + differs +
                "; merge results of one kind");
    require(parts.front().record.carried_columns == parts.back().record.carried_columns,
            ErrorKind::invalid_settings,
            folder.string() + ": has other columns of the case list than " +
                folders.front().string() + "; give both lists the same columns");
  }
  return parts;
}

std::vector<Cohort> cohorts_of(const std::vector<Part>& parts) {
  std::vector<Cohort> cohorts;
  for (const Part& part : parts) {
    const auto same = std::ranges::find_if(cohorts, [&](const Cohort& cohort) {
      return cohort.record().results == part.record.results &&
             cohort.record().shard_count == part.record.shard_count;
    });
    if (same == cohorts.end())
      cohorts.push_back({{&part}});
    else
      same->parts.push_back(&part);
  }
  return cohorts;
}

void require_distinct_cases(const std::vector<Cohort>& cohorts) {
  std::map<std::string, const Cohort*> owners;
  for (const Cohort& cohort : cohorts)
    for (const std::string& name : cohort.record().results) {
      const auto [owner, is_new] = owners.try_emplace(name, &cohort);
      require(is_new, ErrorKind::ambiguous_input,
              "case '" + name + "' is in " + owner->second->parts.front()->paths.folder.string() +
                  " and in " + cohort.parts.front()->paths.folder.string() +
                  ", whose lists of cases differ; run the shards of one input again, or give the "
                  "cases of different cohorts different names");
    }
}

/// All cohorts as if they had been one list.
RunRecord joined_record(const std::vector<Cohort>& cohorts) {
  RunRecord joined = cohorts.front().record();
  joined.shard = joined.shard_count = 1;
  for (std::size_t i = 1; i < cohorts.size(); ++i) {
    const RunRecord& next = cohorts[i].record();
    joined.results.insert(joined.results.end(), next.results.begin(), next.results.end());
    joined.carried.insert(joined.carried.end(), next.carried.begin(), next.carried.end());
    joined.unmatched.insert(joined.unmatched.end(), next.unmatched.begin(), next.unmatched.end());
    auto& warnings = joined.provenance.warnings;
    warnings.insert(warnings.end(), next.provenance.warnings.begin(),
                    next.provenance.warnings.end());
  }
  return joined;
}

/// The result of a case: that of the shard which had to make it, else of any.
std::optional<fs::path> result_in(const Cohort& cohort, std::size_t position) {
  const std::string& name = cohort.record().results[position];
  std::optional<fs::path> found;
  for (const Part* part : cohort.parts) {
    const fs::path file = part->paths.result(name);
    if (read_fingerprint(file).empty()) continue;
    if (part->shard().takes(position)) return file;
    if (!found) found = file;
  }
  return found;
}

/// A file under another name: the same one where the file system can link, else a copy.
void link_or_copy(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::equivalent(from, to, error)) return;
  const fs::path temporary = to.string() + temporary_extension;
  fs::remove(temporary, error);
  fs::create_hard_link(from, temporary, error);
  if (error) fs::copy_file(from, temporary, error);
  if (!error) fs::rename(temporary, to, error);
  require(!error, ErrorKind::unwritable_output,
          to.string() + ": cannot be written; check the folder's permissions and free space");
}

Failure missing_result(const Cohort& cohort, std::size_t position) {
  const int count = cohort.record().shard_count;
  const std::string shard =
      count == 1 ? std::string("the batch")
                 : "--shard " + to_text(position % std::size_t(count) + 1) + "/" + to_text(count);
  return {cohort.record().results[position], "", "merge",
          std::string(to_string(ErrorKind::missing_result)),
          "has no result in the folders that were merged; run " + shard +
              " to its end and merge again"};
}

/// The merged folder, made from its parts.
class Merge {
 public:
  Merge(const std::vector<Cohort>& cohorts, const fs::path& output)
      : cohorts_(cohorts), folder_(output), record_(joined_record(cohorts)) {
    require_same_request(folder_.paths(), record_);
    columns_.columns = columns_of(settings_from(record_.provenance.settings, "run.json"));
  }

  MergeResult run(int jobs) {
    gather_results();
    write_record(false);
    BatchResults results{record_, columns_, record_.unmatched, record_.results.size(),
                         [this](std::size_t i) { return result(i); }};
    results.header.carried_columns = record_.carried_columns;
    MergeResult merged{write_batch_tables(folder_.paths(), results, jobs), {}, {}};
    for (const auto& failure : missing_)
      if (failure) merged.missing.push_back(*failure);
    write_record(merged.missing.empty());
    return merged;
  }

 private:
  void gather_results() {
    for (const Cohort& cohort : cohorts_)
      for (std::size_t i = 0; i < cohort.record().results.size(); ++i) {
        missing_.emplace_back();
        if (const auto file = result_in(cohort, i))
          link_or_copy(*file, folder_.paths().result(cohort.record().results[i]));
        else
          missing_.back() = missing_result(cohort, i);
      }
  }

  void write_record(bool complete) {
    record_.complete = complete;
    write_file(folder_.paths().run(), [&](std::ostream& out) { write_run_record(record_, out); });
  }

  CaseResult result(std::size_t i) const {
    if (missing_[i]) return {"", {}, {*missing_[i]}};
    CaseResult result = read_case_result(folder_.paths().result(record_.results[i]), columns_);
    for (FeatureTable::Row& row : result.rows)
      if (!record_.carried.empty()) row.carried = record_.carried[i];
    return result;
  }

  const std::vector<Cohort>& cohorts_;
  OpenBatchFolder folder_;
  RunRecord record_;
  FeatureTable columns_;
  std::vector<std::optional<Failure>> missing_;  ///< one for each case
};

}  // namespace

MergeResult merge_batches(std::span<const fs::path> folders, const fs::path& output, int jobs) {
  require(!folders.empty(), ErrorKind::invalid_argument, "there is nothing to merge; name folders");
  std::vector<std::string> warnings;
  const std::vector<Part> parts = read_parts(folders, warnings);
  require(!parts.empty(), ErrorKind::unreadable_file,
          folders.front().string() +
              ": holds no run.json, nor does another of the folders; run "
              "the batches again");
  const std::vector<Cohort> cohorts = cohorts_of(parts);
  require_distinct_cases(cohorts);
  MergeResult merged = Merge(cohorts, output).run(jobs);
  merged.warnings = std::move(warnings);
  return merged;
}

}  // namespace radiomics
