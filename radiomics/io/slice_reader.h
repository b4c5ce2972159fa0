#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/pixel_data.h"

namespace radiomics {

/// The pixels of some rows of an image, as they are stored: 1, 2 or 4 bytes each in the byte order
/// of this machine, the bits that are not used left as they are. Internal to io.
struct StoredPixels {
  Rows rows;  ///< that are held
  std::vector<char> bytes;
};

/// Decodes images, one at a time: a file, or one frame of a multi-frame file, of which no other
/// frame is decoded; the compressed bytes of multi-frame files are kept. May be used from several
/// threads.
class SliceDecoder {
 public:
  /// At least the given rows: just these where pixels are not compressed, else all.
  /// \throws Error unreadable_file if it is damaged, cut short, or not what its header said
  StoredPixels decode(const DicomSlice& slice, Rows rows);

 private:
  using Bytes = std::vector<char>;
  Bytes decoded_bytes(const DicomSlice& slice);
  const std::vector<Bytes>& frames_of(const DicomSlice& slice);

  std::mutex mutex_;
  std::map<std::filesystem::path, std::vector<Bytes>> frames_;  // compressed, of multi-frame files
};

/// Writes `count` intensities of row y, from column x on: the bits that are used, with their sign,
/// and the rescale of the header (slope 1, intercept 0 where it has none).
void copy_intensities(const StoredPixels& pixels, const DicomSlice& slice, int x, int y, int count,
                      double* target);

}  // namespace radiomics
