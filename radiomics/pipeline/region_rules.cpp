#include "radiomics/pipeline/region_rules.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Reads the text of one rule.
class RuleText {
 public:
  RuleText(RuleKind kind, std::string_view text) : kind_(kind), text_(text) {}

  RegionRule rule() const {
    const std::size_t equals = text_.find('=');
    expect(equals != std::string::npos, "");
    RegionRule rule{.name = std::string(trimmed(text_.substr(0, equals))), .kind = kind_};
    expect(!rule.name.empty(), "; NAME is missing");
    expect(rule.name.find_first_of("*?:") == std::string::npos,
           "; NAME may not hold '*', '?', ':'");
    expect(rule.name == one_line(rule.name), "; NAME is more than a line");
    const std::string right(trimmed(text_.substr(equals + 1)));
    if (kind_ == RuleKind::unite)
      rule.patterns = {right};
    else if (kind_ == RuleKind::ring)
      read_ring(right, rule);
    else
      read_pair(right, rule);
    expect(!rule.patterns.front().empty(), "; a pattern is missing");
    return rule;
  }

 private:
  void expect(bool condition, const std::string& problem) const {
    require(condition, ErrorKind::invalid_argument,
            "'" + one_line(text_) + "' is not " + syntax_of(kind_).argument + problem);
  }

  std::vector<std::string> parts_of(const std::string& text) const {
    std::vector<std::string> parts = split(text, ':');
    for (std::string& part : parts) {
      part = std::string(trimmed(part));
      expect(!part.empty(), "; something is missing beside ':'");
    }
    return parts;
  }

  void read_pair(const std::string& text, RegionRule& rule) const {
    const auto parts = parts_of(text);
    expect(parts.size() == 2, "; for a ':' in the name of a region write '?'");
    rule.patterns = {parts[0]};
    rule.other = parts[1];
  }

  void read_ring(const std::string& text, RegionRule& rule) const {
    const auto parts = parts_of(text);
    expect(parts.size() >= 2, "; its width is missing");
    expect(parts.size() <= 3, "; for a ':' in the name of a region write '?'");
    rule.patterns = {parts[0]};
    if (parts.size() == 3) rule.other = parts[2];
    read_width(parts[1], rule);
  }

  void read_width(const std::string& text, RegionRule& rule) const {
    const std::string wrong = "; '" + one_line(text) + "' is no width: write 5mm or 3-6mm";
    expect(lower_case(text).ends_with("mm"), wrong);
    const auto limits = split(trimmed(std::string_view(text).substr(0, text.size() - 2)), '-');
    expect(limits.size() <= 2, wrong);
    const auto outer = to_number(trimmed(limits.back()));
    const auto inner = limits.size() == 2 ? to_number(trimmed(limits.front())) : 0.0;
    expect(outer && inner, wrong);
    expect(0 <= *inner && *inner < *outer && *outer <= largest_ring_mm,
           "; a ring ends further out than it begins, and at most " + to_text(largest_ring_mm) +
               " mm away");
    rule.inner_mm = *inner;
    rule.outer_mm = *outer;
  }

  RuleKind kind_;
  std::string text_;
};

std::string width_text(const RegionRule& rule) {
  return (rule.inner_mm > 0 ? to_text(rule.inner_mm) + "-" : "") + to_text(rule.outer_mm) + "mm";
}

/// Follows what regions are made from, depth first.
class CycleSearch {
 public:
  explicit CycleSearch(const std::vector<RegionRule>& rules)
      : rules_(rules), state_(rules.size(), State::unseen) {}

  void run() {
    for (std::size_t i = 0; i < rules_.size(); ++i) visit(i);
  }

 private:
  enum class State { unseen, open, done };

  void visit(std::size_t i) {
    if (state_[i] == State::done) return;
    path_.push_back(rules_[i].name);
    require(state_[i] == State::unseen, ErrorKind::invalid_argument,
            "region '" + rules_[i].name + "' would be made from itself: " + join(path_, " from ") +
                "; give it a name of its own");
    state_[i] = State::open;
    for (const std::string& pattern : rules_[i].patterns) follow(pattern);
    follow(rules_[i].other);
    state_[i] = State::done;
    path_.pop_back();
  }

  void follow(const std::string& pattern) {
    for (std::size_t i = 0; i < rules_.size(); ++i)
      if (is_name_of(pattern, rules_[i])) visit(i);
  }

  const std::vector<RegionRule>& rules_;
  std::vector<State> state_;
  std::vector<std::string> path_;
};

}  // namespace

const RuleSyntax& syntax_of(RuleKind kind) {
  return *std::ranges::find(rule_syntaxes, kind, &RuleSyntax::kind);
}

bool is_name_of(std::string_view text, const RegionRule& rule) {
  return lower_case(text) == lower_case(rule.name);
}

void add_rule(RegionRules& rules, RuleKind kind, std::string_view text) {
  RegionRule rule = RuleText(kind, text).rule();
  const auto known = std::ranges::find_if(
      rules.rules, [&](const RegionRule& other) { return is_name_of(rule.name, other); });
  if (known == rules.rules.end()) {
    rules.rules.push_back(std::move(rule));
    return;
  }
  require(kind == RuleKind::unite && known->kind == kind && known->name == rule.name,
          ErrorKind::invalid_argument,
          "'" + one_line(text) + "' and '" + to_text(*known) +
              "' make regions of one name; give them different names");
  known->patterns.push_back(std::move(rule.patterns.front()));
}

std::string to_text(const RegionRule& rule) {
  if (rule.kind == RuleKind::unite) return rule.name + "=" + join(rule.patterns, ", ");
  std::string text = rule.name + "=" + rule.patterns.front();
  if (rule.kind == RuleKind::ring) text += ":" + width_text(rule);
  return text + (rule.other.empty() ? "" : ":" + rule.other);
}

void check(const RegionRules& rules) {
  CycleSearch(rules.rules).run();
  for (const Synonym& synonym : rules.synonyms)
    for (const RegionRule& rule : rules.rules)
      require(!is_name_of(synonym.name, rule), ErrorKind::invalid_argument,
              synonym.where + ": '" + one_line(synonym.name) + "' is what " +
                  syntax_of(rule.kind).option + " " + to_text(rule) +
                  " makes, too; give one of them another name");
}

std::vector<std::pair<std::string, std::string>> describe(const RegionRules& rules) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const std::string& pattern : rules.excluded) lines.emplace_back("exclude", pattern);
  for (const Synonym& one : rules.synonyms)
    lines.emplace_back("synonym", one.name + "=" + one.pattern);
  for (const RegionRule& rule : rules.rules) {
    const std::string name = syntax_of(rule.kind).option + 2;  // without "--"
    if (rule.kind != RuleKind::unite)
      lines.emplace_back(name, to_text(rule));
    else
      for (const std::string& pattern : rule.patterns)
        lines.emplace_back(name, rule.name + "=" + pattern);
  }
  return lines;
}

}  // namespace radiomics
