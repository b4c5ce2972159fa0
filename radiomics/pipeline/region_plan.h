#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "radiomics/pipeline/region_rules.h"

namespace radiomics {

/// A region of one case: one of the file, or one that a rule makes from others.
struct PlannedRegion {
  std::string name;                    ///< what it is called in results
  std::string file_name{};             ///< what the file calls it
  std::string named_by{};              ///< FILE:LINE of the synonym that it is called after
  RegionRule rule{};                   ///< if it is made
  std::vector<std::size_t> parts{};    ///< what the rule's patterns match, in order
  std::vector<std::size_t> others{};   ///< what RegionRule::other matches, in order
  std::vector<std::string> missing{};  ///< patterns of the rule that match nothing
  bool is_made = false;                ///< by `rule`; a name in a file may be ""
  int uses = 0;                        ///< by rules, and by the table
};

/// The regions of one mask object under the names and with the regions that rules give.
struct RegionPlan {
  /// Those of the file in its order without the excluded ones, then those that rules make.
  std::vector<PlannedRegion> regions;
  /// Names of the regions that are measured: of the file those that were asked for, then those of
  /// the rules, then patterns that match nothing.
  std::vector<std::string> measured;
};

/// What is asked of a mask object.
struct RegionRequest {
  const std::vector<std::string>& patterns;  ///< of --roi; empty: see plan_regions()
  const RegionRules& rules;                  ///< of which check() holds
};

/// Without patterns, what is measured are the regions that rules make; without these, too, every
/// region of the file.
/// \param names    of the regions in the file
/// \param subject  what messages start with: the file
/// \throws Error  unknown_region if nothing is left to measure; ambiguous_input if a region of the
///                file has the name of a rule, or if synonyms give a region two names
RegionPlan plan_regions(const RegionRequest& request, const std::vector<std::string>& names,
                        const std::string& subject);

/// "no region is called 'GTV'; there are: A, B"
std::string nothing_called(const std::string& pattern, const RegionPlan& plan);

}  // namespace radiomics
