#pragma once

#include <string_view>

namespace radiomics {

/// What is known of a transfer syntax, the way in which a DICOM file holds its pixels. Internal to
/// io. Source: DICOM PS3.5, annex A.
struct TransferSyntax {
  std::string_view uid;
  bool plain = false;         ///< pixels lie in the file as they are
  bool may_be_lossy = false;  ///< values may differ from those that were measured
};

/// One of those that are read: uncompressed (little and big endian, deflated), RLE, JPEG (baseline,
/// extended, lossless), JPEG-LS and JPEG 2000. Null for all others: video, JPEG XL,
/// high-throughput JPEG 2000, private ones.
const TransferSyntax* known_transfer_syntax(std::string_view uid);

}  // namespace radiomics
