#include "radiomics/pipeline/region_rules.h"

#include <atomic>
#include <map>

#include <gtest/gtest.h>

#include "radiomics/core/parallel_for.h"
#include "radiomics/pipeline/load.h"
#include "radiomics/pipeline/region_set.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/masks.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

using Names = std::vector<std::string>;

/// The rule kind of an option, without "--".
RuleKind kind_of(const std::string& name) {
  for (const RuleSyntax& syntax : rule_syntaxes)
    if (syntax.option == "--" + name) return syntax.kind;
  throw std::logic_error(name);
}

/// Rules as on a command line: {"union", "A=B"}.
RegionRules rules_of(const std::vector<std::pair<std::string, std::string>>& texts) {
  RegionRules rules;
  for (const auto& [option, text] : texts)
    if (option == "exclude")
      rules.excluded.push_back(text);
    else
      add_rule(rules, kind_of(option), text);
  check(rules);
  return rules;
}

// ---- how rules are written ----

TEST(RegionRules, AreReadFromText) {
  const RegionRules rules = rules_of({{"union", " All = GTV p:1=x"},
                                      {"intersect", "Both=A:B"},
                                      {"minus", "Rest=A : B*"},
                                      {"ring", "Near=All:5mm"},
                                      {"ring", "Far=All:2.5-7.5 MM:Lung*"},
                                      {"union", "All=GTVn*"}});
  ASSERT_EQ(rules.rules.size(), 5u);
  EXPECT_EQ(rules.rules[0], (RegionRule{"All", RuleKind::unite, {"GTV p:1=x", "GTVn*"}}));
  EXPECT_EQ(rules.rules[1], (RegionRule{"Both", RuleKind::intersect, {"A"}, "B"}));
  EXPECT_EQ(rules.rules[2], (RegionRule{"Rest", RuleKind::subtract, {"A"}, "B*"}));
  EXPECT_EQ(rules.rules[3], (RegionRule{"Near", RuleKind::ring, {"All"}, "", 0, 5}));
  EXPECT_EQ(rules.rules[4], (RegionRule{"Far", RuleKind::ring, {"All"}, "Lung*", 2.5, 7.5}));
}

TEST(RegionRules, RefuseWhatIsWrittenOtherwise) {
  const std::vector<std::array<std::string, 3>> wrong = {
      {"union", "All", "'All' is not NAME=PATTERN"},
      {"union", "=GTV", "NAME is missing"},
      {"union", "All=", "a pattern is missing"},
      {"union", "A*=GTV", "NAME may not hold"},
      {"union", "A:B=GTV", "NAME may not hold"},
      {"minus", "X=A", "is not NAME=A:B"},
      {"minus", "X=A:B:C", "write '?'"},
      {"intersect", "X=:B", "missing beside ':'"},
      {"ring", "X=A", "its width is missing"},
      {"ring", "X=A:5", "'5' is no width: write 5mm"},
      {"ring", "X=A:5cm", "'5cm' is no width"},
      {"ring", "X=A:nanmm", "ends further out"},
      {"ring", "X=A:infmm", "ends further out"},
      {"ring", "X=A:-5mm", "'-5mm' is no width"},
      {"ring", "X=A:0mm", "ends further out"},
      {"ring", "X=A:5-3mm", "ends further out"},
      {"ring", "X=A:101mm", "at most 100 mm"},
      {"ring", "X=A:5mm:", "missing beside ':'"},
      {"ring", "X=A:5mm:B:C", "write '?'"}};
  for (const auto& one : wrong)
    EXPECT_ERROR(rules_of({{one[0], one[1]}}), ErrorKind::invalid_argument, one[2]);
}

TEST(RegionRules, HaveNamesOfTheirOwn) {
  EXPECT_ERROR(rules_of({{"union", "X=A"}, {"ring", "X=A:5mm"}}), ErrorKind::invalid_argument,
               "'X=A:5mm' and 'X=A' make regions of one name");
  EXPECT_ERROR(rules_of({{"ring", "X=A:3mm"}, {"ring", "x=A:5mm"}}), ErrorKind::invalid_argument,
               "one name");
  EXPECT_ERROR(rules_of({{"union", "X=A"}, {"union", "x=B"}}), ErrorKind::invalid_argument,
               "one name");
  RegionRules rules = rules_of({{"union", "X=A"}});
  rules.synonyms = {{"x", "GTV*", "s.csv:2"}};
  EXPECT_ERROR(check(rules), ErrorKind::invalid_argument, "s.csv:2: 'x' is what --union X=A");
}

TEST(RegionRules, MakeNothingFromItself) {
  EXPECT_ERROR(rules_of({{"union", "GTV=gtv"}}), ErrorKind::invalid_argument,
               "'GTV' would be made from itself: GTV from GTV;");
  EXPECT_ERROR(
      rules_of({{"minus", "A=B:C"}, {"ring", "B=D:5mm:e"}, {"union", "E=x"}, {"union", "E=a"}}),
      ErrorKind::invalid_argument, "A from B from E from A");
  EXPECT_NO_THROW(rules_of({{"union", "GTV=G*"}}));
  EXPECT_NO_THROW(rules_of({{"union", "A=x"}, {"ring", "B=A:5mm"}, {"minus", "C=B:A"}}));
}

TEST(RegionRules, AreDescribed) {
  RegionRules rules = rules_of({{"ring", "Far=All:2.5-7.50mm:Lung*"},
                                {"union", "All=a"},
                                {"exclude", "x*"},
                                {"union", "All=b,c"},
                                {"minus", "M=a:b"},
                                {"intersect", "I=a:b"}});
  rules.synonyms = {{"GTV", "gtv-*", "s.csv:2"}};
  using Lines = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(describe(rules), (Lines{{"exclude", "x*"},
                                    {"synonym", "GTV=gtv-*"},
                                    {"ring", "Far=All:2.5-7.5mm:Lung*"},
                                    {"union", "All=a"},
                                    {"union", "All=b,c"},
                                    {"minus", "M=a:b"},
                                    {"intersect", "I=a:b"}}));
  // What is described reads back as the same rules.
  RegionRules again;
  for (const auto& [name, value] : describe(rules))
    if (name != "exclude" && name != "synonym") add_rule(again, kind_of(name), value);
  EXPECT_EQ(again.rules, rules.rules);
}

// ---- which regions there are ----

const Names in_file{"GTVp", "GTVn 1", "GTVn 2", "Lung L", "Body"};

Names measured(const Names& patterns, const RegionRules& rules, const Names& names = in_file) {
  return plan_regions({patterns, rules}, names, "rt.dcm").measured;
}

TEST(RegionPlan, MeasuresWhatIsAskedForAndWhatRulesMake) {
  const RegionRules all = rules_of({{"union", "All=GTV*"}});
  EXPECT_EQ(measured({}, {}), in_file);
  EXPECT_EQ(measured({}, all), (Names{"All"}));
  EXPECT_EQ(measured({"gtvn*"}, all), (Names{"GTVn 1", "GTVn 2", "All"}));
  EXPECT_EQ(measured({"all"}, all), (Names{"All"})) << "a rule's name is no missing region";
  EXPECT_EQ(measured({}, rules_of({{"exclude", "*n ?"}, {"exclude", "body"}})),
            (Names{"GTVp", "Lung L"}));
  EXPECT_EQ(measured({"GTV*"}, rules_of({{"exclude", "*n ?"}})), (Names{"GTVp"}));
}

TEST(RegionPlan, KeepsPatternsThatMatchNothingAsFailures) {
  EXPECT_EQ(measured({"Heart", "GTVp"}, {}), (Names{"GTVp", "Heart"}));
  EXPECT_EQ(measured({"Heart"}, rules_of({{"union", "All=GTV*"}})), (Names{"All", "Heart"}));
  EXPECT_ERROR(measured({"Heart"}, {}), ErrorKind::unknown_region,
               "rt.dcm: no region is called 'Heart'; there are: GTVp, GTVn 1");
  EXPECT_ERROR(measured({"Body"}, rules_of({{"exclude", "B*"}})), ErrorKind::unknown_region,
               "'Body'; there are: GTVp, GTVn 1, GTVn 2, Lung L");
  EXPECT_ERROR(measured({}, rules_of({{"exclude", "*"}})), ErrorKind::unknown_region,
               "every region is excluded: GTVp");
}

TEST(RegionPlan, RefusesARulesNameThatTheFileHas) {
  EXPECT_ERROR(measured({}, rules_of({{"union", "body=GTV*"}})), ErrorKind::ambiguous_input,
               "rt.dcm: has a region 'Body', which is what --union body=GTV* makes, too");
  EXPECT_ERROR(measured({}, rules_of({{"exclude", "Body"}, {"union", "Body=GTV*"}})),
               ErrorKind::ambiguous_input, "'Body'");
}

RegionRules with_synonyms(std::vector<Synonym> synonyms, RegionRules rules = {}) {
  rules.synonyms = std::move(synonyms);
  return rules;
}

TEST(RegionPlan, CallsRegionsAsSynonymsDo) {
  const RegionRules rules =
      with_synonyms({{"GTV", "GTVp", "s.csv:2"}, {"lung", "Lung*", "s.csv:3"}});
  EXPECT_EQ(measured({}, rules), (Names{"GTV", "GTVn 1", "GTVn 2", "lung", "Body"}));
  EXPECT_EQ(measured({"GTV"}, rules), (Names{"GTV"}));
  EXPECT_ERROR(measured({"GTVp"}, rules), ErrorKind::unknown_region, "there are: GTV, GTVn 1");
  RegionRules without = rules;
  without.excluded = {"GTVp", "lung"};  // the name in the file, the name that it gets
  EXPECT_EQ(measured({}, without), (Names{"GTVn 1", "GTVn 2", "Body"}));
}

TEST(RegionPlan, RefusesTwoNamesForOneRegion) {
  const std::vector<Synonym> two{{"GTV", "GTV*", "s.csv:2"}, {"node", "GTVn*", "s.csv:3"}};
  EXPECT_ERROR(measured({"Body"}, with_synonyms(two)), ErrorKind::ambiguous_input,
               "rt.dcm: region 'GTVn 1' would be called 'GTV' by s.csv:2 and 'node' by s.csv:3");
  EXPECT_NO_THROW(measured({"Body"}, with_synonyms(two, rules_of({{"exclude", "GTVn*"}}))));
  EXPECT_NO_THROW(measured({}, with_synonyms({{"GTV", "GTV*", ""}, {"GTV", "*p", ""}})));
}

// ---- voxels ----

const Geometry grid{.size = {24, 20, 14}, .spacing_mm = {0.9, 1.1, 2.5}, .origin_mm = {3, -4, 5}};

/// Regions of a mask object in memory.
class Regions {
 public:
  explicit Regions(const Geometry& geometry = grid) : grid_(geometry) {}

  Regions& add(const std::string& name, const Mask& mask, Names warnings = {}) {
    masks_[name] = {cut_to_box(mask), std::move(warnings)};
    names_.push_back(name);
    return *this;
  }
  Regions& add(const std::string& name, const Box& box, unsigned seed) {
    masks_[name] = {random_region(name, grid_, box, seed).mask, {}};
    names_.push_back(name);
    return *this;
  }

  RegionSet set(const RegionRules& rules, const Names& patterns = {}) {
    return RegionSet(
        plan_regions({patterns, rules}, names_, "rt.dcm"),
        [this](const std::string& name) {
          ++reads_;
          require(name != "broken", ErrorKind::invalid_region,
                  "rt.dcm: region 'broken': contour 3 is open");
          return masks_.at(name);
        },
        "rt.dcm");
  }
  RegionMask made(const std::vector<std::pair<std::string, std::string>>& rules,
                  const std::string& name = "X") {
    return set(rules_of(rules)).region(name);
  }
  int reads() const { return reads_; }
  const MaskWindow& mask(const std::string& name) const { return masks_.at(name).mask; }

 private:
  Geometry grid_;
  std::map<std::string, RegionMask> masks_;
  Names names_;
  std::atomic<int> reads_ = 0;
};

void expect_same(const RegionMask& a, const RegionMask& b) {
  EXPECT_EQ(a.mask.box, b.mask.box);
  EXPECT_EQ(bytes_of(a.mask), bytes_of(b.mask));
  EXPECT_EQ(a.mask.volume.geometry(), window(a.mask.grid, a.mask.box));
}

std::size_t voxels(const RegionMask& region) { return voxels_inside(region.mask.volume); }

class ThreeRegions : public testing::Test {
 protected:
  ThreeRegions() {
    regions_.add("A", {{2, 3, 1}, {12, 10, 7}}, 1).add("B", {{8, 6, 4}, {20, 17, 11}}, 2);
    regions_.add("C", {{0, 0, 0}, {10, 9, 12}}, 3);
  }
  RegionMask made(const std::string& option, const std::string& text) {
    return regions_.made({{option, text}});
  }
  Regions regions_;
};

TEST_F(ThreeRegions, ObeyTheLawsOfSets) {
  expect_same(regions_.made({{"union", "X=A"}, {"union", "X=B"}, {"union", "X=C"}}),
              regions_.made({{"union", "X=C"}, {"union", "X=?"}}));
  expect_same(made("intersect", "X=A:B"), made("intersect", "X=B:A"));
  expect_same(made("union", "X=A"), made("intersect", "X=A:A"));
  // A = (A - B) + (A & B); A + B = (A - B) + B; A & (B + C) = (A & B) + (A & C)
  expect_same(
      made("union", "X=A"),
      regions_.made(
          {{"minus", "M=A:B"}, {"intersect", "I=A:B"}, {"union", "X=M"}, {"union", "X=I"}}));
  expect_same(regions_.made({{"union", "X=A"}, {"union", "X=B"}}),
              regions_.made({{"minus", "M=A:B"}, {"union", "X=B"}, {"union", "X=M"}}));
  expect_same(
      regions_.made({{"union", "U=B"}, {"union", "U=C"}, {"intersect", "X=A:U"}}),
      regions_.made(
          {{"intersect", "P=A:B"}, {"intersect", "Q=A:C"}, {"union", "X=P"}, {"union", "X=Q"}}));
  const std::size_t a = voxels(made("union", "X=A")), rest = voxels(made("minus", "X=A:B"));
  EXPECT_EQ(rest + voxels(made("intersect", "X=A:B")), a);
  EXPECT_LT(rest, a) << "else nothing was tested";
}

TEST_F(ThreeRegions, HaveRingsAroundThem) {
  EXPECT_ERROR(regions_.made({{"ring", "R=A:4mm"}, {"intersect", "X=R:A"}}),
               ErrorKind::empty_region,
               "rt.dcm: region 'X' (--intersect X=R:A): its parts have no voxel in common");
  const RegionMask ring = made("ring", "X=A:4mm");
  EXPECT_GT(voxels(ring), 0u);
  // The ring of a union is that of the parts without the parts.
  expect_same(regions_.made({{"union", "U=A"}, {"union", "U=B"}, {"ring", "X=U:4mm"}}),
              regions_.made({{"ring", "P=A:4mm"},
                             {"ring", "Q=B:4mm"},
                             {"union", "R=P"},
                             {"union", "R=Q"},
                             {"union", "U=A"},
                             {"union", "U=B"},
                             {"minus", "X=R:U"}}));
  // Clipping is an intersection.
  expect_same(made("ring", "X=A:4mm:C"),
              regions_.made({{"ring", "R=A:4mm"}, {"intersect", "X=R:C"}}));
  // Two bands make the whole.
  expect_same(
      ring,
      regions_.made(
          {{"ring", "P=A:1.5mm"}, {"ring", "Q=A:1.5-4mm"}, {"union", "X=P"}, {"union", "X=Q"}}));
}

TEST(Ring, MovesWithItsRegion) {
  const Geometry large{.size = {40, 40, 30}, .spacing_mm = {0.9, 1.1, 2.5}};
  Regions here(large), there(large);
  here.add("A", {{9, 9, 9}, {15, 14, 12}}, 7);
  there.add("A", {{18, 14, 16}, {24, 19, 19}}, 7);
  const RegionMask one = here.made({{"ring", "X=A:5mm"}}),
                   other = there.made({{"ring", "X=A:5mm"}});
  EXPECT_TRUE(one.warnings.empty());
  EXPECT_EQ(bytes_of(one.mask), bytes_of(other.mask));
  EXPECT_EQ(other.mask.box.first[2] - one.mask.box.first[2], 7);
}

TEST(Ring, SaysWhatLiesBeyondTheImage) {
  Regions regions(Geometry{.size = {5, 1, 1}});
  regions.add("A", voxels_at({{1, 0, 0}}, {.size = {5, 1, 1}}));
  regions.add("B", voxels_at({{2, 0, 0}}, {.size = {5, 1, 1}}));
  // 1 voxel of 6 neighbours at 1 mm lies in the image to the left, 1 to the right.
  const RegionMask ring = regions.made({{"ring", "X=A:1mm"}});
  EXPECT_EQ(ring.warnings,
            (Names{"the ring reaches the border of the image: 4 of its 6 voxels (67 %) lie beyond "
                   "and are not measured"}));
  const RegionMask clipped = regions.made({{"ring", "X=A:1mm:B"}});
  EXPECT_EQ(voxels(clipped), 1u);
  ASSERT_EQ(clipped.warnings.size(), 1u);
  EXPECT_NE(clipped.warnings[0].find("counted before it was clipped"), std::string::npos);
}

TEST_F(ThreeRegions, FailOneByOne) {
  regions_.add("broken", Mask(grid, 1));
  EXPECT_ERROR(made("ring", "X=D:5mm"), ErrorKind::unknown_region,
               "rt.dcm: region 'X' (--ring X=D:5mm): no region is called 'D'; there are: A, B, C, "
               "broken, X");
  EXPECT_ERROR(made("minus", "X=A:D"), ErrorKind::unknown_region, "'D'");
  EXPECT_ERROR(made("ring", "X=A:5mm:D"), ErrorKind::unknown_region, "'D'");
  EXPECT_ERROR(made("minus", "X=A:?"), ErrorKind::empty_region, "no voxel is left");
  EXPECT_ERROR(regions_.made({{"union", "U=*"}, {"ring", "X=U:5mm"}}), ErrorKind::invalid_region,
               "rt.dcm: region 'broken': contour 3 is open; region 'U' is made from it; region 'X' "
               "is made from it");
  EXPECT_ERROR(regions_.made({}, "Heart"), ErrorKind::unknown_region, "'Heart'");
  EXPECT_GT(voxels(made("union", "X=?")), 0u);
}

TEST_F(ThreeRegions, MayHaveAnEmptyName) {
  regions_.add("", {{1, 1, 1}, {4, 4, 4}}, 9);
  const RegionSet set = regions_.set({});
  EXPECT_EQ(bytes_of(set.region("").mask), bytes_of(regions_.mask("")));
  EXPECT_GT(voxels(made("union", "X=*")), voxels(made("union", "X=?")));
}

TEST_F(ThreeRegions, UniteWhatThereIs) {
  const RegionMask both = regions_.made({{"union", "X=A"}, {"union", "X=node*"}});
  expect_same(both, made("union", "X=A"));
  EXPECT_EQ(both.warnings, (Names{"united without 'node*': no region is called so"}));
  EXPECT_ERROR(regions_.made({{"union", "X=nod*"}, {"union", "X=node*"}}),
               ErrorKind::unknown_region, "'nod*'");
}

TEST_F(ThreeRegions, OfOneNameAreRefusedOrUnited) {
  const std::vector<Synonym> synonyms{{"GTV", "A", "s.csv:2"}, {"GTV", "B", "s.csv:3"}};
  const RegionSet set = regions_.set(with_synonyms(synonyms, rules_of({{"union", "X=gtv"}})));
  EXPECT_ERROR(set.region("GTV"), ErrorKind::ambiguous_input,
               "rt.dcm: 2 regions would be called 'GTV': 'A' (s.csv:2), 'B' (s.csv:3); measure");
  expect_same(set.region("X"), regions_.made({{"union", "X=A"}, {"union", "X=B"}}));
}

TEST(RegionSet, CarriesTheWarningsOfPartsOnce) {
  Regions regions;
  regions.add("A", random_mask(grid.size, 0.3, 1), {"points: 1", "holes"});
  regions.add("B", random_mask(grid.size, 0.3, 2), {"points: 1"});
  const Names expected{"part 'A': points: 1", "part 'A': holes", "part 'B': points: 1"};
  EXPECT_EQ(regions
                .made({{"union", "U=A"},
                       {"union", "U=B"},
                       {"minus", "M=A:B"},
                       {"union", "X=U"},
                       {"union", "X=M"}})
                .warnings,
            expected);
  EXPECT_EQ(regions.made({}, "A").warnings, (Names{"points: 1", "holes"}));
}

TEST_F(ThreeRegions, AreReadOnceWhateverTheThreads) {
  const RegionRules rules = rules_of({{"union", "U=A"},
                                      {"union", "U=B"},
                                      {"ring", "R=U:3mm:C"},
                                      {"minus", "M=U:C"},
                                      {"intersect", "I=U:A"}});
  const Names names{"A", "B", "C", "U", "R", "M", "I"};
  std::vector<RegionMask> one_thread(names.size());
  for (const int threads : {1, 4}) {
    const int before = regions_.reads();
    const RegionSet set = regions_.set(rules, {"?"});
    std::vector<RegionMask> made(names.size());
    parallel_for(names.size(), threads, [&](std::size_t i) { made[i] = set.region(names[i]); });
    EXPECT_EQ(regions_.reads() - before, 3) << threads;
    if (threads == 1) one_thread = made;
    for (std::size_t i = 0; i < names.size(); ++i) expect_same(made[i], one_thread[i]);
    expect_same(set.region("R"), one_thread[4]);  // once more, after the last use
  }
}

// ---- a case of files ----

constexpr const char* low = "9.5\\19\\30\\12.5\\19\\30\\12.5\\25\\30\\9.5\\25\\30";
constexpr const char* high = "9.5\\19\\33\\12.5\\19\\33\\12.5\\25\\33\\9.5\\25\\33";

class RulesOfACase : public testing::Test {
 protected:
  RulesOfACase() {
    CtFile ct;
    ct.columns = 30;
    ct.rows = 20;
    write_ct_series(folder_ / "ct", 20, ct);
    RtFile rt;
    rt.rois = {{"GTV", {{"CLOSED_PLANAR", low}}, ""}, {"Lymph", {{"CLOSED_PLANAR", high}}, ""}};
    write_rtstruct(folder_ / "rt.dcm", rt);
  }
  Case input(const RegionRules& rules, Names patterns = {}) const {
    Case one = case_of(folder_ / "ct", folder_ / "rt.dcm", "A");
    one.rois = std::move(patterns);
    one.rules = std::make_shared<RegionRules>(rules);
    return one;
  }
  TemporaryFolder folder_;
};

TEST_F(RulesOfACase, MakeRegionsOfContours) {
  const OpenedCase opened = open_case(input(rules_of({{"union", "All=*"}}), {"GTV"}));
  EXPECT_EQ(opened.rois, (Names{"GTV", "All"}));
  const RegionMask all = drawn_region(opened, "All"), one = drawn_region(opened, "GTV");
  EXPECT_EQ(voxels(all), 2 * voxels(one)) << "the same square in two slices";
  EXPECT_EQ(load_region(opened, "All", {}).mask.box, all.mask.box);
}

TEST_F(RulesOfACase, FollowSynonymsFromTheTableToTheFile) {
  const OpenedCase opened = open_case(input(with_synonyms({{"node", "lymph*", "s.csv:2"}})));
  EXPECT_EQ(opened.rois, (Names{"GTV", "node"}));
  EXPECT_EQ(drawn_region(opened, "node").mask.box.first[2], 1) << "the second slice";
}

}  // namespace
}  // namespace radiomics
