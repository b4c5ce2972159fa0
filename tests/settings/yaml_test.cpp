#include "radiomics/settings/yaml.h"

#include <cmath>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "radiomics/settings/presets.h"
#include "radiomics/settings/setting_keys.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

std::string yaml_of(const Settings& settings) {
  std::ostringstream out;
  write_settings(settings, "A title", out);
  return out.str();
}

Settings parsed(std::string_view yaml, const Settings& base = {}) {
  return parse_settings(yaml, "my.yaml", base);
}

/// Settings that differ from the defaults in every key.
Settings all_different() {
  return {.prepare = {.resample = {.spacing_mm = {0.977, 1.0 / 3, 2e-3},
                                   .round_intensities = true,
                                   .mask_threshold = 1,
                                   .image = Interpolation::nearest,
                                   .mask = Interpolation::nearest},
                      .largest_part = true,
                      .resegment = {.lowest = -1e9, .highest = 0.1, .sigma = 2.5},
                      .margin_mm = 12},
          .summary = {.texture_bins = FixedBinNumber{7},
                      .ivh_bins = FixedBinSize{.width = 0.1, .first_edge = -0.05},
                      .aggregations = {Aggregation::volume_3d, Aggregation::merged_25d}}};
}

TEST(Settings, AreReadBackFromACompleteFile) {
  for (const Preset& preset : all_presets())
    for (const Settings& base : {Settings{}, all_different()})
      EXPECT_EQ(parsed(yaml_of(preset.settings), base), preset.settings) << preset.name;
  EXPECT_EQ(parsed(yaml_of(all_different())), all_different());
  Settings no_texture;
  no_texture.summary.aggregations.clear();
  EXPECT_EQ(parsed(yaml_of(no_texture)), no_texture);
}

// A member that the table forgets would be equal in both descriptions.
TEST(Settings, AreMadeAgainFromTheirDescription) {
  for (const Preset& one : all_presets())
    EXPECT_EQ(settings_from(describe(one.settings), "run.json"), one.settings) << one.name;
  EXPECT_ERROR(settings_from({{"texture.binz", "3"}}, "run.json"), ErrorKind::invalid_settings,
               "run.json");
}

TEST(Settings, AreDescribedCompletely) {
  const auto some = describe(Settings{}), other = describe(all_different());
  ASSERT_EQ(some.size(), all_setting_keys().size());
  std::set<std::string> names;
  for (std::size_t i = 0; i < some.size(); ++i) {
    EXPECT_NE(some[i].second, other[i].second) << some[i].first;
    EXPECT_TRUE(names.insert(some[i].first).second) << some[i].first;
  }
}

TEST(Settings, OfAFileReplaceSingleKeys) {
  Settings expected = preset("ibsi1-c");
  expected.prepare.resample.spacing_mm = {1, 1, 1};
  expected.prepare.resegment.highest.reset();
  expected.summary.texture_bins = FixedBinSize{.width = 10, .first_edge = -1000};
  const auto* yaml = R"(
resample: {spacing_mm: [1, 1, 1]}
resegment:
  highest: none
texture:
  bins: {width: 10}  # the first edge stays
)";
  EXPECT_EQ(parsed(yaml, preset("ibsi1-c")), expected);
}

TEST(Settings, OfAnEmptyFileAreThePreset) {
  for (const char* yaml : {"", "\n# nothing\n", "resample:\n", "---\n...\n", "{}"})
    EXPECT_EQ(parsed(yaml, preset("ibsi1-e")), preset("ibsi1-e")) << yaml;
}

void expect_refused(std::string_view yaml, const std::string& message) {
  EXPECT_ERROR(parsed(yaml), ErrorKind::invalid_settings, message);
}

TEST(Settings, RefuseUnknownKeysAndNameTheNearest) {
  expect_refused("resample:\n  spacing: [1, 1, 1]\n",
                 "my.yaml:2: unknown key resample.spacing; the nearest is resample.spacing_mm");
  expect_refused("\nresampel:\n  spacing_mm: [1, 1, 1]\n",
                 "my.yaml:2: unknown key resampel; the nearest is resample");
  expect_refused("spacing_mm: [1, 1, 1]\n",
                 "my.yaml:1: unknown key spacing_mm; the nearest is resample.spacing_mm");
  expect_refused("resample:\n\n  sigma: 3\n",
                 "my.yaml:3: unknown key resample.sigma; the nearest is resegment.sigma");
}

TEST(Settings, RefuseBadValuesAndSayWhatIsAllowed) {
  expect_refused("resample:\n  mask_threshold: 1.5\n",
                 "my.yaml:2: resample.mask_threshold: 1.5 is not allowed; allowed: a number above");
  const char* const values[] = {"resample: {spacing_mm: 2}",
                                "resample: {spacing_mm: [2, 2]}",
                                "resample: {spacing_mm: [2, 2, x]}",
                                "resample: {spacing_mm: [2, 2, -1]}",
                                "resample: {spacing_mm: [2, 2, .inf]}",
                                "resample: {spacing_mm: [2, 2, inf]}",
                                "resample: {image_interpolation: spline}",
                                "resample: {mask_interpolation: cubic}",
                                "resample: {mask_threshold: 0}",
                                "resample: {round_intensities: yes}",
                                "resegment: {lowest: nan}",
                                "resegment: {lowest: low}",
                                "resegment: {lowest: 5, highest: 4}",
                                "resegment: {sigma: 0}",
                                "region: {margin_mm: -1}",
                                "region: {largest_part: 1}",
                                "texture: {bins: 32}",
                                "texture: {bins: {number: 0}}",
                                "texture: {bins: {number: 65536}}",
                                "texture: {bins: {number: 3.5}}",
                                "texture: {bins: {number: 3, width: 1}}",
                                "texture: {bins: {width: 0, first_edge: 0}}",
                                "texture: {bins: {with: 2}}",
                                "texture: {bins: {}}",
                                "texture: {aggregations: 3d}",
                                "texture: {aggregations: [3d, 3d]}",
                                "texture: {aggregations: [4d]}",
                                "ivh: {bins: {width: 2}}",
                                "ivh: {bins: {number: 1000001}}"};
  for (const char* yaml : values) expect_refused(yaml, "is not allowed; allowed: ");
}

TEST(Settings, ShowLongTextsCutOff) {
  const std::string text(100'000, 'x');
  for (const std::string& yaml : {text + ": 1", "ivh: {" + text + ": 1}",
                                  "ivh: {bins: " + text + "}", "ivh: {bins: [" + text + "]}", text})
    EXPECT_LT(std::string_view(error_of([&] { parsed(yaml); }).what()).size(), 500u);
}

TEST(Settings, NameTheLineOfAValueThatDoesNotFitTheOthers) {
  expect_refused("resegment:\n  highest: 4\n  lowest: 5\n", "my.yaml:2: resegment.highest: 4 ");
  EXPECT_ERROR(parsed("resegment:\n  lowest: 500\n", preset("ibsi1-c")),
               ErrorKind::invalid_settings, "my.yaml: resegment.highest: 400 ");
}

TEST(Settings, RefuseWhatIsNoSettingsFile) {
  expect_refused("resample:\n  spacing_mm: [1, 1\n", "my.yaml:");
  expect_refused("- resample\n", "my.yaml:1: ");
  expect_refused("resample\n", "my.yaml:1: ");
  expect_refused("resample: 3\n", "my.yaml:1: resample: ");
  expect_refused("resegment:\n  sigma: 3\n  lowest: 1\n  sigma: 4\n",
                 "my.yaml:4: resegment.sigma: given twice");
  expect_refused("ivh:\nresample:\nivh:\n", "my.yaml:3: ivh: given twice");
  expect_refused("ivh:\n  bins: {number: 3, number: 4}\n", "my.yaml:2: ivh.bins: number is given");
  expect_refused("resegment:\n  sigma:\n", "my.yaml:2: resegment.sigma: has no value");
  expect_refused("resegment:\n  sigma: [[1]]\n", "my.yaml:2: resegment.sigma: every part");
  EXPECT_STREQ(error_of([] { parsed("ivh: {bins: {[1]: 2}}"); }).what(),
               "my.yaml:1: ivh.bins: every part of its value must be one word");
  expect_refused("? [a]\n: 1\n", "my.yaml:1: ");
  expect_refused("ivh:\n---\nivh:\n", "my.yaml: holds several documents");
  expect_refused(", 1", "my.yaml: holds several documents");  // without an end for the parser
}

TEST(Settings, AreReadFromAFile) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "s.yaml";
  folder.write("s.yaml", "ivh:\n  bins: {number: 12}\n");
  EXPECT_EQ(read_settings(file, {}).summary.ivh_bins, Bins{FixedBinNumber{12}});
  EXPECT_ERROR(read_settings(folder.path() / "no.yaml", {}), ErrorKind::unreadable_file, "no.yaml");
  EXPECT_ERROR(read_settings(folder.path(), {}), ErrorKind::unreadable_file, "no such file");
  folder.write("s.yaml", std::string((1 << 20) + 1, '#'));
  EXPECT_ERROR(read_settings(file, {}), ErrorKind::unreadable_file, "1 MiB");
}

TEST(Settings, OfAllPresetsAreValid) {
  for (const Preset& preset : all_presets()) EXPECT_NO_THROW(preset.settings.check());
  EXPECT_NO_THROW(all_different().check());
}

// docs/defaults.md says so: what IBSI has published for C is published for these steps.
TEST(Settings, OfTheDefaultAreThoseOfConfigurationCWithoutItsRange) {
  Settings expected = preset("ibsi1-c");
  expected.prepare.resegment = {};
  expected.summary.ivh_bins = NoBins{};
  EXPECT_EQ(preset("default"), expected);
  EXPECT_EQ(preset("native"), Settings{});
}

TEST(Settings, CheckNamesTheKey) {
  Settings settings;
  settings.prepare.resegment.sigma = -1;
  EXPECT_ERROR(settings.check(), ErrorKind::invalid_settings,
               "resegment.sigma: -1 is not allowed; allowed: a number above 0, or none");
  settings = {};
  settings.prepare.resample.spacing_mm[1] = std::nan("");
  EXPECT_ERROR(settings.check(), ErrorKind::invalid_settings, "resample.spacing_mm: [0, nan, 0]");
}

}  // namespace
}  // namespace radiomics
