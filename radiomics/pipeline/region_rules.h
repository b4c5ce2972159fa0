#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "radiomics/pipeline/synonyms.h"

namespace radiomics {

/// How a rule makes a region from other regions of the same mask object.
enum class RuleKind {
  unite,      ///< voxels of any region that matches
  intersect,  ///< voxels of A that are voxels of B, too
  subtract,   ///< voxels of A that are no voxels of B
  ring,       ///< voxels around a region, see shell_around()
};

/// A region that is made from others, on the grid of the image.
struct RegionRule {
  std::string name;  ///< of the region that it makes
  RuleKind kind = RuleKind::unite;
  std::vector<std::string> patterns{};  ///< the region, or A: the union of what matches
  std::string other{};                  ///< pattern of B; of a ring, what it is clipped to, or ""
  double inner_mm = 0, outer_mm = 0;    ///< of a ring

  bool operator==(const RegionRule&) const = default;
};

/// What the regions of mask objects are called, which are left out, and which are made from others.
///
/// A region's name is that of its file, or what a synonym calls it. Patterns are shell-style,
/// ignore the case of ASCII letters and match whole names; they do not match excluded regions. A
/// pattern that is the name of a rule, ignoring case, means the region that this rule makes;
/// wildcards never match what rules make.
struct RegionRules {
  std::vector<RegionRule> rules;      ///< names differ, see add_rule()
  std::vector<std::string> excluded;  ///< patterns, of the name in the file or the one it is given
  std::vector<Synonym> synonyms;
};

/// How a rule is written on a command line.
struct RuleSyntax {
  RuleKind kind;
  const char* option;
  const char* argument;
  const char* help;
};

inline constexpr RuleSyntax rule_syntaxes[] = {
    {RuleKind::unite, "--union", "NAME=PATTERN",
     "Make a region NAME of all regions that match, as one; the same NAME again adds to it"},
    {RuleKind::intersect, "--intersect", "NAME=A:B",
     "Make a region NAME of the voxels of A that lie in B, too; A and B are patterns"},
    {RuleKind::subtract, "--minus", "NAME=A:B",
     "Make a region NAME of the voxels of A that do not lie in B; A and B are patterns"},
    {RuleKind::ring, "--ring", "NAME=PATTERN:5mm[:CLIP]",
     "Make a region NAME of what lies around the regions that match, within 5 mm, or from 3 to 6 "
     "mm "
     "('3-6mm'); only of voxels in regions that match CLIP, if given"},
};

/// Rings reach no further, so that a slip of the pen does not measure half a body.
inline constexpr double largest_ring_mm = 100;

/// The rule's place in that table.
const RuleSyntax& syntax_of(RuleKind kind);

/// Whether a pattern or a name is the name of a region that a rule makes: ASCII case aside.
bool is_name_of(std::string_view text, const RegionRule& rule);

/// Adds a rule that is written as above. NAME ends at the first '='. Blanks around NAME and
/// patterns do not count. In A:B and rings a pattern ends at ':'; for a ':' in a region's name
/// write '?'. \throws Error  invalid_argument if it is written otherwise; if NAME is given twice,
/// but for
///                unions; if NAME has a wildcard or ':'
void add_rule(RegionRules& rules, RuleKind kind, std::string_view text);

/// The rule as add_rule() reads it; of a union all patterns, with commas.
std::string to_text(const RegionRule& rule);

/// Whether the rules can be followed, whatever the case.
/// \throws Error  invalid_argument if a region is made from itself, or called as a synonym calls
/// one
void check(const RegionRules& rules);

/// The rules as names and values, for provenance and fingerprints: equal for equal rules, different
/// for rules that can make different regions. Names repeat: "exclude", "synonym" (NAME=PATTERN),
/// "union", "intersect", "minus", "ring".
std::vector<std::pair<std::string, std::string>> describe(const RegionRules& rules);

}  // namespace radiomics
