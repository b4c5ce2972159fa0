#pragma once

#include "benchmarks/region_list.h"

namespace radiomics::benchmarks {

/// An ellipsoid of soft tissue in lung: 1 mm voxels, whole HU, smooth differences and noise, the
/// same on every machine. `scale` stretches the axes; 1 gives 4.39 million voxels.
Source ellipsoid_source(double scale);

/// A ball of 3 959 voxels whose intensities fall into 400 bins of 25 from -1000, each as
/// likely as the others.
Source many_levels_source();

}  // namespace radiomics::benchmarks
