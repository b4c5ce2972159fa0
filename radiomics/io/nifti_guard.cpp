// Fields of the header: https://nifti.nimh.nih.gov/nifti-1 (nifti1.h).

#include "radiomics/io/nifti_guard.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/byte_window.h"
#include "radiomics/io/unpack.h"

namespace radiomics {
namespace {

constexpr std::size_t header_bytes = 348;

struct VoxelType {
  int code = 0;
  int bytes = 0;
};

/// The header's numbers, in whichever byte order it was written.
class Header {
 public:
  Header(std::span<const unsigned char> bytes, const std::string& file)
      : bytes_(bytes), file_(file), swapped_(plain<std::int32_t>(0) != int(header_bytes)) {
    check(number<std::int32_t>(0) == int(header_bytes), ErrorKind::unreadable_file,
          "is damaged: its header is none of NIfTI; export it again");
    check(std::memcmp(&bytes_[344], "n+1", 4) == 0, ErrorKind::unsupported_data,
          "has its voxels in a second file; convert it to a single .nii file");
  }

  /// ITK ends the program where a direction is no number.
  void check_place() const {
    constexpr std::size_t pixdim = 76, quaternion = 256, rows = 280, end = 328;
    for (std::size_t i = pixdim; i < pixdim + 16; i += 4) check_length(number<float>(i));
    for (std::size_t i = quaternion; i < rows; i += 4) check_length(number<float>(i));
    const bool has_rows = number<std::int16_t>(254) > 0;
    for (std::size_t i = rows; has_rows && i < end; i += 4) check_length(number<float>(i));
  }

  /// The length of the file that offset, dimensions and type of the voxels ask for.
  double promised_bytes() const { return offset() + voxels() * bytes_per_voxel(); }

 private:
  void check(bool condition, ErrorKind kind, const std::string& problem) const {
    require(condition, kind, file_ + ": " + problem);
  }

  void check_length(double value) const {
    constexpr double farthest = 1e9;  // squares are still numbers of the reader's
    check(
        std::abs(value) <= farthest, ErrorKind::unreadable_file,
        "is damaged: its spacing, origin or direction is " + to_text(value) + "; export it again");
  }

  double voxels() const {
    const int dimensions = number<std::int16_t>(40);
    check(
        dimensions >= 1 && dimensions <= 7, ErrorKind::unreadable_file,
        "is damaged: it says that it has " + to_text(dimensions) + " dimensions; export it again");
    std::vector<int> sizes;
    double product = 1;
    for (std::size_t axis = 1; axis <= std::size_t(dimensions); ++axis) {
      sizes.push_back(number<std::int16_t>(40 + 2 * axis));
      product *= sizes.back();
    }
    check(std::ranges::min(sizes) > 0, ErrorKind::unreadable_file,
          "is damaged: it says that it has " + join(sizes, "x") + " voxels; export it again");
    return product;
  }

  int bytes_per_voxel() const {
    constexpr VoxelType types[] = {
        {2, 1},   {4, 2},   {8, 4},    {16, 4},   {32, 8},    {64, 8},    {128, 3},   {256, 1},
        {512, 2}, {768, 4}, {1024, 8}, {1280, 8}, {1536, 16}, {1792, 16}, {2048, 32}, {2304, 4}};
    const int code = number<std::int16_t>(70);
    const auto* const found = std::ranges::find(types, code, &VoxelType::code);
    check(found != std::end(types), ErrorKind::unsupported_data,
          "its type of voxels " + to_text(code) + " is not known; convert it to 16-bit integers");
    return found->bytes;
  }

  double offset() const {
    const double offset = number<float>(108);
    constexpr double most = 1e9;  // readers keep it in an int
    check(offset >= 0 && offset <= most, ErrorKind::unreadable_file,
          "is damaged: it says that its voxels begin at byte " + to_text(offset) +
              "; export it again");
    return std::max(std::trunc(offset), double(header_bytes));
  }

  template <class T>
  T plain(std::size_t offset) const {
    T value;
    std::memcpy(&value, &bytes_[offset], sizeof value);
    return value;
  }
  template <class T>
  T number(std::size_t offset) const {
    auto bytes = plain<std::array<char, sizeof(T)>>(offset);
    if (swapped_) std::ranges::reverse(bytes);
    return std::bit_cast<T>(bytes);
  }

  std::span<const unsigned char> bytes_;
  const std::string& file_;
  bool swapped_;
};

constexpr std::string_view compression = ".gz";

bool is_compressed(const std::string& file) { return lower_case(file).ends_with(compression); }

// ITK's NIfTI library takes the voxels of a.nii.gz from a.nii where that lies beside it.
void require_no_uncompressed_twin(const std::string& file) {
  const std::string twin = is_compressed(file) ? nifti_twin(file) : "";
  require(
      twin.empty(), ErrorKind::ambiguous_input,
      file + ": lies beside " + twin + ", whose voxels would be read instead; rename one of them");
}

void require_enough(double found, double promised, const std::string& file) {
  require(found >= promised, ErrorKind::unreadable_file,
          file + ": is cut short: " + to_text(found) + " of " + to_text(promised) +
              " bytes; export it again");
}

void check_packed(const std::string& file) {
  std::ifstream packed(file, std::ios::binary);
  std::vector<unsigned char> start;
  std::optional<double> promised;
  double total = 0;
  const Unpacked status =
      unpack(packed, Wrapping::zlib_or_gzip, [&](std::span<const unsigned char> piece) {
        total += double(piece.size());
        if (!promised) {
          start.insert(start.end(), piece.begin(), piece.end());
          if (start.size() < header_bytes) return true;
          const Header header(start, file);
          header.check_place();
          promised = header.promised_bytes();
        }
        return total <= *promised + unpacked_slack_bytes;
      });
  require(status != Unpacked::damaged && promised, ErrorKind::unreadable_file,
          file + ": is cut short or damaged; export it again");
  require(status != Unpacked::stopped, ErrorKind::unreadable_file,
          file + ": is damaged: it unpacks to more than the " + to_text(*promised) +
              " bytes that its header promises; export it again");
  require_enough(total, *promised, file);
}

}  // namespace

std::string nifti_twin(const std::string& file) {
  std::string twin = file;
  if (is_compressed(file))
    twin.resize(file.size() - compression.size());
  else
    twin += compression;
  std::error_code ignored;  // what cannot be looked at cannot be read instead either
  const bool is_nifti = lower_case(is_compressed(file) ? twin : file).ends_with(".nii");
  return is_nifti && std::filesystem::exists(twin, ignored) ? twin : "";
}

void require_complete_nifti(const std::string& file) {
  require_no_uncompressed_twin(file);
  ByteWindow bytes(file);
  const auto start = bytes.at(0, header_bytes);
  if (is_gzip(start)) return check_packed(file);
  require(start.size() == header_bytes, ErrorKind::unreadable_file,
          file + ": is cut short or damaged; export it again");
  const Header header(start, file);
  header.check_place();
  require_enough(double(bytes.size()), header.promised_bytes(), file);
}

}  // namespace radiomics
