#pragma once

#include <map>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"
#include "radiomics/features/sample.h"
#include "radiomics/preprocess/discretise.h"
#include "radiomics/shape/shape.h"
#include "radiomics/texture/glcm.h"
#include "radiomics/texture/glrlm.h"
#include "radiomics/texture/gldzm.h"
#include "radiomics/texture/glszm.h"
#include "radiomics/texture/ngldm.h"
#include "radiomics/texture/ngtdm.h"

namespace radiomics {

/// Matrices of one family, by the aggregation that they were built for.
template <class Matrix>
using Matrices = std::map<Aggregation, std::vector<Matrix>>;

struct SummaryOptions {
  Bins texture_bins = FixedBinSize{};
  /// Which of the nine are computed; the others have no columns.
  std::vector<Aggregation> aggregations{all_aggregations().begin(), all_aggregations().end()};

  bool operator==(const SummaryOptions&) const = default;
};

/// All that features look at. Each part is computed once; a feature is a function of one part.
struct RegionSummary {
  Shape shape{};        ///< of the morphological mask
  Sample sample{};      ///< of the intensity mask, as are the following
  GreyLevels levels{};  ///< in the bins of texture
  Matrices<Glcm> glcm{};
  Matrices<Glrlm> glrlm{};
  Matrices<Glszm> glszm{};
  Matrices<Gldzm> gldzm{};
  Matrices<Ngtdm> ngtdm{};
  Matrices<Ngldm> ngldm{};
};

/// \throws Error as discretise()
RegionSummary summarise(const Region& region, const SummaryOptions& options);

}  // namespace radiomics
