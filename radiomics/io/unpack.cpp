#include "radiomics/io/unpack.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <itk_zlib.h>

namespace radiomics {
namespace {

/// One stream of zlib, or several members of gzip.
class Unpacker {
 public:
  Unpacker(std::istream& packed, Wrapping wrapping) : packed_(packed), in_(1 << 16), out_(1 << 16) {
    ready_ = inflateInit2(&state_, wrapping == Wrapping::none ? -15 : 15 + 32) == Z_OK;
    may_go_on_ = wrapping == Wrapping::zlib_or_gzip;
  }
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() {
    if (ready_) inflateEnd(&state_);
  }

  Unpacked run(const std::function<bool(std::span<const unsigned char>)>& take) {
    while (ready_) {
      if (state_.avail_in == 0 && !refill()) return Unpacked::damaged;
      state_.next_out = out_.data();
      state_.avail_out = uInt(out_.size());
      const int status = inflate(&state_, Z_NO_FLUSH);
      const std::size_t got = out_.size() - state_.avail_out;
      if (!take(std::span<const unsigned char>(out_).first(got))) return Unpacked::stopped;
      if (status == Z_STREAM_END && !next_member()) return Unpacked::complete;
      if (status != Z_OK && status != Z_STREAM_END) return Unpacked::damaged;
    }
    return Unpacked::damaged;
  }

 private:
  bool refill() {
    packed_.read(reinterpret_cast<char*>(in_.data()), std::streamsize(in_.size()));
    state_.next_in = in_.data();
    state_.avail_in = uInt(std::max<std::streamsize>(packed_.gcount(), 0));
    return state_.avail_in > 0;
  }

  /// Whether another member follows; anything else behind the end is passed over, as zlib does.
  bool next_member() {
    constexpr unsigned first_byte_of_gzip = 0x1f;
    if (!may_go_on_ || (state_.avail_in == 0 && !refill())) return false;
    return *state_.next_in == first_byte_of_gzip && inflateReset(&state_) == Z_OK;
  }

  std::istream& packed_;
  z_stream state_{};
  bool ready_ = false;
  bool may_go_on_ = false;
  std::vector<Bytef> in_, out_;
};

}  // namespace

Unpacked unpack(std::istream& packed, Wrapping wrapping,
                const std::function<bool(std::span<const unsigned char>)>& take) {
  return Unpacker(packed, wrapping).run(take);
}

double unpacked_bytes(std::istream& packed, double promised) {
  double total = 0;
  const Unpacked status =
      unpack(packed, Wrapping::zlib_or_gzip, [&](std::span<const unsigned char> piece) {
        total += double(piece.size());
        return total <= promised + unpacked_slack_bytes;
      });
  return status == Unpacked::complete ? total : -1;
}

bool is_gzip(std::span<const unsigned char> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

}  // namespace radiomics
