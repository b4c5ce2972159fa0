#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/pipeline/batch_tables.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/pipeline/run_cases.h"
#include "radiomics/pipeline/shard.h"
#include "radiomics/settings/settings.h"

namespace radiomics {

struct BatchOptions {
  std::filesystem::path folder;  ///< for the results
  RunOptions run{};
  Shard shard{};
  bool retry_failed = false;  ///< also what would fail again
  std::string input;  ///< what the results say they were made from; no folders of the machine
  /// What was asked beside the settings and changes results, by the name of the option.
  std::vector<std::pair<std::string, std::string>> request;
};

/// What a batch tells while it runs, one call at a time. All may be empty.
struct BatchEvents {
  /// How many cases there are, and how many of them were done by an earlier run.
  std::function<void(std::size_t cases, std::size_t done_before)> started;
  std::function<void(const std::string& case_name, const Extraction&)> finished;
  std::function<void(const std::string& text)> warning;
};

/// Extracts a cohort into a folder: cases/<case>.json for every case, and from these features.csv,
/// failures.csv, features.db and run.json (INTERFACE: batch folder).
///
/// A case is done when its result is there, made with the same program, settings and request from
/// the same files (path, size, time, SOP instances). Run again, whatever ended the run before, the
/// batch does what is missing. Failures that came from the surroundings (a file that could not be
/// read, memory that was not there) are tried again, others only on demand, or when an option has
/// been added that lets refused cases pass (accept-mismatch, resample-mask). The tables depend on
/// the list and the settings alone: not on jobs, shards, order or interruptions, to the byte.
///
/// Memory: that of the cases that are being measured, and of the list.
/// \throws Error  invalid_settings if the folder holds results of other settings, of another
///                request or program: what is there stays; folder_in_use; unwritable_output: what
///                is done stays done
BatchCounts run_batch(const CaseList& list, const Settings& settings, const BatchOptions& options,
                      const BatchEvents& events = {});

/// Whether trying again may help although neither files nor settings have changed.
bool is_of_surroundings(const std::string& failure_kind);

/// What was asked for differently, program, settings and options: "texture.bins was X and is Y" for
/// the first difference; "" if there is none, or if options have been added only that let refused
/// cases pass.
std::string request_difference(const RunRecord& before, const RunRecord& now);

/// Refuses to mix results.
/// \throws Error  invalid_settings if `folder` holds results of a run that was asked for something
///                else than `record` was; unreadable_file if its run.json is damaged
void require_same_request(const BatchPaths& folder, const RunRecord& record);

}  // namespace radiomics
