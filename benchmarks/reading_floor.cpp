// What reading a case cannot do without: DCMTK reads the headers of all files of its series, GDCM
// decodes the slices that its region needs. Nothing of ours.

#include <memory>
#include <vector>

#include "benchmarks/parts.h"
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <gdcmImageReader.h>

#include "radiomics/io/slice_stack.h"

namespace radiomics::benchmarks {
namespace {

std::size_t read_header(const std::filesystem::path& file) {
  DcmFileFormat format;
  const bool good = format
                        .loadFileUntilTag(OFFilename(file.c_str()), EXS_Unknown, EGL_noChange,
                                          DCM_MaxReadLength, ERM_autoDetect, DCM_PixelData)
                        .good();
  return good ? format.getDataset()->card() : 0;
}

std::size_t decode(const std::filesystem::path& file) {
  gdcm::ImageReader reader;
  reader.SetFileName(file.c_str());
  if (!reader.Read()) return 0;
  std::vector<char> bytes(reader.GetImage().GetBufferLength());
  return reader.GetImage().GetBuffer(bytes.data()) ? bytes.size() : 0;
}

struct Files {
  std::vector<std::filesystem::path> all, needed;
};

Files files_of(const Case& input) {
  PrepareOptions options;
  options.margin_mm = needed_margin_mm(summary_options());
  const OpenedCase opened = open_case(input);
  const Box box = load_region(opened, opened.rois.front(), options).image.box;
  const SliceStack stack = stack_slices(read_catalogue(input.image).series.front());
  Files files;
  for (int z = 0; z < stack.geometry.size[2]; ++z) {
    files.all.push_back(stack.slices[z].file);
    if (z >= box.first[2] && z <= box.last[2]) files.needed.push_back(stack.slices[z].file);
  }
  return files;
}

}  // namespace

Work reading_floor_work(const Case& input) {
  const auto files = std::make_shared<const Files>(files_of(input));
  return [files] {
    std::size_t sum = 0;
    for (const auto& file : files->all) sum += read_header(file);
    for (const auto& file : files->needed) sum += decode(file);
    return double(sum);
  };
}

}  // namespace radiomics::benchmarks
