#include "radiomics/io/dicom_series.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "radiomics/core/error.h"
#include "radiomics/io/slice_reader.h"
#include "radiomics/io/slice_stack.h"

namespace radiomics {
namespace {

using Pixels = std::variant<std::monostate, std::vector<std::int16_t>, std::vector<float>,
                            std::vector<double>>;

template <class T>
bool holds(double value) {
  constexpr double highest = std::numeric_limits<T>::max();
  return value >= -highest && value <= highest && double(T(value)) == value;
}

/// In the smallest type that keeps every value exactly.
Pixels compact(const std::vector<double>& values) {
  if (std::ranges::all_of(values, holds<std::int16_t>))
    return std::vector<std::int16_t>(values.begin(), values.end());
  if (std::ranges::all_of(values, holds<float>))
    return std::vector<float>(values.begin(), values.end());
  return values;
}

/// The slices of a series; each is decoded when it is first asked for.
class SliceCache {
 public:
  explicit SliceCache(std::vector<DicomSlice> slices)
      : slices_(std::move(slices)), decoded_(slices_.size()) {}

  void copy(int z, const Box& box, Image& target) {
    const DicomSlice& slice = slices_[z];
    const Pixels& pixels = decoded(z);
    for (int y = box.first[1]; y <= box.last[1]; ++y) {
      const std::size_t start = std::size_t(y) * slice.columns + box.first[0];
      double* row = &target(0, y - box.first[1], z - box.first[2]);
      std::visit([&](const auto& values) { copy_row(values, start, box.size()[0], row); }, pixels);
    }
  }

 private:
  struct Decoded {
    std::mutex mutex;  // one for each slice: different slices are decoded at the same time
    Pixels pixels;
  };

  static void copy_row(std::monostate, std::size_t, int, double*) {}
  template <class T>
  static void copy_row(const std::vector<T>& values, std::size_t start, int count, double* row) {
    std::copy_n(values.begin() + std::ptrdiff_t(start), count, row);
  }

  const Pixels& decoded(int z) {
    Decoded& entry = decoded_[z];
    const std::lock_guard lock(entry.mutex);
    if (std::holds_alternative<std::monostate>(entry.pixels))
      entry.pixels = compact(decode_slice(slices_[z]));
    return entry.pixels;  // not changed any more
  }

  std::vector<DicomSlice> slices_;
  std::vector<Decoded> decoded_;
};

void warn(const SliceStack& stack, std::vector<std::string>& warnings) {
  if (stack.slices.front().frame_of_reference_uid.empty())
    warnings.push_back("the series has no frame of reference: masks are matched by series only");
  if (std::ranges::any_of(stack.slices, &DicomSlice::lossy))
    warnings.push_back("the series was, or may have been, compressed with a loss of detail");
}

}  // namespace

ImageSource open_series(const DicomSeries& series) {
  SliceStack stack = stack_slices(series);
  ImageSource source;
  source.geometry = stack.geometry;
  source.modality = series.modality;
  source.patient_id = series.patient_id;
  source.series_uid = series.series_uid;
  source.frame_of_reference_uid = series.frame_of_reference_uid;
  source.warnings = std::move(stack.warnings);
  warn(stack, source.warnings);
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
