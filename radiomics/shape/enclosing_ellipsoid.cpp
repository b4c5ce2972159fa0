#include "radiomics/shape/enclosing_ellipsoid.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>

namespace radiomics {
namespace {

using Eigen::Matrix3d;
using Eigen::Matrix4d;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::Vector4d;
using Eigen::VectorXd;

constexpr double tolerance = 1e-8;  // of the optimality condition, below
constexpr int max_steps = 10000;    // an emergency brake

/// A point that the ellipsoid may touch: (x, y, z, 1), and its weight.
struct Contact {
  Vector4d point;
  double weight;
};

/// The points in a frame in which they fill a box from -1 to 1.
struct Normalised {
  Vector3d middle, half;
  std::vector<Vector4d> points;

  explicit Normalised(std::span<const Vector3> given) {
    Vector3d low = Vector3d::Map(given.front().data()), high = low;
    for (const Vector3& point : given) {
      low = low.cwiseMin(Vector3d::Map(point.data()));
      high = high.cwiseMax(Vector3d::Map(point.data()));
    }
    middle = 0.5 * (low + high);
    half = 0.5 * (high - low);
    for (const Vector3& point : given) {
      const Vector3d scaled = (Vector3d::Map(point.data()) - middle).cwiseQuotient(half);
      points.push_back({scaled[0], scaled[1], scaled[2], 1});
    }
  }
};

/// The points that are farthest apart along three directions, each at a right angle to the
/// differences before: they span all dimensions. \source Kumar & Yildirim 2005
std::vector<Contact> first_contacts(const std::vector<Vector4d>& points) {
  std::vector<Contact> contacts;
  Matrix3d differences = Matrix3d::Zero();
  for (int i = 0; i < 3; ++i) {
    // The projection of the axis that keeps the most of its length.
    Vector3d direction = Vector3d::Zero();
    for (int axis = 0; axis < 3; ++axis) {
      Vector3d candidate = Vector3d::Unit(axis);
      for (int k = 0; k < i; ++k)
        candidate -= candidate.dot(differences.col(k)) * differences.col(k);
      if (candidate.norm() > direction.norm() + 1e-9) direction = candidate;
    }
    const auto along = [&](const Vector4d& point) { return direction.dot(point.head<3>()); };
    const auto [low, high] = std::ranges::minmax_element(points, {}, along);
    Vector3d difference = (*high - *low).head<3>();
    for (int k = 0; k < i; ++k)
      difference -= difference.dot(differences.col(k)) * differences.col(k);
    differences.col(i) = difference.normalized();
    contacts.push_back({*low, 1.0 / 6});
    contacts.push_back({*high, 1.0 / 6});
  }
  return contacts;
}

Matrix4d inverse_moments(const std::vector<Contact>& contacts) {
  Matrix4d moments = Matrix4d::Zero();
  for (const Contact& contact : contacts)
    moments += contact.weight * contact.point * contact.point.transpose();
  return moments.ldlt().solve(Matrix4d::Identity());
}

double distance(const Matrix4d& inverse, const Vector4d& point) {
  return point.dot(inverse * point);
}

struct Extremes {
  std::size_t far = 0, near = 0;  ///< the nearest of those with a weight
  double excess = 0, lack = 0;    ///< of their distances, in parts of 4
};

Extremes extremes(const std::vector<Contact>& contacts) {
  const Matrix4d inverse = inverse_moments(contacts);
  Extremes found{.excess = -1, .lack = -1};
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const double excess = distance(inverse, contacts[i].point) / 4 - 1;
    if (excess > found.excess) found.excess = excess, found.far = i;
    if (contacts[i].weight > 0 && -excess > found.lack) found.lack = -excess, found.near = i;
  }
  return found;
}

/// The best weight of one contact, if those of the others keep their proportions.
void improve_one(std::vector<Contact>& contacts, const Extremes& at) {
  const bool is_far = at.excess > at.lack;
  Contact& moved = contacts[is_far ? at.far : at.near];
  const double d = 4 * (1 + (is_far ? at.excess : -at.lack));
  const double part = std::max((d - 4) / (4 * (d - 1)), -moved.weight / (1 - moved.weight));
  for (Contact& contact : contacts) contact.weight *= 1 - part;
  moved.weight = std::max(0.0, moved.weight + part);
}

/// One step of Newton for the weights w of all contacts that have one, with a sum of 1. With
/// G_ij = p_i inverse p_j, the gradient of the logarithm of the determinant is g_i = G_ii and minus
/// its second derivatives are H_ij = G_ij^2; as H w = g, the step needs one solution, of H b = 1.
void improve_all(std::vector<Contact>& contacts) {
  std::erase_if(contacts, [](const Contact& contact) { return contact.weight == 0; });
  const auto count = Eigen::Index(contacts.size());
  Eigen::Matrix<double, 4, Eigen::Dynamic> points(4, count);
  VectorXd weights(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    points.col(i) = contacts[i].point;
    weights[i] = contacts[i].weight;
  }
  weights /= weights.sum();  // the step doubles what rounding adds
  const MatrixXd products = points.transpose() * inverse_moments(contacts) * points;
  MatrixXd second = products.cwiseAbs2();
  // Weights of more contacts than are needed can be changed in ways that change nothing.
  second.diagonal().array() += 1e-12 * second.diagonal().maxCoeff();
  const VectorXd solution = second.ldlt().solve(VectorXd::Ones(count));
  const VectorXd step = weights - solution / solution.sum();
  // How far such a step surely improves: the function is self-concordant.
  const double decrement = std::sqrt(std::max(0.0, step.dot(products.diagonal())));
  double part = decrement < 0.25 ? 1 : 1 / (1 + decrement);
  Eigen::Index first_at_0 = -1;
  for (Eigen::Index i = 0; i < count; ++i)
    if (weights[i] + part * step[i] <= 0) part = -weights[i] / step[i], first_at_0 = i;
  for (Eigen::Index i = 0; i < count; ++i)
    contacts[i].weight = i == first_at_0 ? 0 : std::max(0.0, weights[i] + part * step[i]);
}

/// Moves weights until the distance of every contact is at most 4, and 4 for those with a weight:
/// the condition of optimality.
void optimise(std::vector<Contact>& contacts) {
  for (int step = 0; step < max_steps; ++step) {
    const Extremes at = extremes(contacts);
    if (std::max(at.excess, at.lack) <= tolerance / 2) return;
    improve_one(contacts, at);
    improve_all(contacts);
  }
}

/// The optimum over all points, found among those that matter: whatever lies outside the best
/// ellipsoid of the points so far joins them, the farthest first.
std::vector<Contact> best_contacts(const std::vector<Vector4d>& points) {
  std::vector<Contact> contacts = first_contacts(points);
  for (std::size_t round = 0; round < points.size(); ++round) {
    optimise(contacts);
    const Matrix4d inverse = inverse_moments(contacts);
    const auto of = [&](const Vector4d& point) { return distance(inverse, point); };
    const auto farthest = std::ranges::max_element(points, {}, of);
    if (of(*farthest) <= 4 * (1 + tolerance)) return contacts;
    contacts.push_back({*farthest, 0});
  }
  return contacts;
}

}  // namespace

double ellipsoid_volume(const SemiAxes& axes) {
  return 4 * std::numbers::pi / 3 * axes[0] * axes[1] * axes[2];
}

// p_v = (alpha beta)^v P_v(x), from the recurrence of P_v multiplied by the same power: there is no
// division by alpha, which is 0 where a = b.
double ibsi_ellipsoid_area(const SemiAxes& axes) {
  const auto [a, b, c] = axes;
  const double alpha_2 = 1 - b * b / (a * a), beta_2 = 1 - c * c / (a * a);
  const double middle = (alpha_2 + beta_2) / 2, product = alpha_2 * beta_2;
  double before = 0, here = 1, sum = 0;
  for (int v = 0; v <= 20; ++v) {
    sum += here / (1 - 4.0 * v * v);
    const double next = ((2 * v + 1) * middle * here - v * product * before) / (v + 1);
    before = here;
    here = next;
  }
  return 4 * std::numbers::pi * a * b * sum;
}

SemiAxes smallest_enclosing_ellipsoid(std::span<const Vector3> points) {
  const Normalised normalised(points);
  Vector3d centre = Vector3d::Zero();
  Matrix3d moments = Matrix3d::Zero();
  for (const auto& [point, weight] : best_contacts(normalised.points)) {
    centre += weight * point.head<3>();
    moments += weight * point.head<3>() * point.head<3>().transpose();
  }
  const Matrix3d covariance = moments - centre * centre.transpose();
  const Matrix3d inverse = covariance.inverse();
  double reach = 0;
  for (const Vector4d& point : normalised.points) {
    const Vector3d from_centre = point.head<3>() - centre;
    reach = std::max(reach, from_centre.dot(inverse * from_centre));
  }
  const Matrix3d in_mm = normalised.half.asDiagonal() * covariance * normalised.half.asDiagonal();
  const Vector3d squares =
      reach * Eigen::SelfAdjointEigenSolver<Matrix3d>(in_mm, Eigen::EigenvaluesOnly).eigenvalues();
  return {std::sqrt(squares[2]), std::sqrt(squares[1]), std::sqrt(squares[0])};
}

}  // namespace radiomics
