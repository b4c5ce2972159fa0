// A file as a series: its images, single or frames of one object, put in order and decoded.

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_series.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace radiomics;
  const auto file = fuzz_file("slice.dcm", data, size);
  allowing_refusal([&] {
    for (const DicomSeries& series : read_catalogue(file).series)
      allowing_refusal([&] {
        const ImageSource image = open_series(series);
        const Index3 size_of_image = image.geometry.size;
        const double voxels = double(size_of_image[0]) * size_of_image[1] * size_of_image[2];
        constexpr double most_voxels = 1 << 22;  // of intensities, whose memory is the caller's
        if (voxels <= most_voxels) image.read(whole(image.geometry));
      });
  });
  return 0;
}
