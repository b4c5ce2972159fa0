#include "radiomics/io/image_io.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/image_file.h"

namespace radiomics {
namespace {

void require_finite(const ImageWindow& part, const std::string& file) {
  const auto voxels = part.volume.voxels();
  const auto found = std::ranges::find_if_not(voxels, [](double v) { return std::isfinite(v); });
  if (found == voxels.end()) return;
  const auto place = int(found - voxels.begin());
  const Index3 size = part.box.size();
  const Index3 voxel{part.box.first[0] + place % size[0],
                     part.box.first[1] + place / size[0] % size[1],
                     part.box.first[2] + place / size[0] / size[1]};
  throw Error(ErrorKind::unsupported_data, file + ": the intensity of voxel (" + join(voxel, ", ") +
                                               ") is " + to_text(*found) +
                                               ", in or beside the region; replace it by a number");
}

}  // namespace

ImageSource open_image_file(const std::filesystem::path& path) {
  const auto file = std::make_shared<const ImageFile>(path);
  require(file->layers() == 1, ErrorKind::unsupported_data,
          file->name() + ": has " + to_text(file->layers()) +
              " values per voxel; give an image with one");
  ImageSource source;
  source.geometry = file->geometry();
  for (const std::string& warning : file->warnings())
    source.warnings.push_back("the image " + warning);
  source.read = [file](const Box& box) {
    ImageWindow part = file->read(box);
    if (file->holds_floats()) require_finite(part, file->name());
    return part;
  };
  return source;
}

}  // namespace radiomics
