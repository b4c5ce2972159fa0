// radiomics batch INPUT --output DIR: the features of a whole cohort.

#include "radiomics/pipeline/batch.h"

#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/batch_summary.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/slurm_script.h"
#include "radiomics/core/error.h"
#include "radiomics/core/machine.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"
#include "radiomics/pipeline/control_cases.h"
#include "radiomics/pipeline/linkage.h"

namespace cli {
namespace {

struct Options {
  CohortOptions cohort;
  std::filesystem::path output, linkage;
  std::string case_from = "hash", shard;
  std::uintmax_t memory_bytes = 0;
  bool retry_failed = false, slurm_script = false, jobs_given = false;
  std::vector<std::string> controls;
  std::uint64_t seed = 1;
  ExtractionOptions extraction;
};

/// What the results then say about persons is the user's choice, made knowingly.
void hint_at_identities(const Options& options) {
  if (options.cohort.naming != radiomics::CaseNaming::hash)
    print_warning(
        "cases are called after patients or their folders, as --case-from asks: the results may "
        "name persons; do not pass them on");
  if (!options.linkage.empty())
    print_warning(options.linkage.string() +
                  ": says which case is which patient, as --linkage asks; keep it apart from the "
                  "results");
}

void write_linkage(const radiomics::CaseList& list, const Options& options) {
  if (options.linkage.empty()) return;
  const auto linked = linkage_of(
      list, options.cohort.input,
      catalogue_options(options.cohort.input, options.cohort.catalogue, options.cohort.jobs));
  radiomics::write_file(options.linkage,
                        [&](std::ostream& out) { write_linkage_csv(linked, out); });
}

/// "3/40"
radiomics::Shard shard_of(const std::string& text) {
  if (text.empty()) return {};
  const auto parts = radiomics::split(text, '/');
  const auto index = radiomics::to_integer(parts.front());
  const auto count = radiomics::to_integer(parts.back());
  if (parts.size() != 2 || !index || !count || *index < 1 || *index > *count)
    throw CLI::ValidationError("--shard",
                               "'" + text + "' is no shard; give i/n with 1 <= i <= n, as in 3/40");
  return {*index, *count};
}

/// What else changes results, for provenance and for the question whether a folder holds the same.
std::vector<std::pair<std::string, std::string>> request_of(const Options& options) {
  const CohortOptions& cohort = options.cohort;
  auto request = request_of(cohort.regions);
  request.emplace_back("accept-mismatch", radiomics::join(names_of(cohort.accepted), ", "));
  request.emplace_back("resample-mask", cohort.resample_mask ? "yes" : "");
  request.emplace_back("case-from", options.case_from);
  if (!options.controls.empty()) {
    request.emplace_back("control", radiomics::join(options.controls, ","));
    request.emplace_back("seed", radiomics::to_text(options.seed));
  }
  return request;
}

radiomics::Controls controls_of(const Options& options) {
  try {
    return radiomics::parse_controls(options.controls);
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError("--control", error.what());
  }
}

/// Nine tenths of the machine where nothing is said: the rest is for the program and its lists.
std::uintmax_t memory_for_regions(const Options& options) {
  return options.memory_bytes > 0 ? options.memory_bytes
                                  : radiomics::available_memory_bytes() / 10 * 9;
}

ExitCode print_slurm_script(const Options& options, const std::vector<std::string>& words) {
  const radiomics::Shard shard = shard_of(options.shard);
  if (shard.count < 2)
    throw CLI::ValidationError("--slurm-script", "needs the number of shards; add --shard 1/N");
  constexpr std::uintmax_t usual_memory = std::uintmax_t(16) << 30;
  constexpr int usual_jobs = 4;  // this machine says nothing of those that will run it
  std::error_code ignored;
  write_slurm_script(
      {words_of_every_shard(words), std::filesystem::read_symlink("/proc/self/exe", ignored),
       std::filesystem::current_path(), options.output, shard.count,
       options.jobs_given ? options.cohort.jobs : usual_jobs,
       options.memory_bytes > 0 ? options.memory_bytes : usual_memory},
      std::cout);
  return done;
}

/// Runs the batch. What is done before it has to stop stays, and the user is told so.
radiomics::BatchCounts run_with_progress(const radiomics::CaseList& list,
                                         const radiomics::Settings& settings,
                                         const radiomics::BatchOptions& options) {
  Progress progress(radiomics::standard_error_is_terminal());
  radiomics::BatchEvents events;
  events.started = [&](std::size_t cases, std::size_t done) { progress.start(cases, done); };
  events.finished = [&](const auto& name, const auto& result) { progress.finished(name, result); };
  events.warning = [&](const std::string& text) { progress.warning(text); };
  try {
    auto counts = run_batch(list, settings, options, events);
    progress.end();
    return counts;
  } catch (const radiomics::Error&) {
    progress.end();
    if (progress.finished_cases() > 0)
      std::cerr << number_of(progress.finished_cases(), "case")
                << " done in this run; the same command goes on from there\n";
    throw;
  }
}

ExitCode run(const Options& options) {
  require_catalogue_outside(options.output, options.cohort);
  const radiomics::Settings settings = options.extraction.settings();
  const radiomics::Shard shard = shard_of(options.shard);
  const radiomics::Controls controls = controls_of(options);
  hint_at_identities(options);
  radiomics::CaseList list = cases_of(options.cohort);
  write_linkage(list, options);
  if (!controls.empty()) list = with_controls(list, controls, options.seed);
  const auto counts = run_with_progress(list, settings,
                                        {.folder = options.output,
                                         .run = {options.cohort.jobs, memory_for_regions(options)},
                                         .shard = shard,
                                         .retry_failed = options.retry_failed,
                                         .input = name_without_folders(options.cohort.input),
                                         .request = request_of(options)});
  return print_summary(counts, options.output);
}

void add_control_options(CLI::App& command, Options& options) {
  auto* control =
      command
          .add_option("--control", options.controls,
                      "Measure these in place of the image alone, as cases with a column Control: "
                      "original; shuffle, sample (with replacement) or random (any value from the "
                      "lowest to the highest), each with -roi, -full or -non-roi")
          ->delimiter(',')
          ->allow_extra_args(false)
          ->type_name("KIND,...");
  command.add_option("--seed", options.seed, "Of the numbers that controls draw")
      ->needs(control)
      ->capture_default_str();
}

}  // namespace

void add_batch(CLI::App& app, const std::vector<std::string>& words, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("batch", "Compute the features of a whole cohort");
  command->footer("radiomics batch hospital_export/ --output results/ --roi 'GTV*'");
  add_cohort_options(*command, options->cohort);
  command
      ->add_option(
          "--output", options->output,
          "Folder for features.csv, failures.csv, features.db, run.json and cases/; made if it is "
          "not there. Run again, the batch goes on where it was ended")
      ->type_name("PATH")
      ->required();
  command
      ->add_option("--case-from", options->case_from,
                   "What the cases of a folder are called after: hash (of the SeriesInstanceUID; "
                   "nobody's name), PatientID, or folder (the first one below INPUT)")
      ->check(CLI::IsMember({"hash", "PatientID", "folder"}))
      ->capture_default_str();
  command
      ->add_option("--linkage", options->linkage,
                   "CSV file that says which case is which: path, PatientID and UIDs. The only "
                   "output that identifies persons")
      ->type_name("FILE");
  command
      ->add_option("--memory", options->memory_bytes,
                   "What regions may take together, as in 8G: those that do not fit wait, one that "
                   "never fits is refused; else nine tenths of the machine's memory")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE")
      ->default_str("");
  command
      ->add_option("--shard", options->shard,
                   "One of several runs that share the work: i/n takes every n-th case, from the "
                   "i-th on; radiomics merge joins their folders")
      ->type_name("i/n");
  command->add_flag("--retry-failed", options->retry_failed,
                    "Try cases again that were refused by an earlier run, also where nothing has "
                    "changed");
  command->add_flag("--slurm-script", options->slurm_script,
                    "Print a script that runs this command as an array of jobs of Slurm, with as "
                    "many shards as --shard 1/N says, and do nothing else");
  add_control_options(*command, *options);
  add_extraction_options(*command, options->extraction);
  command->callback([options, words, command, &result] {
    options->jobs_given = command->count("--jobs") > 0;
    using radiomics::CaseNaming;
    options->cohort.naming = options->case_from == "PatientID" ? CaseNaming::patient_id
                             : options->case_from == "folder"  ? CaseNaming::folder
                                                               : CaseNaming::hash;
    result = options->slurm_script ? print_slurm_script(*options, words) : run(*options);
  });
}

}  // namespace cli
