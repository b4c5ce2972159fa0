#include "radiomics/io/label_writer.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "radiomics/io/image_io.h"
#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/masks.h"
#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

constexpr const char* all_names[] = {"m.nii", "c.nii.gz", "m.nrrd", "m.seg.nrrd", "m.mha"};

Geometry plain_grid() {
  return {.size = {13, 7, 5}, .spacing_mm = {0.7, 1.3, 2.9}, .origin_mm = {-123.4, 56.7, -890.1}};
}

/// Turned by an angle about each axis.
Geometry oblique_grid() {
  Geometry grid = plain_grid();
  grid.direction = {0.36, 0.48, -0.8, -0.8, 0.6, 0.0, 0.48, 0.64, 0.6};
  return grid;
}

Geometry with_third_axis_turned(Geometry grid) {
  for (const int i : {2, 5, 8}) grid.direction[i] *= -1;
  return grid;
}

/// Axes in another order: the largest part of its quaternion is not the first.
Geometry sagittal_grid() {
  Geometry grid = plain_grid();
  grid.direction = {0, 0, -1, 1, 0, 0, 0, -1, 0};
  return grid;
}

/// Half a turn about the third axis: the first part of the quaternion is 0.
Geometry prone_grid() {
  Geometry grid = plain_grid();
  grid.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
  return grid;
}

std::vector<Geometry> all_grids() {
  std::vector<Geometry> grids{plain_grid(), oblique_grid(), sagittal_grid(), prone_grid()};
  for (int i = 0; i < 4; ++i) grids.push_back(with_third_axis_turned(grids[std::size_t(i)]));
  return grids;
}

/// Two regions that share no voxel and touch the borders. Called after their labels, so that
/// formats without names give the same.
std::vector<NamedMask> regions_on(const Geometry& grid) {
  return {random_region("3", grid, {{0, 0, 0}, {6, 6, 4}}, 1),
          random_region("12", grid, {{7, 1, 2}, {12, 6, 4}}, 2)};
}

double largest_difference(const Geometry& a, const Geometry& b) {
  double largest = 0;
  const auto compare = [&](const auto& x, const auto& y) {
    for (std::size_t i = 0; i < x.size(); ++i) largest = std::max(largest, std::abs(x[i] - y[i]));
  };
  compare(a.spacing_mm, b.spacing_mm);
  compare(a.origin_mm, b.origin_mm);
  compare(a.direction, b.direction);
  return largest;
}

TEST(LabelWriter, WhatIsReadBackIsWhatWasWritten) {
  const TemporaryFolder folder;
  for (const Geometry& grid : all_grids())
    for (const char* name : all_names) {
      SCOPED_TRACE(name);
      const std::vector<NamedMask> regions = regions_on(grid);
      EXPECT_EQ(write_labels(folder / name, regions), (std::vector<int>{3, 12}));
      const MaskSource read = open_label_file(folder / name);
      EXPECT_EQ(read.names, (std::vector<std::string>{"3", "12"}));
      for (const NamedMask& region : regions) {
        const MaskWindow found = read.mask(region.name, grid).mask;
        EXPECT_EQ(found.box, region.mask.box);
        EXPECT_EQ(bytes_of(found), bytes_of(region.mask));
      }
    }
}

// NRRD and MetaImage as decimal numbers, of which spacing and direction have to be divided again: a
// few units in the last place of a double, at most 1000 mm. NIfTI in float: 24 bits of 1000 mm, and
// a direction that the library makes orthonormal in float.
TEST(LabelWriter, KeepsTheGrid) {
  const TemporaryFolder folder;
  for (const Geometry& grid : all_grids())
    for (const char* name : all_names) {
      SCOPED_TRACE(name);
      write_labels(folder / name, regions_on(grid));
      const Geometry read = open_image_file(folder / name).geometry;
      EXPECT_EQ(read.size, grid.size);
      const bool is_nifti = std::string(name).find(".nii") != std::string::npos;
      EXPECT_LT(largest_difference(read, grid), is_nifti ? 1e-4 : 1e-12);
    }
}

// nifti1.h: qform gives the same placement as sform, for programs that prefer it.
TEST(LabelWriter, NiftiHasTheSameGridInBothItsForms) {
  const TemporaryFolder folder;
  for (const Geometry& grid : all_grids()) {
    write_labels(folder / "m.nii", regions_on(grid));
    std::string bytes = bytes_of(folder / "m.nii");
    bytes[254] = 0;  // no sform
    folder.write("q.nii", bytes);
    EXPECT_LT(largest_difference(open_image_file(folder / "q.nii").geometry, grid), 1e-4);
  }
}

TEST(LabelWriter, Has16BitsWhereALabelNeedsThem) {
  const TemporaryFolder folder;
  const Geometry grid = plain_grid();
  std::vector<NamedMask> regions = regions_on(grid);
  regions[1].name = "40000";
  for (const char* name : all_names) {
    SCOPED_TRACE(name);
    EXPECT_EQ(write_labels(folder / name, regions), (std::vector<int>{3, 40000}));
    const MaskSource read = open_label_file(folder / name);
    EXPECT_EQ(bytes_of(read.mask("40000", grid).mask), bytes_of(regions[1].mask));
  }
}

TEST(LabelWriter, NumbersRegionsThatHaveNames) {
  const TemporaryFolder folder;
  std::vector<NamedMask> regions = regions_on(plain_grid());
  regions[0].name = "GTV-1";
  EXPECT_EQ(write_labels(folder / "m.nrrd", regions), (std::vector<int>{1, 2}));
  EXPECT_EQ(open_label_file(folder / "m.nrrd").names, (std::vector<std::string>{"1", "2"}));
}

TEST(LabelWriter, TheSameRegionsGiveTheSameBytes) {
  const TemporaryFolder folder;
  const std::vector<NamedMask> regions = regions_on(oblique_grid());
  for (const char* name : all_names) {
    write_labels(folder / name, regions);
    write_labels(folder / "again" / name, regions);
    EXPECT_EQ(bytes_of(folder / name), bytes_of(folder / "again" / name)) << name;
  }
}

/// The value of a field or key in the header of an NRRD file; "" if it has none.
std::string field(const std::string& bytes, const std::string& key) {
  const std::string header = "\n" + bytes.substr(0, bytes.find("\n\n") + 1);
  const auto at = header.find("\n" + key);
  if (at == std::string::npos) return "";
  const auto start = at + 1 + key.size();
  return header.substr(start, header.find('\n', start) - start);
}

TEST(LabelWriter, RegionsThatShareVoxelsNeedLayers) {
  const TemporaryFolder folder;
  const Geometry grid = plain_grid();
  const std::vector<NamedMask> regions{
      random_region("Liver", grid, {{0, 0, 0}, {9, 6, 4}}, 1),
      random_region("back\\slash", grid, {{0, 0, 0}, {9, 6, 4}}, 2)};
  for (const char* name : {"m.nii", "c.nii.gz", "m.nrrd", "m.mha"}) {
    EXPECT_ERROR(write_labels(folder / name, regions), ErrorKind::unwritable_output,
                 "the regions 'Liver' and 'back\\slash' share voxels: ");
    EXPECT_FALSE(exists(folder / name));
  }
  EXPECT_EQ(write_labels(folder / "m.seg.nrrd", regions), (std::vector<int>{1, 2}));
  const std::string bytes = bytes_of(folder / "m.seg.nrrd");
  EXPECT_EQ(field(bytes, "dimension: "), "4");
  EXPECT_EQ(field(bytes, "sizes: "), "2 13 7 5");
  EXPECT_EQ(field(bytes, "kinds: "), "list domain domain domain");
  EXPECT_EQ(field(bytes, "space directions: "), "none (0.7,0,0) (0,1.3,0) (0,0,2.9)");
  EXPECT_EQ(field(bytes, "Segment0_Name:="), "Liver");
  EXPECT_EQ(field(bytes, "Segment1_Name:="), "back\\\\slash") << "NRRD escapes backslashes";
  EXPECT_EQ(field(bytes, "Segment1_LabelValue:="), "2");
  EXPECT_EQ(field(bytes, "Segment0_Layer:="), "0");
  EXPECT_EQ(field(bytes, "Segment1_Layer:="), "1");
  EXPECT_EQ(field(bytes, "Segment1_Extent:="), "0 9 0 6 0 4");
  EXPECT_EQ(field(bytes, "Segment2_Name:="), "");
}

TEST(LabelWriter, SlicerSegmentsHaveTheirNamesInOneLayerToo) {
  const TemporaryFolder folder;
  std::vector<NamedMask> regions = regions_on(plain_grid());
  regions[0].name = "L\xc3\xa9sion";
  write_labels(folder / "m.SEG.NRRD", regions);
  const std::string bytes = bytes_of(folder / "m.SEG.NRRD");
  EXPECT_EQ(field(bytes, "dimension: "), "3");
  EXPECT_EQ(field(bytes, "Segment0_Name:="), "L\xc3\xa9sion");
  EXPECT_EQ(field(bytes, "Segment1_Layer:="), "0");
  write_labels(folder / "m.nrrd", regions);
  EXPECT_EQ(field(bytes_of(folder / "m.nrrd"), "Segment0_Name:="), "");
}

TEST(LabelWriter, KnowsFormatsByTheEndOfTheName) {
  EXPECT_EQ(label_format("a.nii"), LabelFormat::nifti);
  EXPECT_EQ(label_format("folder.nrrd/A.NII.GZ"), LabelFormat::compressed_nifti);
  EXPECT_EQ(label_format("a.nrrd"), LabelFormat::nrrd);
  EXPECT_EQ(label_format("a.seg.nrrd"), LabelFormat::slicer_nrrd);
  EXPECT_EQ(label_format("a.mha"), LabelFormat::metaimage);
  for (const char* other : {"a", "nii", ".nii", "a.mhd", "a.gz", "a.nii/b", "a.dcm"})
    EXPECT_FALSE(label_format(other)) << other;
  const TemporaryFolder folder;
  EXPECT_ERROR(write_labels(folder / "a.tif", regions_on(plain_grid())),
               ErrorKind::unwritable_output, ".seg.nrrd");
}

TEST(LabelWriter, RefusesWhatAFormatCannotHold) {
  const TemporaryFolder folder;
  const NamedMask wide{"1", cut_to_box(voxels_at({{0, 0, 0}}, {.size = {40000, 1, 1}}))};
  EXPECT_ERROR(write_labels(folder / "m.nii", std::vector{wide}), ErrorKind::unwritable_output,
               "40000x1x1");
  write_labels(folder / "m.nrrd", std::vector{wide});
  EXPECT_EQ(open_label_file(folder / "m.nrrd").names, std::vector<std::string>{"1"});
  const Geometry far{
      .size = {2, 2, 2}, .spacing_mm = {0.01, 0.01, 0.01}, .origin_mm = {9e4 + 0.1, 0, 0}};
  const NamedMask off{"1", cut_to_box(voxels_at({{0, 0, 0}}, far))};
  EXPECT_ERROR(write_labels(folder / "m.nii.gz", std::vector{off}), ErrorKind::unwritable_output,
               "rounds the grid");
  EXPECT_FALSE(exists(folder / "m.nii.gz"));
}

TEST(LabelWriter, LeavesNothingWhereItCannotWrite) {
  const TemporaryFolder folder;
  folder.write("file", "");
  EXPECT_ERROR(write_labels(folder / "file" / "m.nii", regions_on(plain_grid())),
               ErrorKind::unwritable_output, "file");
  std::filesystem::create_directories(folder / "m.mha" / "full");
  EXPECT_ERROR(write_labels(folder / "m.mha", regions_on(plain_grid())),
               ErrorKind::unwritable_output, "m.mha");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 2);
}

// ITK's library would take the voxels of the other file, without a word.
TEST(ImageFile, OfNiftiBesideItsUncompressedTwinIsRefused) {
  const TemporaryFolder folder;
  write_labels(folder / "m.nii.gz", regions_on(plain_grid()));
  std::vector<NamedMask> others = regions_on(plain_grid());
  others[0].name = "4";
  EXPECT_ERROR(write_labels(folder / "m.nii", others), ErrorKind::unwritable_output, "m.nii.gz");
  write_labels(folder / "other.nii", others);
  rename(folder / "other.nii", folder / "m.nii");
  EXPECT_ERROR(open_label_file(folder / "m.nii.gz"), ErrorKind::ambiguous_input, "m.nii,");
  EXPECT_ERROR(write_labels(folder / "m.nii.gz", others), ErrorKind::unwritable_output, "m.nii,");
  EXPECT_EQ(open_label_file(folder / "m.nii").names, (std::vector<std::string>{"4", "12"}));
  remove(folder / "m.nii");
  EXPECT_EQ(open_label_file(folder / "m.nii.gz").names, (std::vector<std::string>{"3", "12"}));
}

}  // namespace
}  // namespace radiomics
