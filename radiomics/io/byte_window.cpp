#include "radiomics/io/byte_window.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace radiomics {
namespace {

constexpr std::uint64_t window_bytes = 1 << 14;

}  // namespace

ByteWindow::ByteWindow(const std::filesystem::path& file) {
  std::error_code failed;
  size_ = std::filesystem::file_size(file, failed);
  if (failed) size_ = 0;
  stream_.rdbuf()->pubsetbuf(nullptr, 0);  // the window is the buffer
  stream_.open(file, std::ios::binary);
  open_ = stream_.is_open() && !failed;
}

ByteWindow::ByteWindow(std::vector<unsigned char> bytes)
    : open_(true), size_(bytes.size()), window_(std::move(bytes)) {}

std::span<const unsigned char> ByteWindow::at(std::uint64_t offset, std::size_t count) {
  if (offset >= size_) return {};
  const std::uint64_t wanted = std::min<std::uint64_t>(count, size_ - offset);
  if (offset < start_ || offset + wanted > start_ + window_.size()) {
    window_.resize(std::size_t(std::min(window_bytes, size_ - offset)));
    start_ = offset;
    stream_.clear();
    stream_.seekg(std::streamoff(offset));
    stream_.read(reinterpret_cast<char*>(window_.data()), std::streamsize(window_.size()));
    window_.resize(std::size_t(std::max<std::streamsize>(stream_.gcount(), 0)));
  }
  const std::span<const unsigned char> all(window_);
  const auto from = std::min(std::size_t(offset - start_), all.size());
  return all.subspan(from, std::min(std::size_t(wanted), all.size() - from));
}

}  // namespace radiomics
