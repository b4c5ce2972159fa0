#pragma once

#include <compare>
#include <filesystem>
#include <map>

#include "radiomics/core/volume.h"
#include "radiomics/io/image_file.h"

namespace radiomics {

/// A value in one of the layers of a label file.
struct LabelKey {
  int layer = 0;
  int label = 0;
  auto operator<=>(const LabelKey&) const = default;
};

/// A file with more different values than this is taken for an image: the largest atlases in use
/// have some hundred regions, and even a dull CT has thousands of intensities.
inline constexpr std::size_t most_labels = 1024;

/// A label file: where each value other than 0 lies. Internal to io. The voxels stay in the type of
/// the file and are looked at once.
///
/// A value within 0.001 of a whole number is that number (masks that went through interpolation or
/// float arithmetic hold 0.9999999 for 1). Refused are what is no number, lies between labels, is
/// negative, is above 2^24 in a file of floats (where whole numbers are rounded) or above 2^31 - 1,
/// and more than most_labels values.
class LabelVolume {
 public:
  /// \throws Error  as ImageFile; unsupported_data, naming value and voxel
  explicit LabelVolume(const std::filesystem::path& file);

  const ImageFile& file() const { return file_; }
  const Geometry& geometry() const { return file_.geometry(); }
  bool rounded() const { return rounded_; }  ///< whether values were not whole

  /// The values that occur and their bounding boxes.
  const std::map<LabelKey, Box>& boxes() const { return boxes_; }

  /// The voxels of a value that occurs. May be called from several threads.
  MaskWindow mask(const LabelKey& key) const;

 private:
  void find_labels(const Image& slice, int z, int layer);
  int label_of(double value, const Index3& voxel) const;
  void require_labels_only(std::size_t count) const;

  ImageFile file_;
  std::map<LabelKey, Box> boxes_;
  bool rounded_ = false;
};

}  // namespace radiomics
