#include "radiomics/io/contour_mask.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/contour_raster.h"
#include "radiomics/io/dicom_tolerances.h"
#include "radiomics/io/short_text.h"

namespace radiomics {
namespace {

/// No scanner reaches further: such a coordinate is damaged.
constexpr double farthest_mm = 1e5;

/// What rounding can make of a contour of `total` voxels, and copies of it differ by.
bool is_negligible(std::size_t voxels, std::size_t total) {
  return double(voxels) <= std::max(1.0, 0.002 * double(total));
}

/// A contour on its slice.
struct PlanarContour {
  int z = 0;
  std::vector<SlicePoint> points;
};

/// What happened on the way to a mask.
struct Tally {
  int too_short = 0;
  int repeated = 0;
  int crossing = 0;
  int cut_off = 0;
};

std::vector<Vector3> indices_of(const Contour& contour, const Geometry& grid,
                                const std::string& subject) {
  std::vector<Vector3> indices;
  indices.reserve(contour.size());
  for (const Vector3& point : contour) {
    const bool near =
        std::ranges::all_of(point, [](double value) { return std::abs(value) <= farthest_mm; });
    if (!near)  // not require(): there are many points, and its message is always made
      throw Error(ErrorKind::invalid_region, subject + ": a contour has a point at (" +
                                                 join(point, ", ") +
                                                 ") mm, beyond any patient; draw the region again");
    indices.push_back(index_at(grid, point));
  }
  return indices;
}

bool is_beyond(double z, int slices) { return std::round(z) < 0 || std::round(z) >= slices; }

int nearest_slice(const std::vector<Vector3>& indices, const Geometry& grid,
                  const std::string& subject) {
  const double spacing_mm = grid.spacing_mm[2];
  double sum = 0;
  for (const Vector3& index : indices) sum += index[2];
  const double z = sum / double(indices.size());
  double off_plane = 0;
  for (const Vector3& index : indices) off_plane = std::max(off_plane, std::abs(index[2] - z));
  require(off_plane <= dicom_tolerance::off_slice, ErrorKind::invalid_region,
          subject + ": a contour is not planar: its points lie up to " +
              short_text(off_plane * spacing_mm) + " mm off its plane, slices are " +
              short_text(spacing_mm) + " mm apart; draw the region slice by slice");
  // What lies beyond the first or last slice is cut off, between whichever slices it would be.
  const double off_slice = is_beyond(z, grid.size[2]) ? 0 : std::abs(z - std::round(z));
  require(off_slice <= dicom_tolerance::off_slice, ErrorKind::geometry_mismatch,
          subject + ": a contour lies " + short_text(off_slice * spacing_mm) +
              " mm off the nearest slice, slices are " + short_text(spacing_mm) +
              " mm apart; give the image that it was drawn on, with all its slices");
  return int(std::clamp(std::round(z), -1e9, 1e9));
}

bool leaves(const PlanarContour& contour, const Geometry& grid) {
  if (contour.z < 0 || contour.z >= grid.size[2]) return true;
  return std::ranges::any_of(contour.points, [&grid](const SlicePoint& point) {
    return point[0] < -0.5 || point[0] > grid.size[0] - 0.5 || point[1] < -0.5 ||
           point[1] > grid.size[1] - 0.5;
  });
}

PlanarContour on_its_slice(const Contour& contour, const Geometry& grid,
                           const std::string& subject) {
  const std::vector<Vector3> indices = indices_of(contour, grid, subject);
  PlanarContour result{nearest_slice(indices, grid, subject), {}};
  result.points.reserve(indices.size());
  for (const Vector3& index : indices) result.points.push_back({index[0], index[1]});
  return result;
}

bool is_repeated(const Runs& runs, const std::vector<Runs>& earlier) {
  const auto count = voxel_count(runs);
  return std::ranges::any_of(earlier, [&](const Runs& other) {
    const auto other_count = voxel_count(other);
    const auto [fewer, largest] = std::minmax(count, other_count);
    return is_negligible(largest - fewer, largest) &&  // decides most, and costs little
           is_negligible(voxel_count(exclusive_or(runs, other)), largest);
  });
}

/// The contours of one slice, combined.
class SliceRegion {
 public:
  void add(const PlanarContour& contour, const Geometry& grid, Tally& tally) {
    ContourRaster raster = rasterise(contour.points, grid.size[0], grid.size[1]);
    tally.crossing += !is_negligible(raster.crossed_voxels, voxel_count(raster.runs));
    if (raster.runs.empty()) return;
    if (is_repeated(raster.runs, contours_)) {
      ++tally.repeated;
      return;
    }
    runs_ = exclusive_or(runs_, raster.runs);
    contours_.push_back(std::move(raster.runs));
  }

  const Runs& runs() const { return runs_; }

 private:
  Runs runs_;
  std::vector<Runs> contours_;
};

using Slices = std::map<int, SliceRegion>;

Slices combine(const std::vector<Contour>& contours, const Geometry& grid,
               const std::string& subject, Tally& tally) {
  Slices slices;
  for (const Contour& contour : contours) {
    if (contour.size() < 3) {
      ++tally.too_short;
      continue;
    }
    const PlanarContour planar = on_its_slice(contour, grid, subject);
    tally.cut_off += leaves(planar, grid);
    if (planar.z >= 0 && planar.z < grid.size[2]) slices[planar.z].add(planar, grid, tally);
  }
  std::erase_if(slices, [](const auto& slice) { return slice.second.runs().empty(); });
  return slices;
}

Box bounding_box(const Slices& slices, const Geometry& grid) {
  Box box{grid.size, {-1, -1, -1}};
  for (const auto& [z, slice] : slices)
    for (const VoxelRun& run : slice.runs()) {
      box.first = {std::min(box.first[0], run.first), std::min(box.first[1], run.y),
                   std::min(box.first[2], z)};
      box.last = {std::max(box.last[0], run.end - 1), std::max(box.last[1], run.y),
                  std::max(box.last[2], z)};
    }
  return box;
}

Mask fill(const Slices& slices, const Geometry& grid, const Box& box) {
  Mask mask(window(grid, box));
  for (const auto& [z, slice] : slices)
    for (const VoxelRun& run : slice.runs())
      std::fill_n(&mask(run.first - box.first[0], run.y - box.first[1], z - box.first[2]),
                  run.end - run.first, std::uint8_t{1});
  return mask;
}

std::vector<std::string> warnings_of(const Tally& tally, int gaps) {
  std::vector<std::string> warnings;
  const auto warn = [&warnings](int count, const std::string& what) {
    if (count > 0) warnings.push_back(what + ": " + to_text(count));
  };
  warn(tally.too_short, "contours of fewer than three points are ignored");
  warn(tally.repeated, "contours that repeat another one count once");
  warn(tally.crossing, "contours cross themselves; what they encircle twice is taken as outside");
  warn(tally.cut_off, "contours reach outside the image and are cut off there");
  warn(gaps, "slices between contours have none and stay empty");
  return warnings;
}

}  // namespace

RegionMask contour_mask(const std::vector<Contour>& contours, const Geometry& grid,
                        const std::string& subject) {
  Tally tally;
  const Slices slices = combine(contours, grid, subject, tally);
  require(
      !slices.empty(), ErrorKind::empty_region,
      subject + ": no voxel of the image lies inside its " + to_text(contours.size()) +
          " contours" +
          (tally.cut_off > 0 ? ", of which " + to_text(tally.cut_off) + " leave the image" : "") +
          "; choose another region or draw it again");
  const Box box = bounding_box(slices, grid);
  const int gaps = box.size()[2] - int(slices.size());
  return {{grid, box, fill(slices, grid, box)}, warnings_of(tally, gaps)};
}

}  // namespace radiomics
