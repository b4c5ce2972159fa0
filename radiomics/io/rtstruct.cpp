// The contours are kept as the text of the file until their ROI is asked for: opening a file of
// many ROIs stays cheap, and damage in one does not touch the others.

#include "radiomics/io/rtstruct.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/contour_mask.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_references.h"
#include "radiomics/io/region_names.h"

namespace radiomics {
namespace {

struct StoredContour {
  std::string type;  ///< "CLOSED_PLANAR"
  std::string data;  ///< coordinates, separated by backslashes
  std::optional<int> stated_points;
  std::string image_uid;  ///< the image that it was drawn on; "" where it names none
};

struct StoredRegion {
  std::vector<StoredContour> contours;
  std::string frame_of_reference_uid;
};

StoredRegion stored(const RtRegion& region) {
  StoredRegion result{{}, region.frame_of_reference_uid};
  for (DcmItem* contour : region.contours)
    result.contours.push_back(
        {text(*contour, DCM_ContourGeometricType), text(*contour, DCM_ContourData),
         integer(*contour, DCM_NumberOfContourPoints), named_image(*contour)});
  return result;
}

Contour parse(const StoredContour& stored, const std::string& subject) {
  const auto values = parse_numbers(stored.data);
  require(values.has_value(), ErrorKind::invalid_region,
          subject + ": a contour has a coordinate that is no finite number; export it again");
  require(values->size() % 3 == 0, ErrorKind::invalid_region,
          subject + ": a contour has " + to_text(values->size()) +
              " coordinates, which is no multiple of three; export it again");
  Contour contour;
  contour.reserve(values->size() / 3);
  for (std::size_t i = 0; i < values->size(); i += 3)
    contour.push_back({(*values)[i], (*values)[i + 1], (*values)[i + 2]});
  return contour;
}

void require_closed(const StoredContour& contour, const std::string& subject) {
  const bool closed = contour.type == "CLOSED_PLANAR" || contour.type == "CLOSEDPLANAR_XOR";
  require(closed, ErrorKind::invalid_region,
          subject + ": a contour is of the type '" + one_line(valid_utf8(contour.type)) +
              "', not CLOSED_PLANAR; close it");
}

int nearest_slice(const Vector3& point_mm, const Geometry& grid) {
  return int(std::round(std::clamp(index_at(grid, point_mm)[2], -1e9, 1e9)));
}

RegionMask to_mask(const StoredRegion& region, const Geometry& grid, const std::string& subject) {
  require(!region.contours.empty(), ErrorKind::empty_region,
          subject + ": has no contours; choose another region or draw it");
  std::vector<Contour> contours;
  std::vector<NamedSlice> drawn_on;
  int points = 0, miscounted = 0;
  for (const StoredContour& stored : region.contours) {
    if (stored.type == "POINT") {
      ++points;
      continue;
    }
    require_closed(stored, subject);
    contours.push_back(parse(stored, subject));
    miscounted += stored.stated_points && *stored.stated_points != int(contours.back().size());
    if (!stored.image_uid.empty() && !contours.back().empty())
      drawn_on.push_back({nearest_slice(contours.back().front(), grid), stored.image_uid});
  }
  RegionMask result = contour_mask(contours, grid, subject);
  if (points > 0) result.warnings.push_back("points are ignored: " + to_text(points));
  if (miscounted > 0)
    result.warnings.push_back("contours state another number of points than they have: " +
                              to_text(miscounted));
  result.frame_of_reference_uid = region.frame_of_reference_uid;
  result.drawn_on = std::move(drawn_on);
  return result;
}

void require_one_of_each_number(const std::vector<RtRegion>& regions, const std::string& name) {
  std::set<int> numbers;
  for (const RtRegion& region : regions)
    require(numbers.insert(region.number).second, ErrorKind::ambiguous_input,
            name + ": two regions have the number " + to_text(region.number) +
                ", so their contours cannot be told apart; export it again");
}

}  // namespace

MaskSource open_rtstruct(const std::filesystem::path& file) {
  return open_rtstruct(open_dicom_object(file, "RTSTRUCT"), file.string());
}

MaskSource open_rtstruct(const DicomFile& object, const std::string& name) {
  const std::vector<RtRegion> regions = rtstruct_regions(object.dataset());
  require(!regions.empty(), ErrorKind::unsupported_data,
          name + ": holds no regions; give an RTSTRUCT with contours");
  require_one_of_each_number(regions, name);

  MaskSource source;
  source.references = rtstruct_references(object.dataset());
  const bool several_frames = source.references.frame_of_reference_uids.size() > 1;
  const auto contents = std::make_shared<std::vector<StoredRegion>>();
  for (const RtRegion& region : regions) {
    if (region.only_points()) continue;
    source.names.push_back(region.name);
    contents->push_back(stored(region));
    if (!several_frames) contents->back().frame_of_reference_uid.clear();
  }
  if (const auto left_out = regions.size() - source.names.size())
    source.warnings.push_back("regions of points only are left out: " + to_text(left_out));
  warn_of_replaced_characters(source);
  source.mask = [contents, name, names = source.names](const std::string& roi,
                                                       const Geometry& grid) {
    const std::size_t i = only_index_of(roi, names, name);
    return to_mask((*contents)[i], grid, name + ": region '" + roi + "'");
  };
  return source;
}

}  // namespace radiomics
