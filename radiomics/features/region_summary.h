#pragma once

#include <map>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/region.h"
#include "radiomics/features/histogram.h"
#include "radiomics/features/ivh.h"
#include "radiomics/features/local_intensity.h"
#include "radiomics/features/morphology.h"
#include "radiomics/features/sample.h"
#include "radiomics/preprocess/discretise.h"
#include "radiomics/texture/glcm.h"
#include "radiomics/texture/gldzm.h"
#include "radiomics/texture/glrlm.h"
#include "radiomics/texture/glszm.h"
#include "radiomics/texture/ngldm.h"
#include "radiomics/texture/ngtdm.h"

namespace radiomics {

/// Matrices of one family, by the aggregation that they were built for.
template <class Matrix>
using Matrices = std::map<Aggregation, std::vector<Matrix>>;

struct SummaryOptions {
  Bins texture_bins = FixedBinSize{};  ///< of texture matrices and of the intensity histogram
  Bins ivh_bins = NoBins{};            ///< of the intensity-volume histogram: see summarise_ivh()
  /// Which of the nine are computed; the others have no columns.
  std::vector<Aggregation> aggregations{all_aggregations().begin(), all_aggregations().end()};

  bool operator==(const SummaryOptions&) const = default;
};

/// All that features look at. Each part is computed once; a feature is a function of one part.
struct RegionSummary {
  Morphology morphology{};
  LocalIntensity local_intensity{};
  Sample sample{};        ///< of the intensity mask, as are the following
  GreyLevels levels{};    ///< in the bins of texture
  Histogram histogram{};  ///< of these levels
  Ivh ivh{};              ///< in bins of its own
  Matrices<Glcm> glcm{};
  Matrices<Glrlm> glrlm{};
  Matrices<Glszm> glszm{};
  Matrices<Gldzm> gldzm{};
  Matrices<Ngtdm> ngtdm{};
  Matrices<Ngldm> ngldm{};
};

/// How much image around the region summarise() looks at: PrepareOptions::margin_mm must not be
/// less.
double needed_margin_mm(const SummaryOptions& options);

/// \param region  its image reaches needed_margin_mm() beyond the masks, or to the border of the
///                whole image; more of it changes nothing, to the last bit
/// \param threads  over which the parts are spread; the result does not depend on their number
/// \throws Error  as discretise() and summarise_ivh()
RegionSummary summarise(const Region& region, const SummaryOptions& options, int threads = 1);

}  // namespace radiomics
