#pragma once

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/image_source.h"

namespace radiomics {

/// A series of CT, MR or PT images as one volume: single-frame files, or the frames of enhanced
/// multi-frame files.
///
/// The slices are put in order by their positions; file names, instance numbers and SliceThickness
/// do not count. x runs along the rows of the image, y along its columns, z along their cross
/// product, so that the axes are right-handed. The slices have to make up a box grid: one size,
/// pixel spacing and orientation, evenly spaced along the normal (dicom_tolerances.h).
///
/// Left out with a warning: localizers, and copies of a file. Other warnings: a single slice (its
/// thickness stands for the spacing), SpacingBetweenSlices that differs from the positions,
/// acquisitions whose slices alternate, no frame of reference, compression with a loss, a CT that
/// is not in HU by its RescaleType, a PET that is not in SUV by its Units, damaged files beside the
/// slices.
///
/// Only headers have been looked at; read() decodes the slices of its box, and keeps them as they
/// are stored: 2 bytes a pixel for nearly all scanners, 79 MB for 150 slices of 512x512. Where
/// pixels are not compressed it reads and keeps the rows of the boxes only. Pixel padding values
/// stay as they are stored; real world value mappings are not looked at.
///
/// \throws Error  unsupported_data if the slices make up no box grid, or are of several patients,
///                or a CT or PT image has no rescale, or pixels or transfer syntax are of another
///                kind: the file, the values and the remedy are named; unreadable_file if a file is
///                shorter than its pixels.
ImageSource open_series(const DicomSeries& series);

}  // namespace radiomics
