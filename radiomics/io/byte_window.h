#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

namespace radiomics {

/// The bytes of a file, or of memory, at any place. Of a file it keeps and reads 16 kB at a time,
/// so that small pieces in ascending order cost one reading and what is passed over none. Internal
/// to io.
class ByteWindow {
 public:
  static constexpr std::size_t longest_piece = 4096;

  explicit ByteWindow(const std::filesystem::path& file);
  explicit ByteWindow(std::vector<unsigned char> bytes);

  bool is_open() const { return open_; }
  std::uint64_t size() const { return size_; }

  /// `count` bytes (longest_piece at most) from `offset`; fewer where the file ends or cannot be
  /// read. Valid until the next call.
  std::span<const unsigned char> at(std::uint64_t offset, std::size_t count);

 private:
  std::ifstream stream_;
  bool open_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t start_ = 0;  ///< of the window
  std::vector<unsigned char> window_;
};

}  // namespace radiomics
