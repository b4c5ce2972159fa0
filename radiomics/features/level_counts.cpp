#include "radiomics/features/level_counts.h"

#include <cmath>
#include <vector>

namespace radiomics {
namespace {

using Entry = LevelCounts::Entry;
using Marginals = std::vector<LevelCounts::Marginal>;

double square(double x) { return x * x; }

double mean_inverse_square(const Marginals& marginals, std::int64_t total) {
  double sum = 0;
  for (const auto& [value, count] : marginals) sum += double(count) / square(double(value));
  return sum / double(total);
}

double mean_square(const Marginals& marginals, std::int64_t total) {
  double sum = 0;
  for (const auto& [value, count] : marginals) sum += double(count) * square(double(value));
  return sum / double(total);
}

double mean_count(const Marginals& marginals, std::int64_t total) {
  double sum = 0;
  for (const auto& [value, count] : marginals) sum += square(double(count));
  return sum / double(total);
}

double variance(const Marginals& marginals, std::int64_t total) {
  double sum = 0;
  for (const auto& [value, count] : marginals) sum += double(count) * double(value);
  const double mean = sum / double(total);
  double squares = 0;
  for (const auto& [value, count] : marginals)
    squares += double(count) * square(double(value) - mean);
  return squares / double(total);
}

/// The mean of term(i^2, j^2) over what was counted.
template <class Term>
double mean_of(const LevelCounts& m, Term term) {
  double sum = 0;
  for (const Entry& entry : m.entries)
    sum += double(entry.count) * term(square(entry.level), square(double(entry.value)));
  return sum / double(m.total);
}

}  // namespace

double low_value_emphasis(const LevelCounts& m) { return mean_inverse_square(m.values, m.total); }

double high_value_emphasis(const LevelCounts& m) { return mean_square(m.values, m.total); }

double low_level_emphasis(const LevelCounts& m) { return mean_inverse_square(m.levels, m.total); }

double high_level_emphasis(const LevelCounts& m) { return mean_square(m.levels, m.total); }

double low_value_low_level_emphasis(const LevelCounts& m) {
  return mean_of(m, [](double i2, double j2) { return 1 / (i2 * j2); });
}

double low_value_high_level_emphasis(const LevelCounts& m) {
  return mean_of(m, [](double i2, double j2) { return i2 / j2; });
}

double high_value_low_level_emphasis(const LevelCounts& m) {
  return mean_of(m, [](double i2, double j2) { return j2 / i2; });
}

double high_value_high_level_emphasis(const LevelCounts& m) {
  return mean_of(m, [](double i2, double j2) { return i2 * j2; });
}

double level_non_uniformity(const LevelCounts& m) { return mean_count(m.levels, m.total); }

double normalised_level_non_uniformity(const LevelCounts& m) {
  return level_non_uniformity(m) / double(m.total);
}

double value_non_uniformity(const LevelCounts& m) { return mean_count(m.values, m.total); }

double normalised_value_non_uniformity(const LevelCounts& m) {
  return value_non_uniformity(m) / double(m.total);
}

double percentage(const LevelCounts& m) { return double(m.total) / double(m.voxel_count); }

double level_variance(const LevelCounts& m) { return variance(m.levels, m.total); }

double value_variance(const LevelCounts& m) { return variance(m.values, m.total); }

double entropy(const LevelCounts& m) {
  double sum = 0;
  for (const Entry& entry : m.entries)
    sum += double(entry.count) * std::log2(double(m.total) / double(entry.count));
  return sum / double(m.total);
}

double energy(const LevelCounts& m) {
  double sum = 0;
  for (const Entry& entry : m.entries) sum += square(double(entry.count) / double(m.total));
  return sum;
}

}  // namespace radiomics
