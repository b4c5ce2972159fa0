#include "samples/phantom.h"

#include <algorithm>
#include <cmath>

#include "samples/random.h"

namespace radiomics::samples {
namespace {

// Streams of random numbers that must not meet: each has a seed of its own.
enum Stream : std::uint64_t { voxel_noise, vessel_shape, wave_phase };

std::uint64_t stream_seed(const Phantom& phantom, Stream stream) {
  return hashed(phantom.seed, stream);
}

/// Positions in this struct are relative to the body's axis, mm: x to the left, y to the back.
struct Vessel {
  Vector3 from{}, to{};
  double radius_mm = 0;
};

struct Tissue {
  double hu = 0;
  double noise_hu = 0;
};

constexpr Tissue air{-1000, 4}, fat{-100, 9}, muscle{45, 11}, blood{40, 10}, lung{-850, 18},
    vessel{20, 15}, bone_marrow{300, 35}, bone_cortex{680, 40}, spinal_canal{30, 10};

constexpr Vector3 lung_centre_mm{60, -4, -35}, lung_semi_axes_mm{47, 60, 150};

double square(double x) { return x * x; }

double squared_norm(double x, double y) { return x * x + y * y; }

/// (x / a)^2 + (y / b)^2: below 1 inside an ellipse.
double elliptic(double x, double y, double a, double b) { return square(x / a) + square(y / b); }

Ellipsoid lung_at(const Phantom& phantom, double side) {
  Ellipsoid result;
  for (int axis = 0; axis < 3; ++axis)
    result.centre_mm[axis] = phantom.centre_mm[axis] + lung_centre_mm[axis] * (axis ? 1 : side);
  result.semi_axes_mm = lung_semi_axes_mm;
  return result;
}

/// Branches from both hila to the outer parts of the lungs.
std::vector<Vessel> vessels(const Phantom& phantom) {
  constexpr int count = 28;
  const std::uint64_t seed = stream_seed(phantom, vessel_shape);
  std::vector<Vessel> result(count);
  for (int i = 0; i < count; ++i) {
    const double side = i % 2 ? 1 : -1;
    const auto random = [&](int which) { return 2 * uniform(seed, 8 * i + which) - 1; };
    result[i].from = {side * 18, 5 + 6 * random(0), 12 * random(1)};
    result[i].to = {side * (65 + 25 * random(2)), 42 * random(3), 75 * random(4)};
    result[i].radius_mm = 2.6 + random(5);
  }
  return result;
}

double squared_distance(const Vector3& p, const Vessel& branch) {
  double along = 0, length = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const double step = branch.to[axis] - branch.from[axis];
    along += (p[axis] - branch.from[axis]) * step;
    length += step * step;
  }
  const double t = std::clamp(along / length, 0.0, 1.0);
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis)
    sum += square(p[axis] - branch.from[axis] - t * (branch.to[axis] - branch.from[axis]));
  return sum;
}

bool in_heart(const Vector3& p) {
  return elliptic(p[0] - 18, p[1] + 24, 46, 36) + square((p[2] + 48) / 42) < 1;
}

bool in_lung(const Vector3& p) {
  return elliptic(std::abs(p[0]) - lung_centre_mm[0], p[1] - lung_centre_mm[1],
                  lung_semi_axes_mm[0], lung_semi_axes_mm[1]) +
             square((p[2] - lung_centre_mm[2]) / lung_semi_axes_mm[2]) <
         1;
}

Tissue lung_tissue(const Vector3& p, const std::vector<Vessel>& tree) {
  for (const Vessel& branch : tree)
    if (squared_distance(p, branch) < square(branch.radius_mm)) return vessel;
  return {lung.hu + 0.5 * p[1], lung.noise_hu};  // denser where the patient lies
}

/// Chest wall, mediastinum and spine: all that is neither fat nor lung.
Tissue trunk_tissue(const Vector3& p, double body) {
  const double spine = squared_norm(p[0], p[1] - 46);
  if (spine < square(18)) return spine < square(15) ? bone_marrow : bone_cortex;
  if (squared_norm(p[0], p[1] - 70) < square(8)) return spinal_canal;
  if (squared_norm(p[0] - 20, p[1] - 30) < square(11)) return blood;       // aorta
  if (p[2] > -10 && squared_norm(p[0], p[1] - 4) < square(8)) return air;  // trachea
  const double slope = p[2] + 0.3 * p[1];                                  // of the ribs
  if (body > 0.66 && body < 0.74 && slope - 26 * std::floor(slope / 26) < 9) return bone_marrow;
  return muscle;
}

Tissue tissue_at(const Vector3& p, const std::vector<Vessel>& tree) {
  const double body = elliptic(p[0], p[1], 128, 88);
  if (body >= 1) return air;
  if (body >= 0.86) return fat;
  if (in_lung(p) && !in_heart(p)) return lung_tissue(p, tree);
  return trunk_tissue(p, body);
}

/// A smooth wave of period 1, mean 0 and variance 1: parabolas in place of a sine, which libraries
/// round differently. The parabola 4 t (1 - t) has the mean square 8 / 15 on [0, 1].
double wave(double phase) {
  constexpr double root = 0.73029674334022148;  // sqrt(8 / 15)
  const double t = 2 * (phase - std::floor(phase));
  return (t < 1 ? 4 * t * (1 - t) : -4 * (t - 1) * (2 - t)) / root;
}

double texture_hu(const Lesion& lesion, const Vector3& position_mm, std::uint64_t phase_seed) {
  static const auto directions = rotation({7, 2, 3, 1});
  constexpr double root3 = 1.7320508075688772;
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) {
    double along_mm = 0;
    for (int row = 0; row < 3; ++row)
      along_mm += directions[3 * row + axis] * (position_mm[row] - lesion.ellipsoid.centre_mm[row]);
    sum += wave(along_mm / lesion.texture.wavelength_mm + uniform(phase_seed, axis));
  }
  return lesion.texture.mean_hu + lesion.texture.wave_sd_hu * sum / root3;
}

std::int16_t rounded_hu(double hu) {
  return std::int16_t(std::clamp(std::floor(hu + 0.5), -1024.0, 3071.0));
}

void add_lesion(const Phantom& phantom, std::size_t which, Volume<std::int16_t>& volume) {
  const Lesion& lesion = phantom.lesions[which];
  const std::uint64_t noise_seed = stream_seed(phantom, voxel_noise);
  const std::uint64_t phase_seed = hashed(stream_seed(phantom, wave_phase), which);
  const Box box = box_around(lesion.ellipsoid, volume.geometry());
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x) {
        const Vector3 position = position_mm(volume.geometry(), Index3{x, y, z});
        if (!contains(lesion.ellipsoid, position)) continue;
        const double e = noise(noise_seed, volume.index(x, y, z));
        volume(x, y, z) =
            rounded_hu(texture_hu(lesion, position, phase_seed) + lesion.texture.noise_sd_hu * e);
      }
}

}  // namespace

Ellipsoid left_lung(const Phantom& phantom) { return lung_at(phantom, 1); }
Ellipsoid right_lung(const Phantom& phantom) { return lung_at(phantom, -1); }

Volume<std::int16_t> scanned(const Phantom& phantom, const Geometry& grid) {
  Volume<std::int16_t> volume(grid);
  const std::vector<Vessel> tree = vessels(phantom);
  const std::uint64_t noise_seed = stream_seed(phantom, voxel_noise);
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x) {
        Vector3 p = position_mm(grid, Index3{x, y, z});
        for (int axis = 0; axis < 3; ++axis) p[axis] -= phantom.centre_mm[axis];
        const Tissue tissue = tissue_at(p, tree);
        const std::size_t voxel = volume.index(x, y, z);
        volume.voxels()[voxel] = rounded_hu(tissue.hu + tissue.noise_hu * noise(noise_seed, voxel));
      }
  for (std::size_t i = 0; i < phantom.lesions.size(); ++i) add_lesion(phantom, i, volume);
  return volume;
}

}  // namespace radiomics::samples
