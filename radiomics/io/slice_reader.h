#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/pixel_data.h"

namespace radiomics {

/// The pixels of one image, row by row, as they are stored: 1, 2 or 4 bytes each in the byte order
/// of this machine, the bits that are not used left as they are. Internal to io.
struct StoredPixels {
  std::vector<char> bytes;
};

/// What is kept of a multi-frame file: where its pixels lie, or, of a compressed one, the code
/// stream of each frame.
struct FrameFile {
  PixelPlace place;
  std::vector<std::vector<char>> compressed;
};

/// Decodes images, one at a time: a file, or one frame of a multi-frame file, of which no other
/// frame is decoded. May be used from several threads.
class SliceDecoder {
 public:
  /// \throws Error unreadable_file if it is damaged, cut short, or not what its header said
  StoredPixels decode(const DicomSlice& slice);

 private:
  const FrameFile& frame_file(const DicomSlice& slice);

  std::mutex mutex_;
  std::map<std::filesystem::path, FrameFile> frame_files_;
};

/// Writes `count` intensities from pixel `first` on: the bits that are used, with their sign, and
/// the rescale of the header (slope 1, intercept 0 where it has none).
void copy_intensities(const StoredPixels& pixels, const DicomSlice& slice, std::size_t first,
                      int count, double* target);

}  // namespace radiomics
