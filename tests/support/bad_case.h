#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

class DcmDataset;
class DcmItem;
class DcmTagKey;

namespace radiomics {

/// The CT of a patient of the sample cohort with its RTSTRUCT and SEG, in a folder of its own, to
/// be changed: ct/00.dcm, ct/01.dcm, ... in order of their positions, rtstruct.dcm, seg.dcm.
class BadCase {
 public:
  BadCase();

  std::filesystem::path ct() const { return folder_ / "ct"; }
  std::filesystem::path rtstruct() const { return folder_ / "rtstruct.dcm"; }
  std::filesystem::path seg() const { return folder_ / "seg.dcm"; }
  std::filesystem::path slice(int z) const;

  static int slice_count();
  /// A slice in the middle of the region.
  static int middle();
  static double spacing_mm();

  using Edit = std::function<void(DcmDataset&)>;
  void edit_slice(int z, const Edit& edit) const;
  void edit_slices(const std::function<void(DcmDataset&, int z)>& edit) const;
  void edit_rtstruct(const Edit& edit) const;
  void edit_seg(const Edit& edit) const;

  /// Writes an edited copy of slice z beside the slices.
  void add_slice(int z, const std::string& name, const Edit& edit) const;
  void remove_slice(int z) const;
  /// Cuts a file to a part of its length.
  static void cut(const std::filesystem::path& file, double part);
  static void replace(const std::filesystem::path& file, const std::string& bytes);

 private:
  TemporaryFolder folder_;
};

/// Text of an attribute, values separated by backslashes; "" where it is absent.
std::string text_of(DcmItem& item, const DcmTagKey& tag);
void set_text(DcmItem& item, const DcmTagKey& tag, const std::string& value);
std::vector<double> numbers_of(DcmItem& item, const DcmTagKey& tag);
void set_numbers(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values);
std::vector<DcmItem*> items_of(DcmItem& item, const DcmTagKey& sequence);

/// The stored pixels of a slice.
std::vector<std::uint16_t> pixels_of(DcmDataset& slice);
void set_pixels(DcmDataset& slice, const std::vector<std::uint16_t>& pixels);

/// Calls edit(points) for each contour of the first region, and stores what it makes of them:
/// x, y, z, x, y, z, ... in mm.
void edit_contours(DcmDataset& rtstruct, const std::function<void(std::vector<double>&)>& edit);

}  // namespace radiomics
