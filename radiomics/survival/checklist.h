#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/survival/command_result.h"

namespace radiomics {

/// What one item of a checklist asks, and what the runs can say to it.
struct ChecklistAnswer {
  std::string checklist{};  ///< "METRICS", "RQS", "CLEAR", "TRIPOD+AI"
  std::string item{};       ///< its number, or "" where the checklist's numbers are not quoted
  std::string topic{};      ///< in our own words
  std::string worth{};      ///< weight or points, as published
  bool proven = false;      ///< else left blank: a run cannot answer it, or did not
  std::string evidence{};   ///< what proves it, or what a reader has to add
};

/// What runs of `radiomics survival` prove of the checklists that reviewers ask for. Nothing is
/// guessed: an item that no run proves is blank, never "no".
///
/// `runs` are folders of results, or their result.json.
/// \source METRICS: Kocak et al. 2024, doi:10.1186/s13244-023-01572-w; RQS: Lambin et al. 2017,
///         doi:10.1038/nrclinonc.2017.141; CLEAR: Kocak et al. 2023,
///         doi:10.1186/s13244-023-01415-8; TRIPOD+AI: Collins et al. 2024,
///         doi:10.1136/bmj-2023-078378
/// \throws Error unreadable_file if there is no result.json, or it is none of this program
std::vector<ChecklistAnswer> checklist_answers(const std::vector<std::filesystem::path>& runs);

/// The whole command: checklist.csv, report.md, report.html, result.json.
CommandResult run_checklist(const std::vector<std::filesystem::path>& runs);

}  // namespace radiomics
