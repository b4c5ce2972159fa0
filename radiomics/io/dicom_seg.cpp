// Attributes: DICOM PS3.3, C.8.20.2 (segmentation image), C.7.6.16 (functional groups).

#include "radiomics/io/dicom_seg.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_references.h"
#include "radiomics/io/frame_placement.h"
#include "radiomics/io/grid_placement.h"
#include "radiomics/io/region_names.h"
#include "radiomics/io/seg_pixels.h"

namespace radiomics {
namespace {

enum class SegKind { binary, fractional, label_map };

struct Frame {
  FramePlane plane;
  int segment = 0;  ///< in a label map 0: any
};

struct Segmentation {
  SegKind kind = SegKind::binary;
  unsigned maximum = 1;  ///< of a fractional segmentation
  SegFrameLayout layout;
  std::vector<Segment> segments;
  std::vector<Frame> frames;
  SegPixels pixels;

  bool inside(unsigned value, const Segment& segment) const {
    if (kind == SegKind::fractional) return value * 2 >= maximum;
    return value == (kind == SegKind::label_map ? unsigned(segment.number) : 1u);
  }
};

// --- the file ------------------------------------------------------------------------------------

void check(bool condition, const std::string& subject, const std::string& problem) {
  require(condition, ErrorKind::unreadable_file, subject + ": " + problem + "; export it again");
}

SegKind kind_of(DcmItem& dataset, const std::string& subject) {
  const std::string type = text(dataset, DCM_SegmentationType);
  if (type == "BINARY") return SegKind::binary;
  if (type == "FRACTIONAL") return SegKind::fractional;
  require(type == "LABELMAP", ErrorKind::unsupported_data,
          subject + ": the segmentation type '" + one_line(valid_utf8(type)) +
              "' is not BINARY, FRACTIONAL or LABELMAP; convert it");
  return SegKind::label_map;
}

SegFrameLayout layout_of(DcmItem& dataset, SegKind kind, const std::string& subject) {
  SegFrameLayout layout;
  layout.rows = integer(dataset, DCM_Rows).value_or(0);
  layout.columns = integer(dataset, DCM_Columns).value_or(0);
  layout.bits = integer(dataset, DCM_BitsAllocated).value_or(0);
  check(layout.rows > 0 && layout.columns > 0, subject,
        "has frames of " + to_text(layout.columns) + "x" + to_text(layout.rows) + " pixels");
  const bool known = kind == SegKind::binary       ? layout.bits == 1
                     : kind == SegKind::fractional ? layout.bits == 8
                                                   : layout.bits == 8 || layout.bits == 16;
  check(known, subject,
        "has " + to_text(layout.bits) + " bits per pixel, which its segmentation type does not");
  return layout;
}

/// The first item of a functional group, which belongs to one frame or to all.
DcmItem* group(const std::vector<DcmItem*>& frame_then_shared, const DcmTagKey& sequence) {
  for (DcmItem* holder : frame_then_shared)
    if (const auto found = items(*holder, sequence); !found.empty()) return found.front();
  return nullptr;
}

std::vector<double> group_numbers(const std::vector<DcmItem*>& holders, const DcmTagKey& sequence,
                                  const DcmTagKey& tag, std::size_t count,
                                  const std::string& subject) {
  DcmItem* item = group(holders, sequence);
  auto values = item ? numbers(*item, tag) : std::nullopt;
  check(values && values->size() == count, subject,
        "a frame has no position, orientation or pixel spacing");
  return std::move(*values);
}

FramePlane plane_of(const std::vector<DcmItem*>& holders, const SegFrameLayout& layout,
                    const std::string& subject) {
  const auto position =
      group_numbers(holders, DCM_PlanePositionSequence, DCM_ImagePositionPatient, 3, subject);
  const auto direction =
      group_numbers(holders, DCM_PlaneOrientationSequence, DCM_ImageOrientationPatient, 6, subject);
  const auto spacing =
      group_numbers(holders, DCM_PixelMeasuresSequence, DCM_PixelSpacing, 2, subject);
  FramePlane plane{layout.rows, layout.columns, {}, {}, {}};
  for (std::size_t i = 0; i < 3; ++i) {
    plane.position_mm[i] = position[i];
    plane.column_step_mm[i] = direction[i] * spacing[1];
    plane.row_step_mm[i] = direction[i + 3] * spacing[0];
  }
  return plane;
}

int segment_of(const std::vector<DcmItem*>& holders, const std::vector<Segment>& segments,
               const std::string& subject) {
  DcmItem* item = group(holders, DCM_SegmentIdentificationSequence);
  const int number = item ? integer(*item, DCM_ReferencedSegmentNumber).value_or(-1) : -1;
  check(number >= 0, subject, "a frame does not name its segment");
  const bool known = std::ranges::find(segments, number, &Segment::number) != segments.end();
  check(known, subject, "a frame belongs to segment " + to_text(number) + ", which is not defined");
  return number;
}

std::vector<Frame> frames_of(DcmItem& dataset, const Segmentation& segmentation,
                             const std::string& subject) {
  const auto shared = items(dataset, DCM_SharedFunctionalGroupsSequence);
  std::vector<Frame> frames;
  for (DcmItem* frame : items(dataset, DCM_PerFrameFunctionalGroupsSequence)) {
    std::vector<DcmItem*> holders{frame};
    if (!shared.empty()) holders.push_back(shared.front());
    const int segment = segmentation.kind == SegKind::label_map
                            ? 0
                            : segment_of(holders, segmentation.segments, subject);
    frames.push_back({plane_of(holders, segmentation.layout, subject), segment});
  }
  const auto stated = integer(dataset, DCM_NumberOfFrames).value_or(1);
  check(stated == int(frames.size()), subject,
        "says that it has " + to_text(stated) + " frames, but describes " + to_text(frames.size()));
  return frames;
}

unsigned maximum_of(DcmItem& dataset, const std::string& subject) {
  const auto maximum = integer(dataset, DCM_MaximumFractionalValue);
  check(maximum.value_or(0) > 0, subject, "has no MaximumFractionalValue above 0");
  return unsigned(*maximum);
}

Segmentation read_segmentation(const DicomFile& object, const std::string& subject) {
  DcmItem& dataset = object.dataset();
  Segmentation result;
  result.kind = kind_of(dataset, subject);
  if (result.kind == SegKind::fractional) result.maximum = maximum_of(dataset, subject);
  result.layout = layout_of(dataset, result.kind, subject);
  result.segments = seg_segments(dataset);
  check(!result.segments.empty(), subject, "defines no segments");
  result.frames = frames_of(dataset, result, subject);
  result.layout.frames = result.frames.size();
  result.pixels = read_seg_pixels(object, result.layout, subject);
  return result;
}

// --- the mask ------------------------------------------------------------------------------------

/// Calls found(voxel, value) for all pixels of a segment's frames that are not 0; the voxel may lie
/// outside the grid.
template <class Found>
void for_each_pixel(const Segmentation& source, const Segment& segment, const Geometry& grid,
                    const std::string& subject, const Found& found) {
  for (std::size_t f = 0; f < source.frames.size(); ++f) {
    const Frame& frame = source.frames[f];
    if (frame.segment != 0 && frame.segment != segment.number) continue;
    const FramePlacement placement = place_frame(frame.plane, grid, subject);
    const std::size_t end = source.layout.frame_pixels();
    const auto columns = std::size_t(source.layout.columns);
    for (std::size_t pixel = source.pixels.next_set(f, 0, end); pixel < end;
         pixel = source.pixels.next_set(f, pixel + 1, end))
      found(placement.voxel(int(pixel / columns), int(pixel % columns)),
            source.pixels.value(f, pixel));
  }
}

struct Extent {
  Box box;  ///< of the voxels inside segment and image
  std::size_t cut_off = 0;
  std::size_t partial = 0;
};

Extent extent_of(const Segmentation& source, const Segment& segment, const Geometry& grid,
                 const std::string& subject) {
  Extent extent{{grid.size, {-1, -1, -1}}, 0, 0};
  for_each_pixel(source, segment, grid, subject, [&](const Index3& voxel, unsigned value) {
    if (source.kind == SegKind::fractional) extent.partial += value < source.maximum;
    if (!source.inside(value, segment)) return;
    if (!contains(grid, voxel)) {
      ++extent.cut_off;
      return;
    }
    for (int axis = 0; axis < 3; ++axis) {
      extent.box.first[axis] = std::min(extent.box.first[axis], voxel[axis]);
      extent.box.last[axis] = std::max(extent.box.last[axis], voxel[axis]);
    }
  });
  return extent;
}

Mask fill(const Segmentation& source, const Segment& segment, const Geometry& grid, const Box& box,
          const std::string& subject) {
  Mask mask(window(grid, box));
  for_each_pixel(source, segment, grid, subject, [&](const Index3& voxel, unsigned value) {
    if (source.inside(value, segment) && contains(grid, voxel))
      mask(voxel[0] - box.first[0], voxel[1] - box.first[1], voxel[2] - box.first[2]) = 1;
  });
  return mask;
}

RegionMask to_mask(const Segmentation& source, const Segment& segment, const Geometry& grid,
                   const std::string& subject) {
  const Extent extent = extent_of(source, segment, grid, subject);
  require(!extent.box.empty(), ErrorKind::empty_region,
          subject + ": has no voxel inside the image and " + to_text(extent.cut_off) +
              " outside; choose another region");
  RegionMask result{{grid, extent.box, fill(source, segment, grid, extent.box, subject)}, {}};
  if (extent.cut_off > 0)
    result.warnings.push_back("voxels outside the image are cut off: " + to_text(extent.cut_off));
  if (extent.partial > 0)
    result.warnings.push_back(
        "voxels that belong to the region in part: " + to_text(extent.partial) +
        "; those of at least half (" + to_text(source.maximum / 2.0) + " of " +
        to_text(source.maximum) + ") count as inside");
  return result;
}

}  // namespace

MaskSource open_dicom_seg(const std::filesystem::path& file) {
  return open_dicom_seg(open_dicom_object(file, "SEG"), file.string());
}

MaskSource open_dicom_seg(const DicomFile& object, const std::string& name) {
  const auto contents = std::make_shared<const Segmentation>(read_segmentation(object, name));
  MaskSource source;
  source.references = seg_references(object.dataset());
  for (const Segment& segment : contents->segments) source.names.push_back(segment.label);
  warn_of_replaced_characters(source);
  source.mask = [contents, name, names = source.names](const std::string& region,
                                                       const Geometry& grid) {
    const std::size_t i = only_index_of(region, names, name);
    return to_mask(*contents, contents->segments[i], grid, name + ": region '" + region + "'");
  };
  return source;
}

}  // namespace radiomics
