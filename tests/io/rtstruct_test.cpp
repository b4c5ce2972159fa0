#include "radiomics/io/rtstruct.h"

#include <algorithm>
#include <numeric>

#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

Geometry grid() {
  Geometry result;
  result.size = {10, 10, 3};
  return result;
}

const std::string square = "1.5\\1.5\\1\\4.5\\1.5\\1\\4.5\\4.5\\1\\1.5\\4.5\\1";

RtRoi roi(const std::string& name, const std::string& data = square,
          const std::string& type = "CLOSED_PLANAR") {
  return {name, {{type, data}}, ""};
}

class Rtstruct : public testing::Test {
 protected:
  MaskSource open(std::vector<RtRoi> rois, const std::string& character_set = "") {
    RtFile rt;
    rt.character_set = character_set;
    rt.rois = std::move(rois);
    write_rtstruct(folder_ / "rt.dcm", rt);
    return open_rtstruct(folder_ / "rt.dcm");
  }

  TemporaryFolder folder_;
};

int count(const RegionMask& region) {
  const auto voxels = region.mask.volume.voxels();
  return std::accumulate(voxels.begin(), voxels.end(), 0);
}

TEST_F(Rtstruct, NamesReferencesAndVoxels) {
  const MaskSource source = open({roi("GTV-1"), roi("Lung")});
  EXPECT_EQ(source.names, (std::vector<std::string>{"GTV-1", "Lung"}));
  EXPECT_TRUE(source.references.names("1.2.3"));
  EXPECT_TRUE(source.references.names_frame("1.2.9"));
  EXPECT_TRUE(source.warnings.empty());
  const RegionMask region = source.mask("GTV-1", grid());
  EXPECT_EQ(count(region), 9);
  EXPECT_EQ(region.mask.box, (Box{{2, 2, 1}, {4, 4, 1}}));
  EXPECT_TRUE(region.warnings.empty());
}

TEST_F(Rtstruct, NamesNoReferencesWhereThereAreNone) {
  RtFile rt;
  rt.series_uid = rt.frame_uid = "";
  rt.rois = {roi("A")};
  write_rtstruct(folder_ / "rt.dcm", rt);
  const MaskSource source = open_rtstruct(folder_ / "rt.dcm");
  EXPECT_TRUE(source.references.series.empty());
  EXPECT_TRUE(source.references.frame_of_reference_uids.empty());
}

TEST_F(Rtstruct, NameIsRefusedNeverGuessed) {
  const MaskSource source = open({roi("A"), roi("B"), roi("B")});
  EXPECT_ERROR(source.mask("a", grid()), ErrorKind::unknown_region, "A, B, B");
  EXPECT_ERROR(source.mask("B", grid()), ErrorKind::ambiguous_input, "2 regions 'B'");
  EXPECT_EQ(count(source.mask("A", grid())), 9);
}

TEST_F(Rtstruct, DamageInOneRegionDoesNotTouchTheOthers) {
  const MaskSource source = open({roi("good"),
                                  roi("word", "1\\2\\x\\4\\5\\6\\7\\8\\9"),
                                  roi("nan", "1\\2\\nan\\4\\5\\6\\7\\8\\9"),
                                  roi("huge", "1\\2\\1e400\\4\\5\\6\\7\\8\\9"),
                                  roi("gap", "1\\2\\\\4\\5\\6\\7\\8\\9"),
                                  roi("five", "1\\2\\3\\4\\5"),
                                  roi("open", square, "OPEN_PLANAR"),
                                  {"empty", {}, ""}});
  EXPECT_EQ(count(source.mask("good", grid())), 9);
  for (const char* name : {"word", "nan", "huge", "gap"})
    EXPECT_ERROR(source.mask(name, grid()), ErrorKind::invalid_region, "no finite number");
  EXPECT_ERROR(source.mask("five", grid()), ErrorKind::invalid_region, "no multiple of three");
  EXPECT_ERROR(source.mask("open", grid()), ErrorKind::invalid_region, "'OPEN_PLANAR'");
  EXPECT_ERROR(source.mask("empty", grid()), ErrorKind::empty_region,
               "rt.dcm: region 'empty': has no contours");
}

TEST_F(Rtstruct, PointsAreLeftOutWithAWarning) {
  const MaskSource source = open(
      {roi("Isocentre", "1\\2\\3", "POINT"),
       {"A",
        {{"POINT", "1\\2\\3"}, {"CLOSED_PLANAR", square}, {"CLOSED_PLANAR", "1\\1\\1\\2\\2\\1"}},
        ""}});
  EXPECT_EQ(source.names, std::vector<std::string>{"A"});
  EXPECT_EQ(source.warnings, std::vector<std::string>{"regions of points only are left out: 1"});
  const RegionMask region = source.mask("A", grid());
  EXPECT_EQ(count(region), 9);
  EXPECT_EQ(region.warnings,
            (std::vector<std::string>{"contours of fewer than three points are ignored: 1",
                                      "points are ignored: 1"}));
}

TEST_F(Rtstruct, RefusesOneNumberForTwoRegions) {
  EXPECT_ERROR(open({{"A", {{"CLOSED_PLANAR", square}}, "1"}, {"B", {}, "1"}}),
               ErrorKind::ambiguous_input, "the number 1");
}

TEST_F(Rtstruct, NamesAreUtf8OnOneLine) {
  // GB18030 for four characters; then bytes that are valid in no declared character set.
  EXPECT_EQ(open({roi("\xb7\xce\xb2\xbf\xd6\xd7\xc1\xf6")}, "GB18030").names,
            std::vector<std::string>{"肺部肿瘤"});
  EXPECT_EQ(open({roi("Gro\xdfhirn")}, "ISO_IR 100").names, std::vector<std::string>{"Großhirn"});
  const MaskSource undeclared = open({roi("Gro\xdfhirn")});
  EXPECT_EQ(undeclared.names, std::vector<std::string>{"Gro\xef\xbf\xbdhirn"});
  EXPECT_EQ(undeclared.warnings.size(), 1u);
  EXPECT_EQ(open({roi("two\nlines")}).names, std::vector<std::string>{"two lines"});
}

TEST_F(Rtstruct, ManyPointsAreReadFromLongElements) {
  // A square whose lower edge has 30000 points: more than the 64 kB of a short element.
  std::string data;
  for (int i = 0; i < 30000; ++i) data += std::to_string(1.5 + i * 1e-4) + "\\1.5\\1\\";
  data += "4.5\\1.5\\1\\4.5\\4.5\\1\\1.5\\4.5\\1";
  EXPECT_EQ(count(open({roi("A", data)}).mask("A", grid())), 9);
}

TEST_F(Rtstruct, RefusesOtherFiles) {
  EXPECT_ERROR(open_rtstruct(folder_ / "absent"), ErrorKind::unreadable_file, "no such file");
  write_ct(folder_ / "ct", {});
  EXPECT_ERROR(open_rtstruct(folder_ / "ct"), ErrorKind::unsupported_data, "modality 'CT'");
  EXPECT_ERROR(open({}), ErrorKind::unsupported_data, "holds no regions");
  open({roi("A"), roi("B")});
  std::filesystem::resize_file(folder_ / "rt.dcm",
                               std::filesystem::file_size(folder_ / "rt.dcm") - 40);
  EXPECT_ERROR(open_rtstruct(folder_ / "rt.dcm"), ErrorKind::unreadable_file, "cut short");
}

}  // namespace
}  // namespace radiomics
