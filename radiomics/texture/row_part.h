// What NGLDM and the search for zones share: they take a row of voxels at once.

#pragma once

#include <cstdint>

#include "radiomics/core/volume.h"

namespace radiomics {

/// The voxels of a row of a region: from the first to behind the last, with gaps.
struct RowPart {
  int begin, end, y, z;

  bool empty() const { return begin == end; }
};

/// \param levels  0 outside the region
inline RowPart part_of_row(const Volume<std::uint16_t>& levels, int y, int z) {
  const std::uint16_t* row = &levels(0, y, z);
  int begin = 0, end = levels.geometry().size[0];
  while (begin < end && row[begin] == 0) ++begin;
  while (begin < end && row[end - 1] == 0) --end;
  return {begin, end, y, z};
}

}  // namespace radiomics
