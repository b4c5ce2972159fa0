#include "radiomics/io/inflate_frame.h"

#include <itk_zlib.h>

namespace radiomics {
std::vector<unsigned char> inflate_frame(const std::vector<unsigned char>& encoded,
                                         std::size_t most_bytes) {
  std::vector<unsigned char> result(most_bytes);
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};     // negative: without a zlib header
  stream.next_in = const_cast<unsigned char*>(encoded.data());  // zlib does not write to it
  stream.avail_in = unsigned(encoded.size());
  stream.next_out = result.data();
  stream.avail_out = unsigned(result.size());
  const int status = inflate(&stream, Z_FINISH);
  const std::size_t left = stream.avail_out;
  inflateEnd(&stream);
  if (status != Z_STREAM_END && left > 0) return {};
  result.resize(most_bytes - left);
  return result;
}

}  // namespace radiomics
