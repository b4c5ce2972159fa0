// Features of the neighbourhood grey tone difference matrix (IBSI IPET).
// Symbols follow the reference manual, section 3.10: p_i and s_i are columns of the matrix, N_v,c
// is its voxel count and N_g,p its number of rows. Grey levels have no unit, hence none has a
// feature.

#include "radiomics/texture/ngtdm.h"

#include <algorithm>
#include <cmath>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

using Row = Ngtdm::Row;

/// Over all ordered pairs of levels that occur, for terms that are symmetric and 0 on the diagonal.
template <class Term>
double sum_over_pairs(const Ngtdm& m, Term term) {
  double sum = 0;
  for (std::size_t i = 1; i < m.rows.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) sum += term(m.rows[i], m.rows[j]);
  return 2 * sum;
}

double total_difference(const Ngtdm& m) {
  double sum = 0;
  for (const Row& i : m.rows) sum += i.s;
  return sum;
}

double mean_difference(const Ngtdm& m) {
  double sum = 0;
  for (const Row& i : m.rows) sum += i.p * i.s;
  return sum;
}

double squared_gap(const Row& i, const Row& j) {
  const double gap = i.level - j.level;
  return gap * gap;
}

// IBSI caps coarseness at 10^6, its value for a region of one grey level.
double coarseness(const Ngtdm& m) { return 1 / std::max(mean_difference(m), 1e-6); }

double contrast(const Ngtdm& m) {
  const auto levels = double(m.rows.size());
  if (levels == 1) return 0;
  const double spread =
      sum_over_pairs(m, [](const Row& i, const Row& j) { return i.p * j.p * squared_gap(i, j); });
  return spread / (levels * (levels - 1)) * total_difference(m) / double(m.voxel_count);
}

// The denominator can vanish with several levels too (equal i * p_i); the value is then 0 as well.
double busyness(const Ngtdm& m) {
  const double change = sum_over_pairs(
      m, [](const Row& i, const Row& j) { return std::abs(i.level * i.p - j.level * j.p); });
  return change > 0 ? mean_difference(m) / change : 0;
}

double complexity(const Ngtdm& m) {
  const double sum = sum_over_pairs(m, [](const Row& i, const Row& j) {
    return std::abs(i.level - j.level) * (i.p * i.s + j.p * j.s) / (i.p + j.p);
  });
  return sum / double(m.voxel_count);
}

double strength(const Ngtdm& m) {
  const double total = total_difference(m);
  if (total == 0) return 0;
  const double sum =
      sum_over_pairs(m, [](const Row& i, const Row& j) { return (i.p + j.p) * squared_gap(i, j); });
  return sum / total;
}

}  // namespace

FeatureFamily ngtdm_family() {
  return make_texture_family(
      "ngtdm", "IPET", "Neighbourhood grey tone difference matrix", AggregationKind::spatial,
      &RegionSummary::ngtdm,
      {
          {{"coarseness", "QCDE", "Coarseness", "1", "Slowness of spatial change"}, coarseness},
          {{"contrast", "65HE", "Contrast", "1", "Spread of levels times mean change"}, contrast},
          {{"busyness", "NQ30", "Busyness", "1", "Rate of change between neighbours"}, busyness},
          {{"complexity", "HDEZ", "Complexity", "1", "Rapid, non-uniform change"}, complexity},
          {{"strength", "1X9X", "Strength", "1", "Distinctness of primitives"}, strength},
      });
}

}  // namespace radiomics
