#include "benchmarks/parts.h"

namespace radiomics::benchmarks {

Work reading_work(const Case& input) {
  return [&input] {
    PrepareOptions options;
    options.margin_mm = needed_margin_mm(summary_options());
    const OpenedCase opened = open_case(input);
    return double(load_region(opened, opened.rois.front(), options).image.volume.voxels().size());
  };
}

}  // namespace radiomics::benchmarks
