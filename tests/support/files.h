#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "radiomics/core/volume.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

/// The bytes of numbers as they lie in memory.
template <class T>
std::string raw(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// Uncompressed files of 16-bit voxels.
inline std::string nifti_bytes(const Geometry& grid, const std::vector<std::int16_t>& voxels) {
  std::string header(352, '\0');
  const auto put = [&](std::size_t offset, auto value) {
    std::memcpy(&header[offset], &value, sizeof value);
  };
  put(0, std::int32_t(348));
  put(40, std::int16_t(3));
  for (int axis = 0; axis < 3; ++axis) put(42 + 2 * axis, std::int16_t(grid.size[axis]));
  for (int axis = 3; axis < 7; ++axis) put(42 + 2 * axis, std::int16_t(1));
  put(70, std::int16_t(4));   // signed 16 bit
  put(72, std::int16_t(16));  // bits
  for (int axis = 0; axis < 3; ++axis) put(80 + 4 * axis, float(grid.spacing_mm[axis]));
  put(76, 1.0F);
  put(108, 352.0F);
  put(112, 1.0F);
  put(254, std::int16_t(1));  // sform: from voxels to right-anterior-superior, hence the signs
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1 : 1;
    for (std::size_t axis = 0; axis < 3; ++axis)
      put(280 + 16 * row + 4 * axis,
          float(sign * grid.direction[3 * row + axis] * grid.spacing_mm[axis]));
    put(292 + 16 * row, float(sign * grid.origin_mm[row]));
  }
  header.replace(344, 3, "n+1");
  return header + raw(voxels);
}

inline std::string metaimage_bytes(const Geometry& grid, const std::vector<std::int16_t>& voxels) {
  std::ostringstream header;
  const auto& [x, y, z] = grid.size;
  header << "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
         << "TransformMatrix =";
  for (int axis = 0; axis < 3; ++axis)
    for (int row = 0; row < 3; ++row) header << ' ' << grid.direction[3 * row + axis];
  header << "\nOffset = " << grid.origin_mm[0] << ' ' << grid.origin_mm[1] << ' '
         << grid.origin_mm[2] << "\nElementSpacing = " << grid.spacing_mm[0] << ' '
         << grid.spacing_mm[1] << ' ' << grid.spacing_mm[2] << "\nDimSize = " << x << ' ' << y
         << ' ' << z << "\nElementType = MET_SHORT\nElementDataFile = LOCAL\n";
  return header.str() + raw(voxels);
}

inline std::string nrrd_bytes(const Geometry& grid, const std::vector<std::int16_t>& voxels) {
  std::ostringstream header;
  header << "NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: "
         << grid.size[0] << ' ' << grid.size[1] << ' ' << grid.size[2] << "\nspace directions:";
  header.precision(17);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto part = [&](std::size_t row) {
      return grid.direction[3 * row + axis] * grid.spacing_mm[axis];
    };
    header << " (" << part(0) << ',' << part(1) << ',' << part(2) << ')';
  }
  header << "\nkinds: domain domain domain\nendian: little\nencoding: raw\n"
         << "space origin: (" << grid.origin_mm[0] << ',' << grid.origin_mm[1] << ','
         << grid.origin_mm[2] << ")\n\n";
  return header.str() + raw(voxels);
}

}  // namespace radiomics
