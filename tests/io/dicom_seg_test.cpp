#include "radiomics/io/dicom_seg.h"

#include <algorithm>
#include <numeric>

#include "tests/support/data.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

/// 5x4x3 voxels of 1x2x3 mm.
Geometry grid() {
  Geometry result;
  result.size = {5, 4, 3};
  result.spacing_mm = {1, 2, 3};
  return result;
}

/// A frame of 5x4 pixels of which the given ones have a value.
SegFrame frame(const std::string& position, std::vector<Index3> voxels, int segment = 1,
               int value = 1) {
  SegFrame result{position, std::uint16_t(segment), std::vector<int>(20, 0)};
  for (const Index3& voxel : voxels) result.pixels[std::size_t(voxel[1] * 5 + voxel[0])] = value;
  return result;
}

class Seg : public testing::Test {
 protected:
  MaskSource open(const SegFile& seg) {
    write_seg(folder_ / "seg.dcm", seg);
    return open_dicom_seg(folder_ / "seg.dcm");
  }

  TemporaryFolder folder_;
};

/// The voxels of a region, in order of z, y and x.
std::vector<Index3> voxels(const RegionMask& region) {
  std::vector<Index3> found;
  const Box& box = region.mask.box;
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x)
        if (region.mask.volume(x - box.first[0], y - box.first[1], z - box.first[2]))
          found.push_back({x, y, z});
  return found;
}

using Voxels = std::vector<Index3>;

TEST_F(Seg, FramesInAnyOrderAndNotForEverySlice) {
  SegFile seg;
  seg.frames = {frame("0\\0\\6", {{4, 3, 2}}), frame("0\\0\\0", {{1, 0, 0}, {2, 0, 0}})};
  const MaskSource source = open(seg);
  EXPECT_EQ(source.names, std::vector<std::string>{"Liver"});
  EXPECT_TRUE(source.references.names("1.2.3"));
  EXPECT_TRUE(source.references.names_frame("1.2.9"));
  const RegionMask region = source.mask("Liver", grid());
  EXPECT_EQ(region.mask.box, (Box{{1, 0, 0}, {4, 3, 2}}));
  EXPECT_EQ(region.mask.volume.geometry(), window(grid(), region.mask.box));
  EXPECT_EQ(voxels(region), (Voxels{{1, 0, 0}, {2, 0, 0}, {4, 3, 2}}));
  EXPECT_TRUE(region.warnings.empty());
}

TEST_F(Seg, OverlappingSegmentsKeepTheirVoxels) {
  SegFile seg;
  seg.labels = {"A", "B", "none"};
  seg.frames = {frame("0\\0\\0", {{1, 1, 0}, {2, 1, 0}}), frame("0\\0\\0", {{2, 1, 0}}, 2)};
  const MaskSource source = open(seg);
  EXPECT_EQ(voxels(source.mask("A", grid())), (Voxels{{1, 1, 0}, {2, 1, 0}}));
  EXPECT_EQ(voxels(source.mask("B", grid())), (Voxels{{2, 1, 0}}));
  EXPECT_ERROR(source.mask("none", grid()), ErrorKind::empty_region, "region 'none'");
  EXPECT_ERROR(source.mask("C", grid()), ErrorKind::unknown_region, "A, B, none");
}

TEST_F(Seg, EqualLabelsAreRefusedWhenSelected) {
  SegFile seg;
  seg.labels = {"A", "A", "B"};
  seg.frames = {frame("0\\0\\0", {{1, 1, 0}}, 3)};
  const MaskSource source = open(seg);
  EXPECT_ERROR(source.mask("A", grid()), ErrorKind::ambiguous_input, "2 regions 'A'");
  EXPECT_EQ(voxels(source.mask("B", grid())).size(), 1u);
}

TEST_F(Seg, FramesArePlacedByGeometry) {
  SegFile seg;
  seg.columns = 2;
  seg.rows = 2;
  seg.frames = {{"3\\2\\3", 1, {1, 0, 1, 1}}};  // from voxel (3, 1, 1)
  EXPECT_EQ(voxels(open(seg).mask("Liver", grid())), (Voxels{{3, 1, 1}, {3, 2, 1}, {4, 2, 1}}));
  seg.orientation = "-1\\0\\0\\0\\1\\0";  // columns towards -x
  EXPECT_EQ(voxels(open(seg).mask("Liver", grid())), (Voxels{{3, 1, 1}, {2, 2, 1}, {3, 2, 1}}));
  seg.orientation = "0\\1\\0\\1\\0\\0";  // columns along y
  seg.spacing = "1\\2";
  EXPECT_EQ(voxels(open(seg).mask("Liver", grid())), (Voxels{{3, 1, 1}, {4, 1, 1}, {4, 2, 1}}));
}

TEST_F(Seg, RefusesFramesThatAreNotOnTheGrid) {
  SegFile seg;
  seg.frames = {frame("0\\0\\1.5", {{1, 1, 0}})};  // half a slice
  EXPECT_ERROR(open(seg).mask("Liver", grid()), ErrorKind::geometry_mismatch, "0.5 voxels off");
  seg.frames = {frame("0.1\\0\\0", {{1, 1, 0}})};
  EXPECT_ERROR(open(seg).mask("Liver", grid()), ErrorKind::geometry_mismatch,
               "0.1, 0, 0 voxels off");
  seg.frames = {frame("0\\0\\0", {{1, 1, 0}})};
  seg.spacing = "4\\2";
  EXPECT_ERROR(open(seg).mask("Liver", grid()), ErrorKind::geometry_mismatch, "(2, 0, 0)");
  seg.spacing = "2\\1";
  seg.orientation = "0.8\\0.6\\0\\-0.6\\0.8\\0";
  EXPECT_ERROR(open(seg).mask("Liver", grid()), ErrorKind::geometry_mismatch, "not on the voxels");
  seg.orientation = "1\\0\\0\\0\\1\\0";
  seg.columns = 3;
  seg.rows = 2;  // half of 5x4, from the first voxel on
  seg.frames = {{"0\\0\\0", 1, {1, 1, 1, 1, 1, 1}}};
  EXPECT_ERROR(open(seg).mask("Liver", grid()), ErrorKind::geometry_mismatch, "a reduced mask");
}

TEST_F(Seg, AllowsRoundedPositions) {
  SegFile seg;
  seg.frames = {frame("0.001\\-0.001\\3.01", {{1, 1, 0}})};
  EXPECT_EQ(voxels(open(seg).mask("Liver", grid())), (Voxels{{1, 1, 1}}));
}

TEST_F(Seg, CutsOffWhatLiesOutsideTheImage) {
  SegFile seg;
  seg.frames = {frame("2\\0\\0", {{1, 1, 0}, {3, 1, 0}}), frame("0\\0\\30", {{1, 1, 0}})};
  const RegionMask region = open(seg).mask("Liver", grid());
  EXPECT_EQ(voxels(region), (Voxels{{3, 1, 0}}));
  EXPECT_EQ(region.warnings, std::vector<std::string>{"voxels outside the image are cut off: 2"});
}

TEST_F(Seg, FractionalIsInsideFromHalfOfTheMaximumOn) {
  SegFile seg;
  seg.type = "FRACTIONAL";
  seg.bits = 8;
  seg.maximum = 200;
  seg.frames = {frame("0\\0\\0", {{1, 1, 0}}, 1, 200)};
  EXPECT_TRUE(open(seg).mask("Liver", grid()).warnings.empty());
  seg.frames[0].pixels[0] = 100;
  seg.frames[0].pixels[1] = 99;
  const RegionMask region = open(seg).mask("Liver", grid());
  EXPECT_EQ(voxels(region), (Voxels{{0, 0, 0}, {1, 1, 0}}));
  ASSERT_EQ(region.warnings.size(), 1u);
  EXPECT_EQ(
      region.warnings[0],
      "voxels that belong to the region in part: 2; those of at least half (100 of 200) count "
      "as inside");
}

TEST_F(Seg, LabelMap) {
  SegFile seg;
  seg.type = "LABELMAP";
  seg.bits = 8;
  seg.labels = {"A", "B"};
  seg.frames = {frame("0\\0\\0", {{1, 1, 0}}, 0, 2)};
  seg.frames[0].pixels[0] = 1;
  const MaskSource source = open(seg);
  EXPECT_EQ(voxels(source.mask("A", grid())), (Voxels{{0, 0, 0}}));
  EXPECT_EQ(voxels(source.mask("B", grid())), (Voxels{{1, 1, 0}}));
}

TEST_F(Seg, RefusesWhatDoesNotFitTogether) {
  SegFile good;
  good.frames = {frame("0\\0\\0", {{1, 1, 0}}), frame("0\\0\\3", {{1, 1, 0}})};
  SegFile seg = good;
  seg.stated_frames = "2000000000";
  EXPECT_ERROR(open(seg), ErrorKind::unreadable_file, "in 2000000000 frames take");
  seg = good;
  seg.missing_bytes = 2;
  EXPECT_ERROR(open(seg), ErrorKind::unreadable_file, "in 2 frames take 5 bytes, 4 are there");
  seg = good;
  seg.frames[1].segment = 7;
  EXPECT_ERROR(open(seg), ErrorKind::unreadable_file, "segment 7, which is not defined");
  seg = good;
  seg.frames[1].position = "";
  EXPECT_ERROR(open(seg), ErrorKind::unreadable_file, "no position");
  seg = good;
  seg.bits = 8;
  EXPECT_ERROR(open(seg), ErrorKind::unreadable_file, "8 bits per pixel");
  seg = good;
  seg.labels = {};
  EXPECT_ERROR(open(seg), ErrorKind::unreadable_file, "no segments");
  seg = good;
  seg.type = "OTHER";
  EXPECT_ERROR(open(seg), ErrorKind::unsupported_data, "'OTHER'");
}

// --- real files ----------------------------------------------------------------------------------

TEST_F(Seg, NamesTheCompressionThatIsNotRead) {
  SegFile seg;
  seg.frames = {frame("0\\0\\0", {{1, 0, 0}})};
  write_seg(folder_ / "seg", seg);
  std::string bytes = bytes_of(folder_ / "seg");
  const std::string little_endian = "1.2.840.10008.1.2.1", unknown = "1.2.840.10008.1.2.9";
  bytes.replace(bytes.find(little_endian), little_endian.size(), unknown);
  folder_.write("seg", bytes);
  EXPECT_ERROR(open_dicom_seg(folder_ / "seg"), ErrorKind::unsupported_data, unknown);
}

/// The grid of liver3_seg: data/dicom/reference/liver3_seg.json.
Geometry liver_grid() {
  Geometry result;
  result.size = {512, 512, 3};
  result.spacing_mm = {0.810547, 0.810547, 1};
  result.origin_mm = {-235.199997, -226.800003, -128.690002};
  return result;
}

// Frames of 510x510 pixels, so that none but the first starts on a whole byte; the same liver.
TEST(SegFiles, FramesNeedNotStartOnWholeBytes) {
  REFERENCE_DATA_OR_SKIP(whole_bytes, "dicom/liver3_seg/seg_codecs/liver.dcm");
  REFERENCE_DATA_OR_SKIP(plain, "dicom/liver3_seg/seg_codecs/liver_nonbyte_aligned.dcm");
  REFERENCE_DATA_OR_SKIP(run_length, "dicom/liver3_seg/seg_codecs/liver_nonbyte_aligned_rle.dcm");
  const auto expected = voxels(open_dicom_seg(whole_bytes).mask("Liver", liver_grid()));
  EXPECT_EQ(expected.size(), 107098u);
  EXPECT_EQ(voxels(open_dicom_seg(plain).mask("Liver", liver_grid())), expected);
  EXPECT_EQ(voxels(open_dicom_seg(run_length).mask("Liver", liver_grid())), expected);
}

/// The CT of tiny_highdicom is no stack: slices at -99.48, -98.23, 104.27 and 105.52 mm. They lie
/// on a grid of 1.25 mm all the same.
Geometry highdicom_grid() {
  Geometry result;
  result.size = {16, 16, 165};
  result.spacing_mm = {0.488281, 0.488281, 1.25};
  result.origin_mm = {-125, -128.100006, -99.480003};
  return result;
}

// Numbers of voxels: data/dicom/reference/tiny_highdicom.json.
TEST(SegFiles, BinaryOverlappingAndFractional) {
  const Geometry grid = highdicom_grid();
  REFERENCE_DATA_OR_SKIP(binary, "dicom/tiny_highdicom/seg/seg_image_ct_binary.dcm");
  REFERENCE_DATA_OR_SKIP(overlap, "dicom/tiny_highdicom/seg/seg_image_ct_binary_overlap.dcm");
  REFERENCE_DATA_OR_SKIP(fractional, "dicom/tiny_highdicom/seg/seg_image_ct_binary_fractional.dcm");
  REFERENCE_DATA_OR_SKIP(soft, "dicom/tiny_highdicom/seg/seg_image_ct_true_fractional.dcm");
  const auto expected = voxels(open_dicom_seg(binary).mask("first segment", grid));
  EXPECT_EQ(expected.size(), 638u);
  EXPECT_EQ(voxels(open_dicom_seg(fractional).mask("first segment", grid)), expected);
  EXPECT_EQ(voxels(open_dicom_seg(soft).mask("first segment", grid)), expected);
  EXPECT_EQ(voxels(open_dicom_seg(overlap).mask("first segment", grid)).size(), 64u);
  EXPECT_EQ(voxels(open_dicom_seg(overlap).mask("second segment", grid)).size(), 16u);
}

}  // namespace
}  // namespace radiomics
