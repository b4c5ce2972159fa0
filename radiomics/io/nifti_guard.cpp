// Fields of the header: https://nifti.nimh.nih.gov/nifti-1 (nifti1.h).

#include "radiomics/io/nifti_guard.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

#include <itk_zlib.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr int header_bytes = 348;

/// The header's numbers, in whichever byte order it was written.
class Header {
 public:
  explicit Header(std::span<const char> bytes)
      : bytes_(bytes), swapped_(std::int32_t(plain<std::int32_t>(0)) != header_bytes) {}

  bool has_voxels_in_the_same_file() const { return std::memcmp(&bytes_[344], "n+1", 4) == 0; }

  /// The length of the file that offset, dimensions and type of the voxels ask for.
  double promised_bytes() const {
    double voxels = 1;
    const int dimensions = std::clamp<int>(number<std::int16_t>(40), 0, 7);
    for (int axis = 1; axis <= dimensions; ++axis) voxels *= number<std::int16_t>(40 + 2 * axis);
    const double bits_per_voxel = number<std::int16_t>(72), offset = number<float>(108);
    return offset + voxels * bits_per_voxel / 8;
  }

 private:
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

  std::span<const char> bytes_;
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
  // gzread() also passes files through that are not compressed.
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"), gzclose);
  std::vector<char> buffer(1 << 20);
  const auto read = [&] { return gzread(stream.get(), buffer.data(), unsigned(buffer.size())); };
  int got = stream ? read() : -1;
  require(got > header_bytes, ErrorKind::unreadable_file,
          file + ": is cut short or damaged; export it again");
  const Header header({buffer.data(), header_bytes});
  require(header.has_voxels_in_the_same_file(), ErrorKind::unsupported_data,
          file + ": has its voxels in a second file; convert it to a single .nii file");
  const double promised = header.promised_bytes();
  double total = 0;
  for (; got > 0; got = read()) total += got;
  require(got == 0, ErrorKind::unreadable_file,
          file + ": is cut short or damaged; export it again");
  require(total >= promised, ErrorKind::unreadable_file,
          file + ": is cut short: " + to_text(total) + " of " + to_text(promised) +
              " bytes; export it again");
}

}  // namespace radiomics
