#include "radiomics/pipeline/region_plan.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

bool matches_any(const std::string& name, const std::vector<std::string>& patterns) {
  return std::ranges::any_of(patterns, [&](auto& pattern) { return matches(name, pattern); });
}

class Planning {
 public:
  Planning(const RegionRequest& request, const std::vector<std::string>& names,
           const std::string& subject)
      : request_(request), names_(names), subject_(subject) {}

  RegionPlan plan() {
    add_regions_of_file();
    add_regions_of_rules();
    find_measured();
    count_uses();
    return std::move(plan_);
  }

 private:
  void add_regions_of_file() {
    std::set<std::string> known;
    for (const std::string& name : names_) {
      require_free(name);
      const bool is_new = known.insert(name).second;
      if (!is_new || matches_any(name, request_.rules.excluded)) continue;
      PlannedRegion region = named(name);
      if (!matches_any(region.name, request_.rules.excluded))
        plan_.regions.push_back(std::move(region));
    }
  }

  void require_free(const std::string& name) const {
    for (const RegionRule& rule : request_.rules.rules)
      require(!is_name_of(name, rule), ErrorKind::ambiguous_input,
              subject_ + ": has a region '" + one_line(name) + "', which is what " +
                  syntax_of(rule.kind).option + " " + radiomics::to_text(rule) +
                  " makes, too; give the new region another name");
  }

  PlannedRegion named(const std::string& name) const {
    PlannedRegion region{.name = name, .file_name = name};
    for (const Synonym& synonym : request_.rules.synonyms) {
      if (!matches(name, synonym.pattern)) continue;
      require(region.named_by.empty() || region.name == synonym.name, ErrorKind::ambiguous_input,
              subject_ + ": region '" + one_line(name) + "' would be called '" +
                  one_line(region.name) + "' by " + region.named_by + " and '" +
                  one_line(synonym.name) + "' by " + synonym.where +
                  "; let only one of the patterns match");
      region.name = synonym.name;
      region.named_by = synonym.where;
    }
    return region;
  }

  void add_regions_of_rules() {
    in_file_ = plan_.regions.size();
    for (const RegionRule& rule : request_.rules.rules)
      plan_.regions.push_back({.name = rule.name, .rule = rule, .is_made = true});
    for (std::size_t i = in_file_; i < plan_.regions.size(); ++i) {
      PlannedRegion& region = plan_.regions[i];
      for (const std::string& pattern : region.rule.patterns)
        add_matches(pattern, region.parts, region.missing);
      if (!region.rule.other.empty()) add_matches(region.rule.other, region.others, region.missing);
    }
  }

  bool is_meant(const PlannedRegion& region, const std::string& pattern) const {
    return region.is_made ? is_name_of(pattern, region.rule) : matches(region.name, pattern);
  }

  void add_matches(const std::string& pattern, std::vector<std::size_t>& found,
                   std::vector<std::string>& missing) const {
    std::vector<std::size_t> meant;
    for (std::size_t i = 0; i < plan_.regions.size(); ++i)
      if (is_meant(plan_.regions[i], pattern)) meant.push_back(i);
    if (meant.empty()) missing.push_back(pattern);
    std::vector<std::size_t> both;
    std::ranges::set_union(found, meant, std::back_inserter(both));
    found = std::move(both);
  }

  bool is_measured(const PlannedRegion& region) const {
    if (region.is_made) return true;
    if (request_.patterns.empty()) return request_.rules.rules.empty();
    return matches_any(region.name, request_.patterns);
  }

  void measure(const std::string& name) {
    if (measured_.insert(name).second) plan_.measured.push_back(name);
  }

  void find_measured() {
    for (const PlannedRegion& region : plan_.regions)
      if (is_measured(region)) measure(region.name);
    require(!plan_.measured.empty() || !request_.patterns.empty() || names_.empty(),
            ErrorKind::unknown_region,
            subject_ + ": every region is excluded: " + one_line(join(names_, ", ")) +
                "; exclude fewer");
    const bool any = !plan_.measured.empty();
    for (const std::string& pattern : request_.patterns) {
      std::vector<std::size_t> found;
      std::vector<std::string> missing;
      add_matches(pattern, found, missing);
      require(any || missing.empty(), ErrorKind::unknown_region,
              subject_ + ": " + nothing_called(pattern, plan_));
      if (!missing.empty()) measure(pattern);
    }
  }

  void count_uses() {
    for (PlannedRegion& region : plan_.regions) region.uses = int(measured_.count(region.name));
    for (std::size_t i = in_file_; i < plan_.regions.size(); ++i)
      for (const auto* parts : {&plan_.regions[i].parts, &plan_.regions[i].others})
        for (const std::size_t part : *parts) ++plan_.regions[part].uses;
  }

  const RegionRequest& request_;
  const std::vector<std::string>& names_;
  const std::string& subject_;
  RegionPlan plan_;
  std::set<std::string> measured_;
  std::size_t in_file_ = 0;  ///< regions of the file
};

}  // namespace

RegionPlan plan_regions(const RegionRequest& request, const std::vector<std::string>& names,
                        const std::string& subject) {
  return Planning(request, names, subject).plan();
}

std::string nothing_called(const std::string& pattern, const RegionPlan& plan) {
  std::vector<std::string> names;
  std::set<std::string> known;
  for (const PlannedRegion& region : plan.regions)
    if (known.insert(region.name).second) names.push_back(region.name);
  return "no region is called '" + one_line(pattern) +
         "'; there are: " + one_line(names.empty() ? "none" : join(names, ", "));
}

}  // namespace radiomics
