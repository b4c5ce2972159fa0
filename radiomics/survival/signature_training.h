#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/survival/signature_pipeline.h"

// The steps of fit_signature(), for its own files. Each sees the training rows alone, changes them
// and writes what it learnt into the fitted signature.

namespace radiomics {

/// A fit under way: the training rows as they are after the steps so far.
struct Training {
  const SignatureOptions& options;
  std::span<const std::size_t> rows;
  SurvivalData outcome;
  Matrix features;
  Matrix forced;
  std::vector<double> log_volume;
  std::vector<int> batch;
  int batches;       ///< of all patients: those of the training may be fewer
  Matrix preserved;  ///< columns whose effect ComBat leaves in the features
  FittedSignature& fitted;

  bool is_left(std::size_t feature) const {
    return fitted.fate[feature] == FeatureFate::not_selected;
  }
  std::vector<std::size_t> left() const {
    std::vector<std::size_t> features_left;
    for (std::size_t j = 0; j < features.columns; ++j)
      if (is_left(j)) features_left.push_back(j);
    return features_left;
  }
};

/// The values at some rows; none of none.
template <class Value>
std::vector<Value> entries(const std::vector<Value>& values, std::span<const std::size_t> rows) {
  std::vector<Value> part;
  if (!values.empty())
    for (const auto row : rows) part.push_back(values[row]);
  return part;
}

/// Writes the median into the missing values.
inline void fill_gaps(std::span<double> values, double median) {
  for (double& value : values)
    if (std::isnan(value)) value = median;
}

// ---- what leaves features out or changes them (signature_steps.cpp), in this order ----

void drop_unstable(Training& training);
void impute(Training& training);
void drop_constant(Training& training);
/// Learns the effects of the batches and takes them out; a preserved column that does not vary in
/// the training rows has no effect there and counts as lost. Sets the problem `harmonisation` also
/// if the training rows lack a batch: nothing could be predicted for its patients.
void harmonise(Training& training);
void residualise(Training& training);
void drop_redundant(Training& training);
void prefilter(Training& training);

/// The penalised model of what is left (signature_penalty.cpp). `fit` numbers the stream of random
/// numbers of the inner folds.
void fit_penalised(Training& training, std::uint32_t fit);

}  // namespace radiomics
