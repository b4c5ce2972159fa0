// Headers are written by hand: all digits of the grid, the same bytes every time, and one slice of
// labels in memory at a time.

#include "radiomics/io/label_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include <itk_zlib.h>

#include "radiomics/core/error.h"
#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"
#include "radiomics/io/label_layers.h"
#include "radiomics/io/nifti_guard.h"

namespace radiomics {
namespace {

constexpr std::pair<std::string_view, LabelFormat> endings[] = {
    {".nii", LabelFormat::nifti},
    {".nii.gz", LabelFormat::compressed_nifti},
    {".seg.nrrd", LabelFormat::slicer_nrrd},
    {".nrrd", LabelFormat::nrrd},
    {".mha", LabelFormat::metaimage},
};

// --- bytes ---------------------------------------------------------------------------------------

enum class Wrapper { zlib = 15, gzip = 15 + 16 };  // window bits of deflateInit2()

/// Compresses bytes that arrive in pieces. No time and no name of a file goes into the result.
class Compressor {
 public:
  explicit Compressor(Wrapper wrapper) {
    const int status = deflateInit2(&state_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, int(wrapper), 8,
                                    Z_DEFAULT_STRATEGY);
    require(status == Z_OK, ErrorKind::unwritable_output,
            "memory ran out while compressing; close other programs");
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  ~Compressor() { deflateEnd(&state_); }

  void add(std::string_view bytes) { run(bytes, Z_NO_FLUSH); }
  std::string finish() {
    run({}, Z_FINISH);
    return std::move(result_);
  }

 private:
  void run(std::string_view bytes, int flush) {
    // zlib does not change its input
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    state_.avail_in = uInt(bytes.size());
    std::array<char, 1 << 16> buffer;
    do {
      state_.next_out = reinterpret_cast<Bytef*>(buffer.data());
      state_.avail_out = uInt(buffer.size());
      deflate(&state_, flush);
      result_.append(buffer.data(), buffer.size() - state_.avail_out);
    } while (state_.avail_out == 0);
  }

  z_stream state_{};
  std::string result_;
};

std::string compressed(const LabelLayers& volume, Wrapper wrapper, std::string_view before = "") {
  Compressor compressor(wrapper);
  compressor.add(before);
  for (int z = 0; z < volume.grid().size[2]; ++z) compressor.add(volume.slice(z));
  return compressor.finish();
}

// --- NIfTI ---------------------------------------------------------------------------------------

/// A header of 348 bytes and 4 that say that nothing is between it and the voxels.
class NiftiHeader {
 public:
  template <class T>
  void put(std::size_t offset, T value) {
    auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(value);
    if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(bytes);
    std::ranges::copy(bytes, bytes_.begin() + std::ptrdiff_t(offset));
  }
  void put_text(std::size_t offset, std::string_view text) {
    std::ranges::copy(text, bytes_.begin() + std::ptrdiff_t(offset));
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_ = std::string(352, '\0');
};

using Matrix3 = std::array<double, 9>;  // rows

double determinant(const Matrix3& m) {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
         m[2] * (m[3] * m[7] - m[4] * m[6]);
}

/// The quaternion (w, x, y, z) of a rotation, w not negative. Divides by its largest component.
std::array<double, 4> quaternion(const Matrix3& m) {
  const double trace = m[0] + m[4] + m[8];
  // four times the squares of the components
  const std::array<double, 4> squares{1 + trace, 1 - trace + 2 * m[0], 1 - trace + 2 * m[4],
                                      1 - trace + 2 * m[8]};
  // four times the products of component i and component j
  const double xw = m[7] - m[5], yw = m[2] - m[6], zw = m[3] - m[1];
  const double xy = m[1] + m[3], xz = m[2] + m[6], yz = m[5] + m[7];
  const std::array<std::array<double, 4>, 4> products{{{squares[0], xw, yw, zw},
                                                       {xw, squares[1], xy, xz},
                                                       {yw, xy, squares[2], yz},
                                                       {zw, xz, yz, squares[3]}}};
  const auto largest = std::size_t(std::ranges::max_element(squares) - squares.begin());
  std::array<double, 4> result = products[largest];
  const double scale = 0.5 / std::sqrt(squares[largest]);
  for (double& component : result) component *= result[0] < 0 ? -scale : scale;
  return result;
}

/// NIfTI's axes are right-anterior-superior: the first two are turned round.
double ras(const Geometry& grid, int row, int axis) {
  return (row < 2 ? -1 : 1) * grid.direction[3 * row + axis];
}

void put_placement(NiftiHeader& header, const Geometry& grid) {
  Matrix3 rotation{};
  for (int row = 0; row < 3; ++row)
    for (int axis = 0; axis < 3; ++axis) rotation[3 * row + axis] = ras(grid, row, axis);
  const double handedness = determinant(rotation) < 0 ? -1 : 1;
  for (const std::size_t i : {2, 5, 8}) rotation[i] *= handedness;
  header.put(76, float(handedness));
  const auto turned = quaternion(rotation);
  for (std::size_t i = 0; i < 3; ++i) {
    const double origin = (i < 2 ? -1 : 1) * grid.origin_mm[i];
    header.put(256 + 4 * i, float(turned[i + 1]));
    header.put(268 + 4 * i, float(origin));
    header.put(292 + 16 * i, float(origin));
    for (std::size_t axis = 0; axis < 3; ++axis)
      header.put(280 + 16 * i + 4 * axis,
                 float(ras(grid, int(i), int(axis)) * grid.spacing_mm[axis]));
  }
  header.put(252, std::int16_t(1));  // both placements are those of the scanner
  header.put(254, std::int16_t(1));
}

Geometry rounded_to_float(Geometry grid) {
  for (double& value : grid.spacing_mm) value = float(value);
  for (double& value : grid.origin_mm) value = float(value);
  for (double& value : grid.direction) value = float(value);
  return grid;
}

std::string nifti_header(const LabelLayers& volume, const std::string& file) {
  const Geometry& grid = volume.grid();
  const std::string rounding = difference(grid, rounded_to_float(grid));
  require(rounding.empty(), ErrorKind::unwritable_output,
          file + ": NIfTI rounds the grid of the image too much: " + rounding + "; write .nrrd");
  require(std::ranges::max(grid.size) <= 32767, ErrorKind::unwritable_output,
          file + ": NIfTI holds 32767 voxels along an axis, and the image has " +
              join(grid.size, "x") + "; write .nrrd");
  const int bytes = volume.bytes_per_label();
  NiftiHeader header;
  header.put(0, std::int32_t(348));
  const std::array<int, 8> dimensions{3, grid.size[0], grid.size[1], grid.size[2], 1, 1, 1, 1};
  for (std::size_t i = 0; i < 8; ++i) header.put(40 + 2 * i, std::int16_t(dimensions[i]));
  header.put(70, std::int16_t(bytes == 1 ? 2 : 512));  // unsigned, of 8 or 16 bits
  header.put(72, std::int16_t(8 * bytes));
  for (std::size_t axis = 0; axis < 3; ++axis)
    header.put(80 + 4 * axis, float(grid.spacing_mm[axis]));
  header.put(108, 352.0F);           // where the voxels begin
  header.put(112, 1.0F);             // values are as stored
  header.put(123, std::uint8_t(2));  // mm
  put_placement(header, grid);
  header.put_text(344, "n+1");
  return header.bytes();
}

// --- NRRD ----------------------------------------------------------------------------------------

std::string vector_text(const Vector3& vector) { return "(" + join(vector, ",") + ")"; }

Vector3 step_mm(const Geometry& grid, int axis) {
  Vector3 step{};
  for (int row = 0; row < 3; ++row)
    step[row] = grid.direction[3 * row + axis] * grid.spacing_mm[axis];
  return step;
}

/// The value of a key: line ends and backslashes are escaped.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : one_line(text)) result.append(c == '\\' ? 2 : 1, c);
  return result;
}

/// Where the voxels of a region lie: first and last along x, y and z.
std::string extent(const Box& box) {
  std::vector<int> limits;
  for (int axis = 0; axis < 3; ++axis) {
    limits.push_back(box.first[axis]);
    limits.push_back(box.last[axis]);
  }
  return join(limits, " ");
}

// Colours that people with any colour vision tell apart (Okabe and Ito, 2008).
constexpr std::string_view colours[] = {"0.9 0.6 0",  "0.35 0.7 0.9", "0 0.6 0.5",  "0.95 0.9 0.25",
                                        "0 0.45 0.7", "0.8 0.4 0",    "0.8 0.6 0.7"};

/// What 3D Slicer knows of its segments.
std::string segment_fields(const LabelLayers& volume) {
  std::string text;
  for (std::size_t i = 0; i < volume.regions().size(); ++i) {
    const NamedMask& region = volume.regions()[i];
    const std::string key = "Segment" + to_text(i) + "_";
    text += key + "Color:=" + std::string(colours[i % std::size(colours)]) + "\n";
    text += key + "Extent:=" + extent(region.mask.box) + "\n";
    text += key + "ID:=Segment_" + to_text(i + 1) + "\n";
    text += key + "LabelValue:=" + to_text(volume.labels()[i]) + "\n";
    text += key + "Layer:=" + to_text(volume.layers()[i]) + "\n";
    text += key + "Name:=" + escaped(region.name) + "\n";
  }
  return text +
         "Segmentation_ContainedRepresentationNames:=Binary labelmap|\n"
         "Segmentation_MasterRepresentation:=Binary labelmap\n"
         "Segmentation_ReferenceImageExtentOffset:=0 0 0\n";
}

std::string nrrd_header(const LabelLayers& volume, bool with_segments) {
  const Geometry& grid = volume.grid();
  const int layers = volume.layer_count();
  std::string text = "NRRD0004\ntype: ";
  text += volume.bytes_per_label() == 1 ? "uint8" : "uint16";
  text += std::string("\ndimension: ") + (layers > 1 ? "4" : "3");
  text += "\nspace: left-posterior-superior\nsizes: ";
  text += (layers > 1 ? to_text(layers) + " " : "") + join(grid.size, " ");
  text += std::string("\nspace directions:") + (layers > 1 ? " none" : "");
  for (int axis = 0; axis < 3; ++axis) text += " " + vector_text(step_mm(grid, axis));
  text += std::string("\nkinds:") + (layers > 1 ? " list" : "") + " domain domain domain";
  text += "\nendian: little\nencoding: gzip\nspace origin: " + vector_text(grid.origin_mm) + "\n";
  return text + (with_segments ? segment_fields(volume) : "") + "\n";
}

// --- MetaImage -----------------------------------------------------------------------------------

std::string metaimage_header(const LabelLayers& volume, std::size_t compressed_bytes) {
  const Geometry& grid = volume.grid();
  std::vector<double> axes;  // one after the other
  for (int axis = 0; axis < 3; ++axis)
    for (int row = 0; row < 3; ++row) axes.push_back(grid.direction[3 * row + axis]);
  return "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
         "CompressedData = True\nCompressedDataSize = " +
         to_text(compressed_bytes) + "\nTransformMatrix = " + join(axes, " ") +
         "\nOffset = " + join(grid.origin_mm, " ") +
         "\nCenterOfRotation = 0 0 0\nElementSpacing = " + join(grid.spacing_mm, " ") +
         "\nDimSize = " + join(grid.size, " ") +
         "\nElementType = " + (volume.bytes_per_label() == 1 ? "MET_UCHAR" : "MET_USHORT") +
         "\nElementDataFile = LOCAL\n";
}

// --- files ---------------------------------------------------------------------------------------

void write(std::ostream& out, const LabelLayers& volume, LabelFormat format,
           const std::string& file) {
  switch (format) {
    case LabelFormat::nifti:
      out << nifti_header(volume, file);
      for (int z = 0; z < volume.grid().size[2]; ++z) out << volume.slice(z);
      return;
    case LabelFormat::compressed_nifti:
      out << compressed(volume, Wrapper::gzip, nifti_header(volume, file));
      return;
    case LabelFormat::nrrd:
    case LabelFormat::slicer_nrrd:
      out << nrrd_header(volume, format == LabelFormat::slicer_nrrd)
          << compressed(volume, Wrapper::gzip);
      return;
    case LabelFormat::metaimage: {
      const std::string voxels = compressed(volume, Wrapper::zlib);
      out << metaimage_header(volume, voxels.size()) << voxels;
    }
  }
}

/// Regions that share voxels do not fit into one layer.
void require_one_layer(std::span<const NamedMask> regions, const std::vector<int>& layers,
                       const std::string& file) {
  for (std::size_t i = 0; i < regions.size(); ++i) {
    if (layers[i] == 0) continue;
    for (std::size_t j = 0; j < i; ++j)
      if (const auto shared = shared_voxels(regions[j].mask, regions[i].mask); shared > 0)
        throw Error(ErrorKind::unwritable_output,
                    file + ": the regions '" + regions[j].name + "' and '" + regions[i].name +
                        "' share voxels: " + to_text(shared) +
                        ", which this format has no room for; choose one of them with --roi, or "
                        "write .seg.nrrd or .dcm");
  }
}

void require_no_twin(const std::string& file) {
  const std::string twin = nifti_twin(file);
  require(twin.empty(), ErrorKind::unwritable_output,
          file + ": would lie beside " + twin +
              ", and programs would take one for the other; give another name");
}

}  // namespace

std::optional<LabelFormat> label_format(const std::filesystem::path& file) {
  const std::string name = lower_case(file.filename().string());
  for (const auto& [ending, format] : endings)
    if (name.ends_with(ending) && name.size() > ending.size()) return format;
  return {};
}

std::vector<int> write_labels(const std::filesystem::path& file,
                              std::span<const NamedMask> regions) {
  const std::optional<LabelFormat> format = label_format(file);
  require(format.has_value(), ErrorKind::unwritable_output,
          file.string() + ": the name ends as none of .nii, .nii.gz, .nrrd, .seg.nrrd and .mha");
  require(regions.size() <= 65535, ErrorKind::unwritable_output,
          file.string() + ": " + to_text(regions.size()) +
              " regions are more than the 65535 labels of 16 bits; choose some with --roi");
  require_no_twin(file.string());
  const std::vector<int> layers = layers_of(regions);
  if (format != LabelFormat::slicer_nrrd) require_one_layer(regions, layers, file.string());
  const LabelLayers volume(regions, layers);
  write_file(file, [&](std::ostream& out) { write(out, volume, *format, file.string()); });
  return volume.labels();
}

}  // namespace radiomics
