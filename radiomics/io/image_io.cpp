// ITK's readers are named here and used directly: no registry of factories is touched, and voxels
// stay in the type of the file.

#include "radiomics/io/image_io.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>

#include <itkMetaImageIO.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/metaimage_guard.h"
#include "radiomics/io/nifti_guard.h"
#include "radiomics/io/nrrd_guard.h"

namespace radiomics {
namespace {

using Format = itk::ImageIOBase;

/// The reader that recognises the file by its content.
Format::Pointer format_of(const std::string& file) {
  const auto nifti = itk::NiftiImageIO::New();
  if (nifti->CanReadFile(file.c_str())) {
    require_complete_nifti(file);
    return nifti.GetPointer();
  }
  const auto nrrd = itk::NrrdImageIO::New();
  if (nrrd->CanReadFile(file.c_str())) {
    require_complete_nrrd(file);
    return nrrd.GetPointer();
  }
  const auto meta = itk::MetaImageIO::New();
  if (meta->CanReadFile(file.c_str())) {
    require_complete_metaimage(file);
    return meta.GetPointer();
  }
  throw Error(ErrorKind::unreadable_file,
              file +
                  ": is no image that can be read; give a NIfTI, NRRD or MetaImage file, or a "
                  "DICOM folder");
}

void require_one_scalar_volume(const Format& header, const std::string& file) {
  require(header.GetNumberOfComponents() == 1, ErrorKind::unsupported_data,
          file + ": has " + to_text(header.GetNumberOfComponents()) +
              " values per voxel; give an image with one");
  for (unsigned axis = 3; axis < header.GetNumberOfDimensions(); ++axis)
    require(header.GetDimensions(axis) == 1, ErrorKind::unsupported_data,
            file + ": has " + to_text(header.GetNumberOfDimensions()) +
                " dimensions; give a single 3D volume");
}

// Files round directions to float: axes this far from perpendicular are.
constexpr double direction_tolerance = 1e-4;

void require_orthonormal(const Geometry& grid, const std::string& file) {
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) {
      double product = 0;
      for (int row = 0; row < 3; ++row)
        product += grid.direction[3 * row + a] * grid.direction[3 * row + b];
      require(std::abs(product - (a == b)) < direction_tolerance, ErrorKind::unsupported_data,
              file + ": the axes are not perpendicular; resample it onto an orthogonal grid");
    }
}

Geometry geometry_of(const Format& header, const std::string& file) {
  Geometry grid;
  const unsigned dimensions = std::min(3U, header.GetNumberOfDimensions());
  grid.size = {1, 1, 1};
  for (unsigned axis = 0; axis < dimensions; ++axis) {
    grid.size[axis] = int(header.GetDimensions(axis));
    grid.spacing_mm[axis] = header.GetSpacing(axis);
    grid.origin_mm[axis] = header.GetOrigin(axis);
    const std::vector<double> direction = header.GetDirection(axis);
    for (unsigned row = 0; row < dimensions; ++row)
      grid.direction[3 * row + axis] = direction[row] + 0.0;  // no -0
  }
  require(std::ranges::min(grid.size) > 0, ErrorKind::unsupported_data,
          file + ": has no voxels: size " + join(grid.size, "x"));
  require(std::ranges::all_of(grid.spacing_mm, [](double mm) { return mm > 0 && mm < 1e6; }),
          ErrorKind::unsupported_data,
          file + ": spacing " + join(grid.spacing_mm, "x") + " mm must be positive");
  require_orthonormal(grid, file);
  return grid;
}

/// Calls use(T{}) with the type in which the file keeps its voxels.
template <class Use>
void with_type_of(const Format& header, const std::string& file, Use use) {
  switch (header.GetComponentType()) {
    case Format::IOComponentType::UCHAR:
      return use(std::uint8_t{});
    case Format::IOComponentType::CHAR:
      return use(std::int8_t{});
    case Format::IOComponentType::USHORT:
      return use(std::uint16_t{});
    case Format::IOComponentType::SHORT:
      return use(std::int16_t{});
    case Format::IOComponentType::UINT:
      return use(std::uint32_t{});
    case Format::IOComponentType::INT:
      return use(std::int32_t{});
    case Format::IOComponentType::ULONG:
    case Format::IOComponentType::ULONGLONG:
      return use(std::uint64_t{});
    case Format::IOComponentType::LONG:
    case Format::IOComponentType::LONGLONG:
      return use(std::int64_t{});
    case Format::IOComponentType::FLOAT:
      return use(float{});
    case Format::IOComponentType::DOUBLE:
      return use(double{});
    default:
      throw Error(ErrorKind::unsupported_data,
                  file + ": its type of voxels is not known; convert it to 16-bit integers");
  }
}

/// A file whose header has been read, and its voxels once somebody asked for them.
class ImageFile {
 public:
  explicit ImageFile(std::string file) : file_(std::move(file)) {
    std::error_code ignored;  // what cannot be looked at counts as absent
    require(std::filesystem::is_regular_file(file_, ignored), ErrorKind::unreadable_file,
            file_ + ": no such file; check the path");
    summing_up_itk([this] {
      format_ = format_of(file_);
      format_->SetFileName(file_);
      format_->ReadImageInformation();
      require_one_scalar_volume(*format_, file_);
      geometry_ = geometry_of(*format_, file_);
    });
  }

  const Geometry& geometry() const { return geometry_; }

  ImageWindow read(const Box& box) {
    std::call_once(loaded_, [this] { summing_up_itk([this] { load(); }); });
    ImageWindow result{geometry_, box, Image(window(geometry_, box))};
    with_type_of(*format_, file_, [&](auto type) {
      copy_rows(reinterpret_cast<const decltype(type)*>(voxels_.data()), result);
    });
    return result;
  }

 private:
  template <class Action>
  void summing_up_itk(Action action) {
    try {
      action();
    } catch (const itk::ExceptionObject&) {
      throw Error(
          ErrorKind::unreadable_file,
          file_ + ": is damaged, cut short, has skewed axes or exceeds memory; export it again");
    }
  }

  void load() {
    itk::ImageIORegion all(format_->GetNumberOfDimensions());
    for (unsigned axis = 0; axis < format_->GetNumberOfDimensions(); ++axis)
      all.SetSize(axis, format_->GetDimensions(axis));
    format_->SetIORegion(all);
    voxels_.resize(std::size_t(format_->GetImageSizeInBytes()));
    format_->Read(voxels_.data());
  }

  template <class T>
  void copy_rows(const T* voxels, ImageWindow& result) const {
    const Index3 size = result.box.size();
    for (int z = 0; z < size[2]; ++z)
      for (int y = 0; y < size[1]; ++y) {
        const std::size_t row = std::size_t(result.box.first[2] + z) * geometry_.size[1] +
                                std::size_t(result.box.first[1] + y);
        const T* first = voxels + row * geometry_.size[0] + result.box.first[0];
        std::copy_n(first, size[0], &result.volume(0, y, z));
      }
  }

  std::string file_;
  Format::Pointer format_;
  Geometry geometry_;
  std::once_flag loaded_;
  std::vector<std::byte> voxels_;
};

// Masks that went through interpolation or float arithmetic hold 0.9999999 for 1.
constexpr double label_tolerance = 1e-3;

/// The label that a voxel value stands for.
int label_of(double value, const std::string& file) {
  const double label = std::round(value);
  if (!(std::abs(value - label) <= label_tolerance && std::abs(label) < 1e9))
    throw Error(ErrorKind::unsupported_data, file + ": the voxel value " + to_text(value) +
                                                 " is no label; give a mask of whole numbers");
  return int(label);
}

/// A label volume and the box of each label. The voxels stay in the type of the file.
class LabelFile {
 public:
  explicit LabelFile(std::string file) : file_(std::move(file)), voxels_(file_) {
    const Box all = whole(geometry());
    for (int z = 0; z <= all.last[2]; ++z)
      find_labels(voxels_.read({{0, 0, z}, {all.last[0], all.last[1], z}}).volume, z);
    require(!boxes_.empty(), ErrorKind::empty_region,
            file_ + ": the mask is empty, all voxels are 0; draw a region first");
  }

  const Geometry& geometry() const { return voxels_.geometry(); }
  const std::map<int, Box>& boxes() const { return boxes_; }
  bool rounded() const { return rounded_; }

  MaskWindow mask(int label, const Geometry& grid) {
    const Box& box = boxes_.at(label);
    const Image values = voxels_.read(box).volume;
    MaskWindow result{grid, box, Mask(window(grid, box))};
    std::ranges::transform(values.voxels(), result.volume.voxels().begin(),
                           [label](double value) { return std::round(value) == label; });
    return result;
  }

 private:
  void find_labels(const Image& slice, int z) {
    const Index3 size = slice.geometry().size;
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x)
        if (const double value = slice(x, y, 0); value != 0) {
          const int label = label_of(value, file_);
          rounded_ = rounded_ || label != value;
          if (label != 0) include({x, y, z}, boxes_.try_emplace(label, Box{{x, y, z}, {x, y, z}}));
        }
  }

  using Place = std::pair<std::map<int, Box>::iterator, bool>;
  static void include(const Index3& voxel, Place place) {
    Box& box = place.first->second;
    for (int axis = 0; axis < 3; ++axis) {
      box.first[axis] = std::min(box.first[axis], voxel[axis]);
      box.last[axis] = std::max(box.last[axis], voxel[axis]);
    }
  }

  std::string file_;
  ImageFile voxels_;
  std::map<int, Box> boxes_;
  bool rounded_ = false;
};

}  // namespace

ImageSource open_image_file(const std::filesystem::path& file) {
  const auto opened = std::make_shared<ImageFile>(file.string());
  ImageSource source;
  source.geometry = opened->geometry();
  source.read = [opened](const Box& box) { return opened->read(box); };
  return source;
}

MaskSource open_label_file(const std::filesystem::path& file) {
  const auto labels = std::make_shared<LabelFile>(file.string());
  MaskSource source;
  source.kind = "labels";
  for (const auto& [label, box] : labels->boxes()) source.names.push_back(to_text(label));
  if (labels->rounded())
    source.warnings.push_back("voxel values were rounded to the nearest whole number");
  source.mask = [labels, path = file.string()](const std::string& name,
                                               const Geometry& grid) -> RegionMask {
    const auto label = to_integer(name);
    require(label && labels->boxes().contains(*label), ErrorKind::unknown_region,
            path + ": there is no label '" + one_line(name) + "'");
    const std::string mismatch = difference(labels->geometry(), grid);
    require(mismatch.empty(), ErrorKind::geometry_mismatch,
            path + ": is not on the grid of the image: " + mismatch +
                "; resample the mask onto the image");
    return {labels->mask(*label, grid), {}};
  };
  return source;
}

}  // namespace radiomics
