#pragma once

#include <map>
#include <string>
#include <vector>

#include "radiomics/io/label_volume.h"

namespace radiomics {

/// A segment of a 3D Slicer segmentation (.seg.nrrd).
struct SlicerSegment {
  std::string name;  ///< in UTF-8; the ID where no name is given
  LabelKey key;      ///< the value that its voxels have, and in which layer
};

/// Whether a file's key/value pairs are those of a Slicer segmentation, whatever the file is
/// called. Its grid may be a part of the image's, or reach beyond it. Internal to io.
bool is_slicer_segmentation(const std::map<std::string, std::string>& pairs);

/// The segments of a Slicer segmentation, in the order of the file. Internal to io.
///
/// Files before Slicer 4.11 have one volume per segment, with value 1, and state neither layer nor
/// value. The extents that files state are not used: the voxels say where a segment is.
/// \param layers   of the file
/// \param subject  what an error message starts with: the file
/// \throws Error  unreadable_file if a segment's layer is not there, its value is no label or
/// another
///                segment has the same;
///                unsupported_data if the voxels are fractions
/// \source https://slicer.readthedocs.io, developer guide, Segmentations: .seg.nrrd
std::vector<SlicerSegment> slicer_segments(const std::map<std::string, std::string>& pairs,
                                           int layers, const std::string& subject);

}  // namespace radiomics
