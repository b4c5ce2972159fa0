#pragma once

#include <functional>
#include <istream>
#include <span>

namespace radiomics {

/// How a stream of zlib is wrapped.
enum class Wrapping {
  none,          ///< as in DICOM's deflated transfer syntax
  zlib_or_gzip,  ///< gzip also in several members, one after the other, as block compressors write
};

enum class Unpacked {
  complete,
  stopped,  ///< by who took the pieces; the rest was not unpacked
  damaged,  ///< or cut short
};

/// Unpacks a stream from where it stands, piece by piece, in little memory. Internal to io.
/// \param take  is given each piece and says whether to go on: who knows how much there may be
/// stops
///              a bomb at that
Unpacked unpack(std::istream& packed, Wrapping wrapping,
                const std::function<bool(std::span<const unsigned char>)>& take);

/// What a file may hold behind the voxels that its header promises.
constexpr double unpacked_slack_bytes = 1 << 20;

/// How many bytes a zlib or gzip stream unpacks to; -1 if it is damaged or cut short, or goes on
/// for more than unpacked_slack_bytes behind what is promised.
double unpacked_bytes(std::istream& packed, double promised);

/// Whether a gzip stream begins at the start of the bytes.
bool is_gzip(std::span<const unsigned char> bytes);

}  // namespace radiomics
