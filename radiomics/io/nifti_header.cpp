#include "radiomics/io/nifti_header.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>

#include <itk_zlib.h>

#include "radiomics/core/error.h"
#include "radiomics/core/geometry.h"
#include "radiomics/core/text.h"
#include "radiomics/io/short_text.h"
#include "radiomics/io/stated_geometry.h"

namespace radiomics {
namespace {

constexpr int nifti_1_bytes = 348, nifti_2_bytes = 540;

using HeaderBytes = std::array<char, nifti_1_bytes>;

// gzread() also passes files through that are not compressed.
using Stream = std::unique_ptr<gzFile_s, int (*)(gzFile)>;

Stream open_stream(const std::string& file) { return {gzopen(file.c_str(), "rb"), gzclose}; }

HeaderBytes first_bytes(const std::string& file) {
  HeaderBytes bytes{};  // what is missing is 0; the guard has refused short files
  const Stream stream = open_stream(file);
  if (stream) gzread(stream.get(), bytes.data(), unsigned(bytes.size()));
  return bytes;
}

/// The header's numbers, in whichever byte order it was written.
class Fields {
 public:
  explicit Fields(const HeaderBytes& bytes)
      : bytes_(bytes), swapped_(plain<std::int32_t>(0) != nifti_1_bytes) {}

  template <class T>
  T number(std::size_t offset) const {
    auto bytes = plain<std::array<char, sizeof(T)>>(offset);
    if (swapped_) std::ranges::reverse(bytes);
    return std::bit_cast<T>(bytes);
  }
  int code(std::size_t offset) const { return number<std::int16_t>(offset); }
  double real(std::size_t offset) const { return number<float>(offset); }
  bool swapped() const { return swapped_; }

 private:
  template <class T>
  T plain(std::size_t offset) const {
    T value;
    std::memcpy(&value, &bytes_[offset], sizeof value);
    return value;
  }

  const HeaderBytes& bytes_;
  bool swapped_;
};

/// From voxels to the file's patient frame: three columns and an origin. The columns of an sform
/// need not be perpendicular, so that this is no Geometry.
struct Transform {
  std::array<Vector3, 3> steps_mm{};
  Vector3 origin_mm{};

  Vector3 at(const Index3& voxel) const {
    Vector3 position = origin_mm;
    for (int axis = 0; axis < 3; ++axis)
      for (int row = 0; row < 3; ++row) position[row] += voxel[axis] * steps_mm[axis][row];
    return position;
  }
};

Vector3 voxel_size(const Fields& header) {
  return {header.real(80), header.real(84), header.real(88)};
}

/// \source nifti1.h, method 2
Transform qform(const Fields& header) {
  const double b = header.real(256), c = header.real(260), d = header.real(264);
  const double a = std::sqrt(std::max(0.0, 1 - b * b - c * c - d * d));
  const Vector3 size = voxel_size(header);
  const double z = size[2] * (header.real(76) < 0 ? -1 : 1);
  const auto scaled = [](double factor, const Vector3& v) {
    return Vector3{factor * v[0], factor * v[1], factor * v[2]};
  };
  return {
      {scaled(size[0], {a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)}),
       scaled(size[1], {2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)}),
       scaled(z, {2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - c * c - b * b})},
      {header.real(268), header.real(272), header.real(276)}};
}

/// \source nifti1.h, method 3
Transform sform(const Fields& header) {
  Transform result;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t axis = 0; axis < 3; ++axis)
      result.steps_mm[axis][row] = header.real(280 + 16 * row + 4 * axis);
    result.origin_mm[row] = header.real(292 + 16 * row);
  }
  return result;
}

Vector3 lengths(const Transform& transform) {
  Vector3 result{};
  for (int axis = 0; axis < 3; ++axis) {
    const auto& [x, y, z] = transform.steps_mm[axis];
    result[axis] = std::sqrt(x * x + y * y + z * z);
  }
  return result;
}

constexpr double tolerance_voxels = 0.2;

/// How far the corners of the grid are apart under two transforms, in mm.
double largest_distance_mm(const Transform& a, const Transform& b, const Index3& size) {
  double largest = 0;
  for (const int z : {0, size[2] - 1})
    for (const int y : {0, size[1] - 1})
      for (const int x : {0, size[0] - 1}) {
        const Vector3 in_a = a.at({x, y, z}), in_b = b.at({x, y, z});
        double squared = 0;
        for (int row = 0; row < 3; ++row)
          squared += (in_a[row] - in_b[row]) * (in_a[row] - in_b[row]);
        if (!(squared <= largest * largest)) largest = std::sqrt(squared);  // NaN too
      }
  return largest;
}

Index3 size_of(const Fields& header) {
  Index3 size{1, 1, 1};
  for (int axis = 0; axis < std::min(3, header.code(40)); ++axis)
    size[axis] = std::max(1, header.code(42 + 2 * std::size_t(axis)));
  return size;
}

/// The sform with the voxel size of pixdim: what ITK makes of it.
Transform with_size(Transform transform, const Vector3& size_mm) {
  const Vector3 own = lengths(transform);
  for (int axis = 0; axis < 3; ++axis)
    for (double& step : transform.steps_mm[axis]) step *= size_mm[axis] / own[axis];
  return transform;
}

void require_one_placement(const Fields& header, const std::string& file) {
  const bool has_qform = header.code(252) > 0, has_sform = header.code(254) > 0;
  if (!has_sform) return;
  const Vector3 size_mm = voxel_size(header);
  const double tolerance_mm = tolerance_voxels * std::ranges::min(size_mm);
  const Transform s = sform(header), sized = with_size(s, size_mm);
  require(largest_distance_mm(s, sized, size_of(header)) <= tolerance_mm,
          ErrorKind::unsupported_data,
          file + ": its sform has voxels of " + short_text(lengths(s), "x") +
              " mm, its pixdim of " + short_text(size_mm, "x") + " mm; correct the wrong one");
  if (!has_qform) return;
  const Transform q = qform(header);
  const double off_mm = largest_distance_mm(q, s, size_of(header));
  require(off_mm <= tolerance_mm, ErrorKind::unsupported_data,
          file + ": its qform places the first voxel at (" + short_text(q.origin_mm, ", ") +
              ") mm, its sform at (" + short_text(s.origin_mm, ", ") + ") mm, and corners up to " +
              short_text(off_mm) + " mm apart; set the wrong one's code to 0 or make them equal");
}

void require_millimetres(const Fields& header, const std::string& file) {
  const int unit = header.number<std::uint8_t>(123) & 7;
  require(unit == 0 || unit == 2, ErrorKind::unsupported_data,
          file + ": its spacing is in " +
              (unit == 1   ? "metres"
               : unit == 3 ? "micrometres"
                           : "an unknown unit (" + to_text(unit) + ")") +
              "; convert it to millimetres");
}

// The format's library takes what is no number for 0.
double finite_or_0(double value) { return std::isfinite(value) ? value : 0; }

void require_clear_scaling(const Fields& header, const std::string& file) {
  const double slope = finite_or_0(header.real(112)), intercept = finite_or_0(header.real(116));
  require(slope != 0 || intercept == 0, ErrorKind::unsupported_data,
          file + ": its scl_inter is " + to_text(intercept) +
              " without an scl_slope; set scl_slope to 1 or scl_inter to 0");
}

// ---- voxels ----

constexpr int float_type = 16, double_type = 64;

bool read_all(gzFile stream, std::span<std::byte> to) {
  constexpr std::size_t most_at_once = 1 << 30;  // zlib counts in int
  while (!to.empty()) {
    const int got = gzread(stream, to.data(), unsigned(std::min(to.size(), most_at_once)));
    if (got <= 0) return false;
    to = to.subspan(std::size_t(got));
  }
  return true;
}

/// Puts voxels into the machine's byte order and scales them.
template <class T>
void finish(std::span<std::byte> bytes, const Fields& header) {
  double slope = finite_or_0(header.real(112)), intercept = finite_or_0(header.real(116));
  if (slope == 0) slope = 1, intercept = 0;
  if (slope == 1 && intercept == 0 && !header.swapped()) return;
  for (std::size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
    if (header.swapped()) std::ranges::reverse(bytes.subspan(i, sizeof(T)));
    T value;
    std::memcpy(&value, &bytes[i], sizeof(T));
    value = T(value * slope + intercept);
    std::memcpy(&bytes[i], &value, sizeof(T));
  }
}

}  // namespace

bool nifti_holds_floats(const std::string& file) {
  const HeaderBytes bytes = first_bytes(file);
  const int type = Fields(bytes).code(70);
  return type == float_type || type == double_type;
}

void read_nifti_floats(const std::string& file, std::span<std::byte> voxels) {
  const HeaderBytes bytes = first_bytes(file);
  const Fields header(bytes);
  const Stream stream = open_stream(file);
  const auto offset = z_off_t(std::max(352.0, header.real(108)));
  require(
      stream && gzseek(stream.get(), offset, SEEK_SET) == offset && read_all(stream.get(), voxels),
      ErrorKind::unreadable_file, file + ": is cut short or damaged; export it again");
  if (header.code(70) == float_type)
    finish<float>(voxels, header);
  else
    finish<double>(voxels, header);
}

void require_no_nifti_2(const std::string& file) {
  const HeaderBytes bytes = first_bytes(file);
  std::int32_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof length);
  const auto swapped = std::int32_t(__builtin_bswap32(std::uint32_t(length)));
  const bool is_nifti_2 = (length == nifti_2_bytes || swapped == nifti_2_bytes) &&
                          std::memcmp(&bytes[4], "n+2", 3) == 0;
  require(!is_nifti_2, ErrorKind::unsupported_data,
          file + ": is NIfTI-2, which is not read; convert it to NIfTI-1");
}

std::vector<std::string> check_nifti_header(const std::string& file) {
  const HeaderBytes bytes = first_bytes(file);
  const Fields header(bytes);
  require_millimetres(header, file);
  require_clear_scaling(header, file);
  require_one_placement(header, file);
  if (header.code(252) > 0 || header.code(254) > 0) return {};
  return {no_orientation};
}

}  // namespace radiomics
