#include "radiomics/pipeline/synonyms.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

std::vector<Synonym> synonyms_in(const std::string& text) {
  const TemporaryFolder folder;
  return read_synonyms(folder.write("s.csv", text));
}

TEST(Synonyms, AreTheLinesOfTheFile) {
  const auto synonyms = synonyms_in("pattern,name\r\nGTV-?, GTVp \r\n\"a,b\",Tumör\n");
  ASSERT_EQ(synonyms.size(), 2u);
  EXPECT_EQ(synonyms[0].name, "GTVp");
  EXPECT_EQ(synonyms[0].pattern, "GTV-?");
  EXPECT_TRUE(synonyms[0].where.ends_with("s.csv:2")) << synonyms[0].where;
  EXPECT_EQ(synonyms[1].name, "Tumör");
  EXPECT_EQ(synonyms[1].pattern, "a,b");
}

TEST(Synonyms, RefuseWhatIsNotTwoFilledColumns) {
  EXPECT_ERROR(synonyms_in("name,roi\na,b\n"), ErrorKind::column_not_found, "s.csv:1:");
  EXPECT_ERROR(synonyms_in("name,pattern,note\na,b,c\n"), ErrorKind::invalid_argument, "s.csv:1:");
  EXPECT_ERROR(synonyms_in("name,pattern\na,b\nGTV, \n"), ErrorKind::invalid_argument,
               "s.csv:3: has no pattern");
  EXPECT_ERROR(synonyms_in("name,pattern\n,b\n"), ErrorKind::invalid_argument,
               "s.csv:2: has no name");
  EXPECT_ERROR(synonyms_in("name,pattern\nGTV*,GTV\n"), ErrorKind::invalid_argument,
               "s.csv:2: the name 'GTV*'");
}

TEST(Synonyms, RefuseAPatternThatIsThereTwice) {
  EXPECT_ERROR(synonyms_in("name,pattern\na,GTV*\nb,x\nb,gtv*\n"), ErrorKind::invalid_argument,
               "s.csv:4: calls 'gtv*' 'b', and ");
  EXPECT_ERROR(synonyms_in("name,pattern\na,GTV*\na,GTV*\n"), ErrorKind::invalid_argument,
               "s.csv:2 calls it 'a'");
}

}  // namespace
}  // namespace radiomics
