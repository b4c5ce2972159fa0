// ITK's readers are named here and used directly: no registry of factories is touched, and voxels
// stay in the type of the file.

#include "radiomics/io/image_file.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <system_error>
#include <utility>

#include <itkMetaDataObject.h>
#include <itkMetaImageIO.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/metaimage_guard.h"
#include "radiomics/io/nifti_guard.h"
#include "radiomics/io/nifti_header.h"
#include "radiomics/io/nrrd_guard.h"
#include "radiomics/io/stated_geometry.h"

namespace radiomics {
namespace {

using Format = itk::ImageIOBase;

// ITK makes its list of factories when it is first asked for, and its reader of NIfTI keeps the
// name of the last file in a static string: it sees headers from one thread at a time.
std::mutex reading_a_header;

/// A reader, and what is to be said about the header.
struct Recognised {
  Format::Pointer format;
  std::vector<std::string> warnings;
  bool nifti_floats = false;  ///< voxels that ITK must not read, see read_nifti_floats()
};

/// A reader, if it recognises the file.
template <class Reader>
Format::Pointer reader_of(const std::string& file) {
  const std::lock_guard lock(reading_a_header);
  const auto reader = Reader::New();
  return reader->CanReadFile(file.c_str()) ? Format::Pointer(reader.GetPointer()) : nullptr;
}

void read_header(Format& format, const std::string& file) {
  const std::lock_guard lock(reading_a_header);
  format.SetFileName(file);
  format.ReadImageInformation();
}

/// The reader that recognises the file by its content, once header and length have been checked.
Recognised recognise(const std::string& file) {
  require_no_nifti_2(file);
  if (auto nifti = reader_of<itk::NiftiImageIO>(file)) {
    require_complete_nifti(file);
    return {std::move(nifti), check_nifti_header(file), nifti_holds_floats(file)};
  }
  if (auto nrrd = reader_of<itk::NrrdImageIO>(file)) {
    require_complete_nrrd(file);
    return {std::move(nrrd), check_nrrd_header(file), false};
  }
  if (auto meta = reader_of<itk::MetaImageIO>(file)) {
    require_complete_metaimage(file);
    return {std::move(meta), check_metaimage_header(file), false};
  }
  throw Error(ErrorKind::unreadable_file,
              file +
                  ": is no image that can be read; give a NIfTI, NRRD or MetaImage file, or a "
                  "DICOM folder");
}

void require_one_volume(const Format& header, const std::string& file) {
  for (unsigned axis = 3; axis < header.GetNumberOfDimensions(); ++axis)
    require(header.GetDimensions(axis) == 1, ErrorKind::unsupported_data,
            file + ": has " + to_text(header.GetNumberOfDimensions()) + " dimensions and " +
                to_text(header.GetDimensions(axis)) + " volumes; give a single 3D volume");
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
    grid.origin_mm[axis] = header.GetOrigin(axis) + 0.0;  // no -0
    const std::vector<double> direction = header.GetDirection(axis);
    for (unsigned row = 0; row < dimensions; ++row)
      grid.direction[3 * row + axis] = direction[row] + 0.0;
  }
  require(std::ranges::min(grid.size) > 0, ErrorKind::unsupported_data,
          file + ": has no voxels: size " + join(grid.size, "x"));
  require(std::ranges::all_of(grid.spacing_mm, [](double mm) { return mm > 0 && mm < 1e6; }),
          ErrorKind::unsupported_data,
          file + ": spacing " + join(grid.spacing_mm, "x") + " mm must be positive");
  require(std::ranges::all_of(grid.origin_mm, [](double mm) { return std::abs(mm) < 1e9; }),
          ErrorKind::unsupported_data,
          file + ": origin (" + join(grid.origin_mm, ", ") + ") mm is no position");
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

template <class Action>
void summing_up_itk(const std::string& file, Action action) {
  try {
    action();
  } catch (const itk::ExceptionObject&) {
    throw Error(
        ErrorKind::unreadable_file,
        file + ": is damaged, cut short, has skewed axes or exceeds memory; export it again");
  }
}

/// Copies one layer of a box; the layers of a voxel lie side by side.
template <class T>
void copy_rows(const T* voxels, std::size_t layer_count, std::size_t layer, ImageWindow& result) {
  const Index3 size = result.box.size();
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y) {
      const std::size_t row = std::size_t(result.box.first[2] + z) * result.grid.size[1] +
                              std::size_t(result.box.first[1] + y);
      const T* from =
          voxels + (row * result.grid.size[0] + result.box.first[0]) * layer_count + layer;
      double* to = &result.volume(0, y, z);
      for (int x = 0; x < size[0]; ++x) to[x] = double(from[x * layer_count]);
    }
}

}  // namespace

struct ImageFile::Voxels {
  Format::Pointer format;
  bool nifti_floats = false;
  std::once_flag loaded;
  std::vector<std::byte> bytes;

  void load(const std::string& file) {
    bytes.resize(std::size_t(format->GetImageSizeInBytes()));
    if (nifti_floats) return read_nifti_floats(file, bytes);
    itk::ImageIORegion all(format->GetNumberOfDimensions());
    for (unsigned axis = 0; axis < format->GetNumberOfDimensions(); ++axis)
      all.SetSize(axis, format->GetDimensions(axis));
    format->SetIORegion(all);
    format->Read(bytes.data());
  }
};

ImageFile::ImageFile(const std::filesystem::path& file)
    : name_(file.string()), voxels_(std::make_unique<Voxels>()) {
  std::error_code ignored;  // what cannot be looked at counts as absent
  require(std::filesystem::is_regular_file(file, ignored), ErrorKind::unreadable_file,
          name_ + ": no such file; check the path");
  summing_up_itk(name_, [this] {
    auto [format, warnings, nifti_floats] = recognise(name_);
    read_header(*format, name_);
    require_one_volume(*format, name_);
    geometry_ = geometry_of(*format, name_);
    if (format->GetNumberOfDimensions() < 3)
      warnings.push_back("has two dimensions: its voxels are taken to be 1 mm thick");
    voxels_->format = std::move(format);
    voxels_->nifti_floats = nifti_floats;
    warnings_ = std::move(warnings);
  });
}

ImageFile::~ImageFile() = default;

int ImageFile::layers() const { return int(voxels_->format->GetNumberOfComponents()); }

bool ImageFile::holds_floats() const {
  const auto type = voxels_->format->GetComponentType();
  return type == Format::IOComponentType::FLOAT || type == Format::IOComponentType::DOUBLE;
}

std::map<std::string, std::string> ImageFile::key_values() const {
  const itk::MetaDataDictionary& dictionary = voxels_->format->GetMetaDataDictionary();
  std::map<std::string, std::string> pairs;
  for (const std::string& key : dictionary.GetKeys())
    if (std::string value; itk::ExposeMetaData(dictionary, key, value)) pairs[key] = value;
  return pairs;
}

ImageWindow ImageFile::read(const Box& box, int layer) const {
  std::call_once(voxels_->loaded,
                 [this] { summing_up_itk(name_, [this] { voxels_->load(name_); }); });
  ImageWindow result{geometry_, box, Image(window(geometry_, box))};
  with_type_of(*voxels_->format, name_, [&](auto type) {
    copy_rows(reinterpret_cast<const decltype(type)*>(voxels_->bytes.data()), std::size_t(layers()),
              std::size_t(layer), result);
  });
  return result;
}

}  // namespace radiomics
