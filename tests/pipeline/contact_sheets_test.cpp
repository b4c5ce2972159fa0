#include "radiomics/pipeline/contact_sheets.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {30, 30, 10}, .spacing_mm = {1, 1, 3}};

/// An image of one intensity that notes the box that was read last.
Case case_with(const std::string& name, const std::vector<std::string>& rois, Box* read = nullptr) {
  Case input;
  input.name = name;
  input.rois = rois;
  input.open_image = [read](const MaskSource&) {
    ImageSource image;
    image.geometry = grid;
    image.read = [read](const Box& box) {
      if (read) *read = box;
      return ImageWindow{grid, box, Image(window(grid, box), 40)};
    };
    return image;
  };
  input.open_mask = [] {
    MaskSource mask;
    mask.names = {"a", "broken", "b"};
    mask.mask = [](const std::string& roi, const Geometry& on) {
      require(roi != "broken", ErrorKind::invalid_region, "contour 3 crosses itself");
      const Box box{{12, 13, 4}, {15, 15, 5}};
      return RegionMask{{on, box, Mask(window(on, box), 1)}, {"a warning"}};
    };
    return mask;
  };
  return input;
}

class ContactSheetsTest : public testing::Test {
 protected:
  ContactSheetsTest() { std::filesystem::remove_all(folder_); }
  ~ContactSheetsTest() override { std::filesystem::remove_all(folder_); }

  std::string content(const std::string& name) const {
    std::ifstream stream(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(ContactSheetsTest, AreOnePerRegionAndAnIndex) {
  const Case input = case_with("c", {"a", "b"});
  const ContactSheets sheets = write_contact_sheets({{input}, {}, {}, {}}, folder_);
  ASSERT_EQ(sheets.written.size(), 2u);
  EXPECT_TRUE(sheets.failures.empty());
  EXPECT_EQ(sheets.written[1].roi, "b");
  EXPECT_EQ(sheets.written[1].size.voxels, 24u);
  EXPECT_EQ(sheets.written[1].warnings, std::vector<std::string>{"a warning"});
  EXPECT_EQ(content(sheets.written[0].file).substr(1, 3), "PNG");
  EXPECT_NE(content("index.html").find(sheets.written[1].file), std::string::npos);
}

TEST_F(ContactSheetsTest, ThatFailDoNotStopTheRest) {
  Case unreadable = case_with("bad", {});
  unreadable.open_image = [](const MaskSource&) -> ImageSource {
    throw Error(ErrorKind::unreadable_file, "x.nii: is cut short");
  };
  const std::vector<Case> cases{unreadable, case_with("c", {})};
  const ContactSheets sheets = write_contact_sheets({cases, {}, {}, {}}, folder_);
  EXPECT_EQ(sheets.written.size(), 2u);
  ASSERT_EQ(sheets.failures.size(), 2u);
  EXPECT_EQ(sheets.failures[0].case_name, "bad");
  EXPECT_EQ(sheets.failures[0].roi, "");
  EXPECT_EQ(sheets.failures[1].roi, "broken");
  EXPECT_EQ(sheets.failures[1].kind, "invalid_region");
}

TEST_F(ContactSheetsTest, ReadACubeAroundTheRegionOnly) {
  Box read;
  const Case input = case_with("c", {"a"}, &read);
  write_contact_sheets({{input}, {}, {}, {}}, folder_, {.margin_mm = 5});
  // The longest edge is 2 slices of 3 mm: a cube of 16 mm around (13.5, 14, 4.5).
  EXPECT_EQ(read, (Box{{6, 6, 2}, {21, 22, 7}}));
}

TEST_F(ContactSheetsTest, DoNotDependOnTheNumberOfThreads) {
  const Case input = case_with("c", {});
  write_contact_sheets({{input}, {}, {}, {}}, folder_, {.jobs = 1});
  const std::string page = content("index.html"), sheet = content("c_b.png");
  write_contact_sheets({{input}, {}, {}, {}}, folder_, {.jobs = 3});
  EXPECT_EQ(content("index.html"), page);
  EXPECT_EQ(content("c_b.png"), sheet);
}

TEST_F(ContactSheetsTest, RefuseAFolderThatIsAFile) {
  std::ofstream(folder_) << "x";
  const Case input = case_with("c", {});
  EXPECT_THROW(write_contact_sheets({{input}, {}, {}, {}}, folder_), Error);
}

}  // namespace
}  // namespace radiomics
