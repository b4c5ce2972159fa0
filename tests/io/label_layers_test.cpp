#include "radiomics/io/label_layers.h"

#include <gtest/gtest.h>

#include "tests/support/masks.h"
#include "tests/support/written_masks.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {3, 2, 2}};

NamedMask region(const std::string& name, std::initializer_list<Index3> voxels) {
  return {name, cut_to_box(voxels_at(voxels, grid))};
}

TEST(SharedVoxels, AreThoseInsideBoth) {
  const NamedMask a = region("a", {{0, 0, 0}, {1, 0, 0}, {2, 1, 1}});
  EXPECT_EQ(shared_voxels(a.mask, a.mask), 3u);
  EXPECT_EQ(shared_voxels(a.mask, region("b", {{1, 0, 0}, {2, 1, 1}, {2, 0, 1}}).mask), 2u);
  EXPECT_EQ(shared_voxels(a.mask, region("c", {{0, 1, 0}, {2, 0, 1}}).mask), 0u)
      << "boxes overlap, voxels do not";
  EXPECT_EQ(shared_voxels(region("d", {{0, 0, 0}}).mask, region("e", {{2, 1, 1}}).mask), 0u);
}

TEST(Labels, AreNumbersInOrderOrTheNamesOfALabelImage) {
  const auto labels = [](std::vector<std::string> names) {
    std::vector<NamedMask> regions;
    for (const std::string& name : names) regions.push_back(region(name, {{0, 0, 0}}));
    return labels_of(regions);
  };
  EXPECT_EQ(labels({"GTV", "Lung"}), (std::vector<int>{1, 2}));
  EXPECT_EQ(labels({"7", "3"}), (std::vector<int>{7, 3}));
  EXPECT_EQ(labels({"7", "GTV"}), (std::vector<int>{1, 2}));
  EXPECT_EQ(labels({"7", "07"}), (std::vector<int>{1, 2})) << "one number twice";
  EXPECT_EQ(labels({"5", "-1"}), (std::vector<int>{1, 2}));
  EXPECT_EQ(labels({"65535", "1"}), (std::vector<int>{65535, 1}));
  EXPECT_EQ(labels({"65536", "1"}), (std::vector<int>{1, 2}));
}

TEST(Layers, KeepRegionsApartThatShareVoxels) {
  const std::vector<NamedMask> regions{
      region("a", {{0, 0, 0}, {1, 0, 0}}), region("b", {{1, 0, 0}, {2, 0, 0}}),
      region("c", {{2, 0, 0}}), region("d", {{1, 0, 0}}), region("e", {{0, 1, 1}})};
  EXPECT_EQ(layers_of(regions), (std::vector<int>{0, 1, 0, 2, 0}));
}

TEST(LabelLayers, HasLayersFastestThenX) {
  const std::vector<NamedMask> regions{region("a", {{0, 0, 0}, {1, 0, 0}}),
                                       region("b", {{1, 0, 0}, {2, 1, 1}})};
  const LabelLayers volume(regions, layers_of(regions));
  EXPECT_EQ(volume.layer_count(), 2);
  EXPECT_EQ(volume.bytes_per_label(), 1);
  EXPECT_EQ(volume.slice(0), std::string("\1\0\1\2\0\0\0\0\0\0\0\0", 12));
  EXPECT_EQ(volume.slice(1), std::string("\0\0\0\0\0\0\0\0\0\0\0\2", 12));
}

TEST(LabelLayers, HasTwoBytesForLabelsAbove255TheLowerFirst) {
  const std::vector<NamedMask> regions{region("258", {{1, 0, 0}}), region("5", {{2, 1, 0}})};
  const LabelLayers volume(regions, layers_of(regions));
  EXPECT_EQ(volume.bytes_per_label(), 2);
  EXPECT_EQ(volume.slice(0), std::string("\0\0\2\1\0\0\0\0\0\0\5\0", 12));
}

}  // namespace
}  // namespace radiomics
