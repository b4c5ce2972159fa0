#include "samples/nifti.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <concepts>

#include "samples/files.h"

// Source of the layout: nifti1.h, the NIfTI-1.1 data format, https://nifti.nimh.nih.gov/nifti-1
namespace radiomics::samples {
namespace {

template <std::integral Integer>
void put(std::string& bytes, std::size_t at, Integer value) {
  for (std::size_t i = 0; i < sizeof value; ++i)
    bytes[at + i] = char(std::uint64_t(value) >> (8 * i) & 0xff);
}

void put(std::string& bytes, std::size_t at, double value) {
  put(bytes, at, std::bit_cast<std::uint32_t>(float(value)));
}

constexpr std::size_t header_size = 348, voxel_offset = 352;

struct VoxelType {
  std::int16_t code;  ///< 2 uint8, 4 int16
  std::int16_t bits;
};

void put_sizes(std::string& header, const Geometry& grid) {
  put(header, 40, std::int16_t(3));
  put(header, 76, grid.direction[8]);  // qfac
  for (int axis = 0; axis < 7; ++axis) {
    put(header, 42 + 2 * axis, std::int16_t(axis < 3 ? grid.size[axis] : 1));
    put(header, 80 + 4 * axis, axis < 3 ? grid.spacing_mm[axis] : 0.0);
  }
}

// NIfTI's x and y run to the right and to the front, DICOM's to the left and to the back. An axis
// of LPS is therefore turned half a circle about z: the quaternion (0, 0, 0, 1).
void put_place(std::string& header, const Geometry& grid) {
  assert(grid.direction[0] == grid.direction[4] && grid.direction[8] == 1);
  const bool turned = grid.direction[0] > 0;
  put(header, 252, std::int16_t(1));  // qform_code and sform_code: scanner coordinates
  put(header, 254, std::int16_t(1));
  put(header, 264, turned ? 1.0 : 0.0);  // quatern_d; b and c are 0
  for (int axis = 0; axis < 3; ++axis) {
    const double sign = axis < 2 ? -1 : 1;
    put(header, 268 + 4 * axis, sign * grid.origin_mm[axis]);
    for (int column = 0; column < 3; ++column)
      put(header, 280 + 16 * axis + 4 * column,
          sign * grid.direction[3 * axis + column] * grid.spacing_mm[column]);
    put(header, 292 + 16 * axis, sign * grid.origin_mm[axis]);
  }
}

std::string nifti_header(const Geometry& grid, VoxelType type, const std::string& description) {
  std::string header(voxel_offset, '\0');
  put(header, 0, std::int32_t(header_size));
  put_sizes(header, grid);
  put(header, 70, type.code);
  put(header, 72, type.bits);
  put(header, 108, double(voxel_offset));
  put(header, 112, 1.0);             // scl_slope
  put(header, 123, std::int8_t(2));  // xyzt_units: mm
  description.copy(&header[148], 79);
  put_place(header, grid);
  header.replace(344, 4, std::string("n+1\0", 4));
  return header;
}

/// \source RFC 1952, section 8
std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t table[256];
  for (std::uint32_t i = 0; i < 256; ++i) {
    table[i] = i;
    for (int bit = 0; bit < 8; ++bit) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320 : 0);
  }
  std::uint32_t crc = 0xffffffff;
  for (const char byte : bytes) crc = table[(crc ^ std::uint8_t(byte)) & 0xff] ^ crc >> 8;
  return ~crc;
}

/// \source RFC 1952; RFC 1951, section 3.2.4: stored blocks
std::string gzip_stored(const std::string& bytes) {
  constexpr std::size_t block_size = 65535;
  std::string result("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  for (std::size_t at = 0; at < bytes.size(); at += block_size) {
    const std::size_t length = std::min(block_size, bytes.size() - at);
    std::string head(5, '\0');
    head[0] = at + length == bytes.size();
    put(head, 1, std::uint16_t(length));
    put(head, 3, std::uint16_t(~length));
    result += head;
    result.append(bytes, at, length);
  }
  std::string tail(8, '\0');
  put(tail, 0, crc32(bytes));
  put(tail, 4, std::uint32_t(bytes.size()));
  return result + tail;
}

template <std::integral Voxel>
void write(const std::filesystem::path& file, const Volume<Voxel>& volume, VoxelType type,
           const std::string& description) {
  std::string bytes = nifti_header(volume.geometry(), type, description);
  bytes.resize(voxel_offset + volume.voxels().size() * sizeof(Voxel));
  std::size_t at = voxel_offset;
  for (const Voxel voxel : volume.voxels()) {
    put(bytes, at, voxel);
    at += sizeof voxel;
  }
  write_file(file, file.extension() == ".gz" ? gzip_stored(bytes) : bytes);
}

}  // namespace

void write_nifti(const std::filesystem::path& file, const Volume<std::int16_t>& volume,
                 const std::string& description) {
  write(file, volume, {4, 16}, description);
}

void write_nifti(const std::filesystem::path& file, const Mask& mask,
                 const std::string& description) {
  write(file, mask, {2, 8}, description);
}

}  // namespace radiomics::samples
