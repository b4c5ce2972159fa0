#include "radiomics/statistics/partial_likelihood.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace radiomics {
namespace {

// exp(-300) is a normal number, and so is its square.
constexpr double largest_spread = 300;

}  // namespace

PartialLikelihood::PartialLikelihood(const SurvivalData& data, Ties ties) : ties_(ties) {
  assert(ties != Ties::exact);
  order_.resize(data.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::ranges::sort(order_, [&data](std::size_t a, std::size_t b) {
    if (data.time[a] != data.time[b]) return data.time[a] < data.time[b];
    if (data.event[a] != data.event[b]) return data.event[a] > data.event[b];
    return a < b;
  });
  for (std::size_t i = 0; i < order_.size(); ++i) {
    if (data.event[order_[i]] == 0) continue;
    const bool tied =
        !times_.empty() && data.time[order_[times_.back().first]] == data.time[order_[i]];
    if (tied)
      ++times_.back().deaths;
    else
      times_.push_back({i, 1});
  }
}

double PartialLikelihood::saturated() const {
  double sum = 0;
  for (const auto& time : times_) {
    const auto deaths = double(time.deaths);
    sum -= ties_ == Ties::breslow ? deaths * std::log(deaths) : std::lgamma(deaths + 1);
  }
  return sum;
}

PartialLikelihood::Shares PartialLikelihood::shares(const DeathTime& time,
                                                    const std::vector<double>& tail) const {
  const double all = tail[time.first];
  const auto deaths = double(time.deaths);
  if (ties_ == Ties::breslow || time.deaths == 1)
    return {deaths * std::log(all), deaths / all, deaths / all, 0};
  const double others = tail[time.first + time.deaths];
  Shares result;
  for (std::size_t l = 0; l < time.deaths; ++l) {
    const double staying = 1 - double(l) / deaths;
    const double risk = others + staying * (all - others);
    result.log_risk += std::log(risk);
    result.others += 1 / risk;
    result.deaths += staying / risk;
    result.between += staying / (risk * risk);
  }
  return result;
}

PartialLikelihood::Point PartialLikelihood::at(std::span<const double> linear_predictor) const {
  const std::size_t n = size();
  assert(linear_predictor.size() == n && n > 0);
  const auto [least, most] = std::ranges::minmax(linear_predictor);
  Point point;
  if (!(most - least < largest_spread)) {
    point.log_likelihood = -std::numeric_limits<double>::infinity();
    return point;
  }
  point.weight.resize(n);
  point.tail.resize(n + 1);
  for (std::size_t i = n; i-- > 0;) {
    point.weight[i] = std::exp(linear_predictor[i] - most);
    point.tail[i] = point.tail[i + 1] + point.weight[i];
  }
  point.residual.resize(n);
  double hazard = 0;
  std::size_t i = 0;
  for (const auto& time : times_) {
    for (; i < time.first; ++i) point.residual[i] = -point.weight[i] * hazard;
    const Shares share = shares(time, point.tail);
    point.log_likelihood -= share.log_risk;
    for (; i < time.first + time.deaths; ++i) {
      point.log_likelihood += linear_predictor[i] - most;
      point.residual[i] = 1 - point.weight[i] * (hazard + share.deaths);
    }
    hazard += share.others;
  }
  for (; i < n; ++i) point.residual[i] = -point.weight[i] * hazard;
  return point;
}

// The weighted scatter of a risk set is a sum over its members of (weight x later weights / both) x
// (distance to the mean of the later ones)^2, so that nested risk sets share their terms and none
// of them is a difference. Under Efron's rule the tied deaths are a set apart, joined to the rest
// by one term between the two means.
PartialLikelihood::Curvature PartialLikelihood::curvature(const Point& point, double scale) const {
  const std::size_t n = size();
  Curvature result;
  result.weight_ = point.weight;
  result.per_tail_.resize(n);
  for (std::size_t i = 0; i + 1 < n; ++i) result.per_tail_[i] = 1 / point.tail[i + 1];
  result.root_.resize(n);
  double hazard = 0;
  std::size_t k = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (; k < times_.size() && times_[k].first <= i; ++k) {
      const bool apart = ties_ == Ties::efron && times_[k].deaths > 1;
      if (apart) break;
      hazard += shares(times_[k], point.tail).others;
    }
    result.root_[i] =
        std::sqrt(scale * hazard * point.weight[i] * point.tail[i + 1] / point.tail[i]);
    if (k == times_.size() || times_[k].first + times_[k].deaths != i + 1 || times_[k].deaths == 1)
      continue;
    const auto& time = times_[k++];
    const Shares share = shares(time, point.tail);
    const double others = point.tail[i + 1];
    const double deaths = point.tail[time.first] - others;
    hazard += share.others;
    result.ties_.push_back(
        {time.first, time.deaths, std::sqrt(scale * share.between * deaths * others)});
    std::vector<double> later(time.deaths);
    for (std::size_t j = time.deaths - 1; j-- > 0;)
      later[j] = later[j + 1] + point.weight[time.first + j + 1];
    for (std::size_t j = 0; j + 1 < time.deaths; ++j) {
      const double weight = point.weight[time.first + j];
      result.within_.push_back(
          std::sqrt(scale * share.deaths * weight * later[j] / (later[j] + weight)));
      result.within_tail_.push_back(1 / later[j]);
    }
  }
  return result;
}

void PartialLikelihood::Curvature::transform(std::span<const double> column,
                                             std::span<double> result) const {
  const std::size_t n = root_.size();
  std::vector<double> mean_after(ties_.size());
  std::size_t tie = ties_.size();
  double sum = 0;
  for (std::size_t i = n; i-- > 0;) {
    const double mean = sum * per_tail_[i];
    if (tie > 0 && ties_[tie - 1].first + ties_[tie - 1].count == i + 1) mean_after[--tie] = mean;
    result[i] = root_[i] * (column[i] - mean);
    sum += weight_[i] * column[i];
  }
  std::size_t row = n, inner = 0;
  for (std::size_t t = 0; t < ties_.size(); ++t) {
    const auto& [first, count, between_root] = ties_[t];
    const std::size_t last = first + count - 1;
    double weights = weight_[last], deaths = weight_[last] * column[last];
    for (std::size_t j = count - 1; j-- > 0;) {
      const double mean = deaths * within_tail_[inner + j];
      result[row + j] = within_[inner + j] * (column[first + j] - mean);
      deaths += weight_[first + j] * column[first + j];
      weights += weight_[first + j];
    }
    inner += count - 1;
    row += count - 1;
    result[row++] = between_root * (deaths / weights - mean_after[t]);
  }
}

}  // namespace radiomics
