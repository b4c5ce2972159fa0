#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/survival/signature_pipeline.h"
#include "radiomics/survival/train_analysis.h"

namespace radiomics {

/// The patients of one endpoint as a signature is trained on them.
struct TrainFrame {
  ModelFrame frame{};  ///< its covariates begin with the forced columns
  std::vector<std::string> features{};
  std::vector<char> logarithm{};  ///< per feature: the volume
  SignatureData data{};
  SignatureOptions options{};
  std::vector<double> diameter{};  ///< empty: not named
  std::vector<std::string> batch_labels{};
  std::vector<int> folds{};              ///< given; empty: they are drawn
  std::vector<std::string> forced{};     ///< variables of the forced columns
  std::vector<std::size_t> preserved{};  ///< columns of the frame that ComBat preserves
};

/// Reads them. \throws Error what model_frame() and feature_columns() throw; zero_time (a penalised
/// model has no use for it), no_events, invalid_argument
TrainFrame train_frame(const Cohort& cohort, const EndpointSpec& spec, const TrainOptions& options);

}  // namespace radiomics
