#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "radiomics/io/named_mask.h"

namespace radiomics {

/// The files that label images are written to, by the end of their name.
enum class LabelFormat {
  nifti,             ///< .nii
  compressed_nifti,  ///< .nii.gz
  nrrd,              ///< .nrrd
  slicer_nrrd,       ///< .seg.nrrd: NRRD with the names of the regions, as 3D Slicer has it
  metaimage,         ///< .mha
};

/// By the end of the name, whatever its case; nothing if it is none of them.
std::optional<LabelFormat> label_format(const std::filesystem::path& file);

/// Writes regions as one label image on the whole grid of their image, in whole or not at all: 0
/// outside, else the region's label, in 8 bits, or in 16 if a label exceeds 255.
///
/// NRRD and MetaImage keep the grid to the last bit but one, NIfTI rounds it to float. What can be
/// compressed is; the same regions give the same bytes. Regions that share voxels need .seg.nrrd,
/// which has them in several layers: a fourth dimension, the first in the file. Memory: one slice,
/// and the compressed voxels.
///
/// \param file     whose name ends as one of the formats
/// \param regions  at least one, all on one grid
/// \return the labels: 1, 2, ... in the order of the regions, or their names where all are
///         different whole numbers from 1 to 65535, as those of a label image
/// \throws Error unwritable_output, also if regions share voxels and the format has no layers, if
///         there are more than 65535, if the grid does not fit into the format, or if a.nii.gz
///         would lie beside a.nii: ITK's reader takes one for the other
/// \source NIfTI-1: https://nifti.nimh.nih.gov/nifti-1; NRRD: https://teem.sourceforge.net/nrrd;
///         Segment fields: 3D Slicer, vtkMRMLSegmentationStorageNode
std::vector<int> write_labels(const std::filesystem::path& file,
                              std::span<const NamedMask> regions);

}  // namespace radiomics
