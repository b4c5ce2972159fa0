#include "radiomics/pipeline/region_set.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <map>
#include <mutex>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/preprocess/mask_algebra.h"
#include "radiomics/preprocess/shell.h"

namespace radiomics {
namespace {

using SharedMask = std::shared_ptr<const RegionMask>;

/// A region that several need.
struct Kept {
  std::mutex making;
  SharedMask mask;
  int uses_left = 0;
};

std::size_t bytes_of(const RegionMask& region) { return region.mask.volume.voxels().size(); }

void add_once(std::vector<std::string>& warnings, const std::string& warning) {
  if (std::ranges::count(warnings, warning) == 0) warnings.push_back(warning);
}

std::string reason_for_nothing(const RegionRule& rule) {
  switch (rule.kind) {
    case RuleKind::intersect:
      return "its parts have no voxel in common";
    case RuleKind::subtract:
      return "no voxel is left";
    default:
      return rule.other.empty() ? "no voxel of the image lies there"
                                : "no voxel of '" + one_line(rule.other) + "' lies there";
  }
}

}  // namespace

struct RegionSet::State {
  State(RegionPlan its_plan, Read its_read, std::string its_subject)
      : plan(std::move(its_plan)),
        read(std::move(its_read)),
        subject(std::move(its_subject)),
        kept(plan.regions.size()) {
    for (std::size_t i = 0; i < kept.size(); ++i) {
      kept[i].uses_left = plan.regions[i].uses;
      by_name[plan.regions[i].name].push_back(i);
    }
  }

  std::size_t index_of(const std::string& name) const;
  SharedMask shared(std::size_t i);
  RegionMask made(std::size_t i);
  RegionMask follow(const PlannedRegion& region);
  MaskWindow combined(const PlannedRegion& region, std::vector<std::string>& warnings);
  void require_patterns(const PlannedRegion& region, RegionMask& result) const;
  MaskWindow united(const std::vector<std::size_t>& parts, std::vector<std::string>& warnings);
  void subtract_all(MaskWindow& mask, const std::vector<std::size_t>& parts,
                    std::vector<std::string>& warnings);
  void intersect_with(MaskWindow& mask, const std::vector<std::size_t>& parts,
                      std::vector<std::string>& warnings);
  void surround(MaskWindow& mask, const RegionRule& rule, std::vector<std::string>& warnings) const;
  void take_warnings(std::size_t part, const RegionMask& mask,
                     std::vector<std::string>& warnings) const;
  std::string subject_of(const PlannedRegion& region) const;

  const RegionPlan plan;
  const Read read;
  const std::string subject;
  std::map<std::string, std::vector<std::size_t>> by_name;  ///< several only by synonyms
  std::vector<Kept> kept;
  std::atomic<std::size_t> kept_bytes{0};
};

RegionSet::RegionSet(RegionPlan plan, Read read, std::string subject)
    : state_(std::make_shared<State>(std::move(plan), std::move(read), std::move(subject))) {}

RegionMask RegionSet::region(const std::string& name) const {
  assert(state_);
  const std::size_t i = state_->index_of(name);
  return state_->plan.regions[i].uses > 1 ? *state_->shared(i) : state_->made(i);
}

std::size_t RegionSet::State::index_of(const std::string& name) const {
  const auto found = by_name.find(name);
  require(found != by_name.end(), ErrorKind::unknown_region,
          subject + ": " + nothing_called(name, plan));
  if (found->second.size() == 1) return found->second.front();
  std::vector<std::string> called_so;
  for (const std::size_t i : found->second)
    called_so.push_back(
        "'" + one_line(plan.regions[i].file_name) + "'" +
        (plan.regions[i].named_by.empty() ? "" : " (" + plan.regions[i].named_by + ")"));
  throw Error(
      ErrorKind::ambiguous_input,
      subject + ": " + to_text(called_so.size()) + " regions would be called '" + one_line(name) +
          "': " + join(called_so, ", ") +
          "; measure them as one with --union, under a name of its own, exclude all but one, "
          "or change the synonyms");
}

/// Kept while others need it. Who comes while it is made waits.
SharedMask RegionSet::State::shared(std::size_t i) {
  Kept& own = kept[i];
  const std::lock_guard lock(own.making);
  SharedMask result = own.mask ? own.mask : std::make_shared<const RegionMask>(made(i));
  --own.uses_left;
  if (own.mask && own.uses_left <= 0) {
    own.mask.reset();
    kept_bytes -= bytes_of(*result);
  } else if (!own.mask && own.uses_left > 0) {
    if (kept_bytes.fetch_add(bytes_of(*result)) + bytes_of(*result) <= most_kept_bytes)
      own.mask = result;
    else
      kept_bytes -= bytes_of(*result);
  }
  return result;
}

RegionMask RegionSet::State::made(std::size_t i) {
  const PlannedRegion& region = plan.regions[i];
  return region.is_made ? follow(region) : read(region.file_name);
}

std::string RegionSet::State::subject_of(const PlannedRegion& region) const {
  return subject + ": region '" + one_line(region.name) + "' (" +
         syntax_of(region.rule.kind).option + " " + one_line(radiomics::to_text(region.rule)) + ")";
}

void RegionSet::State::require_patterns(const PlannedRegion& region, RegionMask& result) const {
  if (region.missing.empty()) return;
  const bool is_enough = region.rule.kind == RuleKind::unite && !region.parts.empty();
  require(is_enough, ErrorKind::unknown_region,
          subject_of(region) + ": " + nothing_called(region.missing.front(), plan));
  for (const std::string& pattern : region.missing)
    result.warnings.push_back("united without '" + one_line(pattern) + "': no region is called so");
}

RegionMask RegionSet::State::follow(const PlannedRegion& region) {
  RegionMask result;
  require_patterns(region, result);
  try {
    result.mask = combined(region, result.warnings);
  } catch (const Error& error) {  // of a part
    throw Error(error.kind(), std::string(error.what()) + "; region '" + one_line(region.name) +
                                  "' is made from it");
  }
  trim(result.mask);
  require(!result.mask.box.empty(), ErrorKind::empty_region,
          subject_of(region) + ": " + reason_for_nothing(region.rule) + "; look at its parts");
  return result;
}

MaskWindow RegionSet::State::combined(const PlannedRegion& region,
                                      std::vector<std::string>& warnings) {
  MaskWindow mask = united(region.parts, warnings);
  if (region.rule.kind == RuleKind::ring) surround(mask, region.rule, warnings);
  if (region.rule.kind == RuleKind::subtract)
    subtract_all(mask, region.others, warnings);
  else if (!region.rule.other.empty())
    intersect_with(mask, region.others, warnings);
  return mask;
}

MaskWindow RegionSet::State::united(const std::vector<std::size_t>& parts,
                                    std::vector<std::string>& warnings) {
  MaskWindow mask;
  for (const std::size_t part : parts) {
    const SharedMask one = shared(part);
    take_warnings(part, *one, warnings);
    unite(mask, one->mask);
  }
  return mask;
}

void RegionSet::State::subtract_all(MaskWindow& mask, const std::vector<std::size_t>& parts,
                                    std::vector<std::string>& warnings) {
  for (const std::size_t part : parts) {
    const SharedMask one = shared(part);
    take_warnings(part, *one, warnings);
    subtract(mask, one->mask);
  }
}

/// What is left when all that lies outside the parts is taken away.
void RegionSet::State::intersect_with(MaskWindow& mask, const std::vector<std::size_t>& parts,
                                      std::vector<std::string>& warnings) {
  MaskWindow outside = mask;
  subtract_all(outside, parts, warnings);
  subtract(mask, outside);
}

void RegionSet::State::surround(MaskWindow& mask, const RegionRule& rule,
                                std::vector<std::string>& warnings) const {
  Shell shell = shell_around(mask, rule.inner_mm, rule.outer_mm);
  mask = std::move(shell.mask);
  const std::size_t lost = shell.voxels_beyond_image;
  if (lost == 0) return;
  const std::size_t all = lost + shell.voxels_inside_image;
  warnings.push_back("the ring reaches the border of the image: " + to_text(lost) + " of its " +
                     to_text(all) + " voxels (" +
                     rounded_text(100.0 * double(lost) / double(all), 2) +
                     " %) lie beyond and are not measured" +
                     (rule.other.empty() ? "" : ", counted before it was clipped"));
}

void RegionSet::State::take_warnings(std::size_t part, const RegionMask& mask,
                                     std::vector<std::string>& warnings) const {
  const PlannedRegion& region = plan.regions[part];
  for (const std::string& warning : mask.warnings)
    add_once(warnings, region.is_made ? warning : "part '" + region.name + "': " + warning);
}

}  // namespace radiomics
