#pragma once

#include <string>
#include <vector>

#include "tests/support/files.h"

namespace radiomics {

/// A file whose header has another value at an offset.
template <class T>
std::string with(std::string bytes, std::size_t offset, T value) {
  std::memcpy(&bytes[offset], &value, sizeof value);
  return bytes;
}

/// A file of which one piece of text, which has to be there, is another.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

/// The same files with floats for voxels.
inline std::string float_nifti_bytes(const Geometry& grid, const std::vector<float>& voxels) {
  const std::string header = nifti_bytes(grid, {});
  return with(with(header, 70, std::int16_t(16)), 72, std::int16_t(32)) + raw(voxels);
}

inline std::string float_nrrd_bytes(const Geometry& grid, const std::vector<float>& voxels) {
  return replaced(nrrd_bytes(grid, {}), "type: short", "type: float") + raw(voxels);
}

}  // namespace radiomics
