// Segmentations as 3D Slicer saves them, written by hand.

#include "radiomics/io/seg_nrrd.h"

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/io/image_io.h"
#include "tests/support/errors.h"
#include "tests/support/headers.h"

namespace radiomics {
namespace {

using Bytes = std::vector<std::uint8_t>;

const Geometry image{.size = {5, 4, 3}, .spacing_mm = {1.5, 2, 3}, .origin_mm = {-10, 20, -30}};

/// What a file says beside its voxels.
struct Header {
  std::string sizes = "5 4 3";
  std::string origin = "(-10,20,-30)";
  std::string segments;
  bool has_layers = false;
};

std::string segment(int number, const std::string& name, int layer, int label) {
  const std::string key = "Segment" + std::to_string(number) + "_";
  return key + "ID:=Segment_" + std::to_string(number + 1) + "\n" + key + "Name:=" + name + "\n" +
         key + "Layer:=" + std::to_string(layer) + "\n" + key +
         "LabelValue:=" + std::to_string(label) + "\n" + key + "Extent:=0 4 0 3 0 2\n";
}

std::string file_bytes(const Header& header, const Bytes& voxels) {
  const std::string list = header.has_layers ? "list " : "",
                    none = header.has_layers ? "none " : "";
  return "NRRD0004\ntype: unsigned char\ndimension: " + std::string(header.has_layers ? "4" : "3") +
         "\nspace: left-posterior-superior\nsizes: " + header.sizes +
         "\nspace directions: " + none + "(1.5,0,0) (0,2,0) (0,0,3)\nkinds: " + list +
         "domain domain domain\nencoding: raw\nspace origin: " + header.origin + "\n" +
         header.segments + "Segmentation_ReferenceImageExtentOffset:=0 0 0\n\n" + raw(voxels);
}

MaskSource opened(const Header& header, const Bytes& voxels) {
  const TemporaryFolder folder;
  return open_label_file(folder.write("a.seg.nrrd", file_bytes(header, voxels)));
}

std::size_t place(int x, int y, int z) { return std::size_t(x + 5 * (y + 4 * z)); }

std::size_t count(const RegionMask& region) { return voxels_inside(region.mask.volume); }

TEST(SlicerSegmentation, HasItsSegmentsByName) {
  Bytes voxels(60);
  voxels[place(1, 2, 0)] = 2;
  voxels[place(2, 2, 0)] = voxels[place(2, 3, 2)] = 1;
  const MaskSource source =
      opened({.segments = segment(0, "GTV 1", 0, 1) + segment(1, "\xe8\x82\xba", 0, 2)}, voxels);
  EXPECT_EQ(source.kind, "labels");
  EXPECT_EQ(source.names, (std::vector<std::string>{"GTV 1", "\xe8\x82\xba"}));
  EXPECT_EQ(source.warnings, std::vector<std::string>{});
  EXPECT_EQ(source.mask("GTV 1", image).mask.box, (Box{{2, 2, 0}, {2, 3, 2}}));
  EXPECT_EQ(count(source.mask("GTV 1", image)), 2u);
  EXPECT_EQ(source.mask("\xe8\x82\xba", image).mask.box, (Box{{1, 2, 0}, {1, 2, 0}}));
  EXPECT_ERROR(source.mask("1", image), ErrorKind::unknown_region, "no region '1'");
}

TEST(SlicerSegmentation, MayHaveOverlappingSegmentsInLayers) {
  Bytes voxels(120);  // the layers of a voxel lie side by side
  voxels[2 * place(1, 1, 1)] = 1;
  voxels[2 * place(2, 1, 1)] = 1;
  voxels[2 * place(2, 1, 1) + 1] = 1;
  voxels[2 * place(3, 1, 1) + 1] = 3;
  const MaskSource source =
      opened({.sizes = "2 5 4 3",
              .segments = segment(0, "a", 0, 1) + segment(1, "b", 1, 1) + segment(2, "c", 1, 3),
              .has_layers = true},
             voxels);
  EXPECT_EQ(source.mask("a", image).mask.box, (Box{{1, 1, 1}, {2, 1, 1}}));
  EXPECT_EQ(source.mask("b", image).mask.box, (Box{{2, 1, 1}, {2, 1, 1}}));
  EXPECT_EQ(source.mask("c", image).mask.box, (Box{{3, 1, 1}, {3, 1, 1}}));
}

TEST(SlicerSegmentation, MayHaveItsLayersInTheLastAxis) {
  Bytes voxels(120);
  voxels[place(1, 1, 1)] = 1;
  voxels[60 + place(2, 1, 1)] = 1;
  std::string bytes = file_bytes({.sizes = "5 4 3 2",
                                  .segments = segment(0, "a", 0, 1) + segment(1, "b", 1, 1),
                                  .has_layers = true},
                                 voxels);
  bytes = replaced(bytes, "none (1.5,0,0) (0,2,0) (0,0,3)", "(1.5,0,0) (0,2,0) (0,0,3) none");
  bytes = replaced(bytes, "list domain domain domain", "domain domain domain list");
  const TemporaryFolder folder;
  const MaskSource source = open_label_file(folder.write("a.nrrd", bytes));
  EXPECT_EQ(source.mask("a", image).mask.box, (Box{{1, 1, 1}, {1, 1, 1}}));
  EXPECT_EQ(source.mask("b", image).mask.box, (Box{{2, 1, 1}, {2, 1, 1}}));
}

// Files from before segments shared layers: one volume of ones for each segment.
TEST(SlicerSegmentation, OfTheOldFormHasALayerForEachSegment) {
  Bytes voxels(120);
  voxels[2 * place(1, 1, 1)] = 1;
  voxels[2 * place(2, 1, 1) + 1] = 1;
  const MaskSource source =
      opened({.sizes = "2 5 4 3",
              .segments = "Segment0_ID:=one\nSegment0_Name:=A\nSegment1_ID:=two\nSegment1_Name:=\n",
              .has_layers = true},
             voxels);
  EXPECT_EQ(source.names, (std::vector<std::string>{"A", "two"}));  // without a name by its ID
  EXPECT_EQ(source.mask("A", image).mask.box, (Box{{1, 1, 1}, {1, 1, 1}}));
  EXPECT_EQ(source.mask("two", image).mask.box, (Box{{2, 1, 1}, {2, 1, 1}}));
}

// Two slices and a column further than the image's first voxel, and one column past its end.
TEST(SlicerSegmentation, MayBeAPartOfTheGridOrReachBeyondIt) {
  Bytes voxels(4 * 1 * 2);
  voxels[0] = voxels[3] = 1;  // x = 2 and 5 in slice 1
  const MaskSource source = opened(
      {.sizes = "4 1 2", .origin = "(-7,22,-27)", .segments = segment(0, "a", 0, 1)}, voxels);
  const RegionMask region = source.mask("a", image);
  EXPECT_EQ(region.mask.box, (Box{{2, 1, 1}, {2, 1, 1}}));
  EXPECT_EQ(region.warnings, std::vector<std::string>{"voxels outside the image are cut off: 1"});
}

TEST(SlicerSegmentation, OutsideTheImageIsRefused) {
  const MaskSource source =
      opened({.sizes = "1 1 1", .origin = "(500,22,-27)", .segments = segment(0, "a", 0, 1)}, {1});
  EXPECT_ERROR(source.mask("a", image), ErrorKind::empty_region, "'a'");
  const MaskSource two = opened(
      {.sizes = "2 1 1", .origin = "(500,22,-27)", .segments = segment(0, "a", 0, 1)}, {1, 1});
  EXPECT_ERROR(two.mask("a", image), ErrorKind::empty_region, "no voxel inside the image and 2");
}

TEST(SlicerSegmentation, BetweenTheVoxelsOfTheImageIsRefused) {
  const MaskSource source =
      opened({.origin = "(-9.25,20,-30)", .segments = segment(0, "a", 0, 1)}, Bytes(60, 1));
  EXPECT_ERROR(source.mask("a", image), ErrorKind::geometry_mismatch, "--resample-mask");
  // Halfway between two of the mask's voxels a centre belongs to the one further to the left.
  EXPECT_EQ(count(source.resampled("a", image)), 60u);
}

TEST(SlicerSegmentation, RefusesAnEmptySegmentAlone) {
  Bytes voxels(60);
  voxels[7] = 1;
  const MaskSource source =
      opened({.segments = segment(0, "a", 0, 1) + segment(1, "empty", 0, 2)}, voxels);
  EXPECT_EQ(count(source.mask("a", image)), 1u);
  EXPECT_ERROR(source.mask("empty", image), ErrorKind::empty_region, "'empty' has no voxel");
  // Without any voxel the file holds a single one that means nothing.
  const MaskSource none =
      opened({.sizes = "1 1 1", .segments = segment(0, "a", 0, 1) + segment(1, "b", 1, 1)}, {0});
  EXPECT_EQ(none.names.size(), 2u);
  EXPECT_ERROR(none.mask("b", image), ErrorKind::empty_region, "'b' has no voxel");
}

TEST(SlicerSegmentation, RefusesANameThatTwoSegmentsHave) {
  Bytes voxels(60);
  voxels[7] = 1;
  voxels[8] = 2;
  const MaskSource source =
      opened({.segments = segment(0, "a", 0, 1) + segment(1, "a", 0, 2)}, voxels);
  EXPECT_ERROR(source.mask("a", image), ErrorKind::ambiguous_input, "2 regions 'a'");
}

TEST(SlicerSegmentation, SaysWhichValuesBelongToNoSegment) {
  Bytes voxels(60, 9);
  voxels[7] = 1;
  const MaskSource source = opened({.segments = segment(0, "a", 0, 1)}, voxels);
  EXPECT_EQ(source.names, std::vector<std::string>{"a"});
  EXPECT_EQ(source.warnings,
            std::vector<std::string>{"values that belong to no segment are left out: 1"});
}

TEST(SlicerSegmentation, ThatContradictsItselfIsRefused) {
  const Bytes voxels(60, 1);
  EXPECT_ERROR(opened({.segments = segment(0, "a", 1, 1)}, voxels), ErrorKind::unreadable_file,
               "segment 0 is in layer 1, but the file has 1");
  EXPECT_ERROR(opened({.segments = segment(0, "a", 0, 1) + segment(1, "b", 0, 1)}, voxels),
               ErrorKind::unreadable_file, "two segments have the value 1");
  EXPECT_ERROR(opened({.segments = segment(0, "a", 0, 0)}, voxels), ErrorKind::unreadable_file,
               "LabelValue of segment 0 is '0'");
  EXPECT_ERROR(opened({.segments = segment(0, "a", 0, 1) +
                                   "Segmentation_SourceRepresentation:=Fractional labelmap\n"},
                      voxels),
               ErrorKind::unsupported_data, "fractional");
  EXPECT_ERROR(opened({}, voxels), ErrorKind::empty_region, "no segments");
}

}  // namespace
}  // namespace radiomics
