#pragma once

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/image_source.h"

namespace radiomics {

/// A series of single-frame CT, MR or PT images as one volume.
///
/// The slices are put in order by their positions; file names, instance numbers and SliceThickness
/// do not count. x runs along the rows of the image, y along its columns, z along their cross
/// product, so that the axes are right-handed. The slices have to make up a box grid: one size,
/// pixel spacing and orientation, evenly spaced along the normal (dicom_tolerances.h).
///
/// Left out with a warning: localizers, and copies of a file. Other warnings: a single slice (its
/// thickness stands for the spacing), no frame of reference, compression with a loss.
/// Only headers have been looked at; read() decodes the slices of its box, keeps them, and keeps
/// the file's 16 bits where the values are whole numbers that fit.
///
/// \throws Error  unsupported_data if the slices make up no box grid, or are of several patients,
///                or a CT or PT image has no rescale: the file, the values and the remedy are
///                named; unreadable_file if a file is shorter than its pixels.
ImageSource open_series(const DicomSeries& series);

}  // namespace radiomics
