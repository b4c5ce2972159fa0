#include "samples/cohort.h"

#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "tests/support/cohort_folder.h"

namespace radiomics::samples {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Relative path -> content.
std::map<std::string, std::string> tree_of(const fs::path& root) {
  std::map<std::string, std::string> tree;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file())
      tree[entry.path().lexically_relative(root).string()] = content_of(entry.path());
  return tree;
}

TEST(Cohort, IsTheSameOnEveryRunAndForAnyNumberOfThreads) {
  const CohortFolder first(1), second(3);
  const auto a = tree_of(first.path()), b = tree_of(second.path());
  ASSERT_GT(a.size(), 600u);
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [file, content] : a) {
    const auto other = b.find(file);
    ASSERT_NE(other, b.end()) << file;
    EXPECT_TRUE(content == other->second) << file;
  }
}

TEST(Cohort, NoPathTellsAnIdentity) {
  const CohortFolder cohort;
  const auto planted = planted_identities(cohort_patients());
  for (const auto& [file, content] : tree_of(cohort.path()))
    for (const std::string& text : planted) EXPECT_EQ(file.find(text), std::string::npos) << file;
}

// Otherwise nothing would be proved by not finding a text in an output.
TEST(Cohort, EveryPlantedTextIsInAnImageOrMask) {
  const CohortFolder cohort;
  std::string everything;
  for (const auto& [file, content] : tree_of(cohort.path())) {
    if (file.ends_with(".csv") || file.ends_with(".txt")) continue;
    // what comes after that are pixels and contours
    const bool is_mask = file.find("/10/") != std::string::npos;
    everything += content.substr(0, is_mask ? 32768 : 4096) + "\n";
  }
  for (const std::string& text : planted_identities(cohort_patients()))
    EXPECT_NE(everything.find(text), std::string::npos) << text;
}

TEST(Cohort, TablesForUsersTellNoIdentity) {
  const CohortFolder cohort;
  const auto planted = planted_identities(cohort_patients());
  for (const char* table : {"clinical.csv", "names.csv", "truth.csv", "nifti/cases.csv"}) {
    const std::string content = content_of(cohort.path() / table);
    ASSERT_FALSE(content.empty()) << table;
    for (const std::string& text : planted)
      EXPECT_EQ(content.find(text), std::string::npos) << table << ": " << text;
  }
  const auto listed = split(content_of(cohort.path() / "planted_identities.txt"), '\n');
  EXPECT_EQ(std::vector<std::string>(listed.begin(), listed.end() - 1), planted);
}

TEST(Cohort, RefusesAFolderThatIsNotEmpty) {
  const CohortFolder cohort;
  try {
    make_cohort(cohort.path());
    FAIL() << "overwrote a folder";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unwritable_output);
  }
}

TEST(Cohort, CaseListNamesFilesThatAreThere) {
  const CohortFolder cohort;
  const auto lines = split(content_of(cohort.path() / "nifti/cases.csv"), '\n');
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[0], "case,image,mask,roi,scanner");
  for (int row = 1; row <= 3; ++row) {
    const auto cells = split(lines[row], ',');
    for (const int column : {1, 2})
      EXPECT_TRUE(fs::is_regular_file(cohort.path() / "nifti" / cells[column])) << cells[column];
  }
}

}  // namespace
}  // namespace radiomics::samples
