#include "radiomics/io/dicom_series.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "radiomics/core/text.h"
#include "radiomics/io/slice_checks.h"
#include "radiomics/io/slice_reader.h"
#include "radiomics/io/slice_stack.h"

namespace radiomics {
namespace {

/// The slices of a series; each is decoded when it is first asked for, and kept.
class SliceCache {
 public:
  explicit SliceCache(std::vector<DicomSlice> slices)
      : slices_(std::move(slices)), decoded_(slices_.size()) {}

  void copy(int z, const Box& box, Image& target) {
    const DicomSlice& slice = slices_[z];
    const auto pixels = decoded(z, {box.first[1], box.last[1]});
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      copy_intensities(*pixels, slice, box.first[0], y, box.size()[0],
                       &target(0, y - box.first[1], z - box.first[2]));
  }

 private:
  using SharedPixels = std::shared_ptr<const StoredPixels>;  // others may copy what is replaced
  struct Decoded {
    std::mutex mutex;  // one for each slice: different slices are decoded at the same time
    SharedPixels pixels;
  };

  SharedPixels decoded(int z, Rows rows) {
    Decoded& entry = decoded_[z];
    const std::lock_guard lock(entry.mutex);
    if (entry.pixels) {
      const Rows held = entry.pixels->rows;
      if (held.first <= rows.first && rows.last <= held.last) return entry.pixels;
      rows = {std::min(held.first, rows.first), std::max(held.last, rows.last)};
    }
    entry.pixels = std::make_shared<const StoredPixels>(decoder_.decode(slices_[z], rows));
    return entry.pixels;
  }

  SliceDecoder decoder_;
  std::vector<DicomSlice> slices_;
  std::vector<Decoded> decoded_;
};

void warn(const DicomSeries& series, const SliceStack& stack, std::vector<std::string>& warnings) {
  std::ranges::move(intensity_notes(stack.slices, series.modality), std::back_inserter(warnings));
  if (stack.slices.front().frame_of_reference_uid->empty())
    warnings.push_back("the series has no frame of reference: masks are matched by series only");
  if (std::ranges::any_of(stack.slices, &DicomSlice::lossy))
    warnings.push_back("the series was, or may have been, compressed with a loss of detail");
  if (!series.damaged_files.empty())
    warnings.push_back(
        "damaged or empty files lie beside the series: " + to_text(series.damaged_files.size()) +
        "; if they were its first or last slices, they are missing here");
}

}  // namespace

ImageSource open_series(const DicomSeries& series) {
  SliceStack stack = stack_slices(series);
  ImageSource source;
  source.geometry = stack.geometry;
  source.modality = series.modality;
  source.patient_id = series.patient_id;
  source.name = series_name(series);
  source.series_uid = series.series_uid;
  source.frame_of_reference_uid = series.frame_of_reference_uid;
  source.first_file = stack.slices.front().file;
  source.warnings = std::move(stack.warnings);
  warn(series, stack, source.warnings);
  for (const DicomSlice& slice : stack.slices)
    source.instance_uids.push_back(slice.sop_instance_uid);
  const auto cache = std::make_shared<SliceCache>(std::move(stack.slices));
  source.read = [cache, grid = source.geometry](const Box& box) {
    ImageWindow result{grid, box, Image(window(grid, box))};
    for (int z = box.first[2]; z <= box.last[2]; ++z) cache->copy(z, box, result.volume);
    return result;
  };
  return source;
}

}  // namespace radiomics
