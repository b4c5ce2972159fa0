#pragma once

#include <string>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/image_header.h"

namespace radiomics {

/// The parts of a series that holds several volumes: phases of a 4D scan, echoes, acquisitions of
/// the same place, original and derived images. Internal to io.

/// The values of the attributes that may tell the images of one place from each other, "" where one
/// is absent. In this order: acquisition number, stack, temporal position, percentage of the
/// cardiac phase, trigger time, frame reference time (dynamic PET), echo number, echo time,
/// b-value, inversion time, image type, tube voltage, time of acquisition, time of content.
std::vector<std::string> part_values(const ImageHeader& header);

/// The acquisition that an image is of; "" if it does not say.
std::string acquisition_of(const DicomSlice& slice);

/// A series of which several images share a place, or lie in planes of several orientations, sizes
/// or pixel spacings, cut by the first attribute of part_values(), or by the first two of them
/// together, of which every image has a value and which leaves every part with one kind of plane
/// and no two images in one place; one of which every image has its own value tells nothing, unless
/// all images lie in one place. A series is cut by its acquisition numbers, too, if its images are
/// not evenly spaced, but those of each acquisition are, and acquisitions reach into each other
/// (two passes with an overlap).
///
/// Parts are in order of their values and carry words and a number. A number is shown, "echo time
/// 4.6"; of times and texts the rank is, "time point 2". Localizers stay with the first part.
/// Acquisitions that continue each other are one volume. Where nothing tells the images apart, or
/// places are not known, the series stays whole, and open_series() judges it.
///
/// \source  what scanners write into one series: the Philips and Siemens notes of dcm2niix; the
///          list of attributes by which 3D Slicer offers parts of a series
std::vector<DicomSeries> split_into_parts(DicomSeries series);

/// The one of several series that holds any of the images with these SOPInstanceUIDs; null if none
/// does, or several do.
const DicomSeries* series_with_images(const std::vector<const DicomSeries*>& series,
                                      const std::vector<std::string>& instance_uids);

}  // namespace radiomics
