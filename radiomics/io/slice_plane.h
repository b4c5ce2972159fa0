#pragma once

#include <cmath>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The few vectors that the plane of a slice needs. Internal to io. A slice has to have a position
/// and an orientation.

inline double dot(const Vector3& a, const Vector3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

inline Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

inline Vector3 minus(const Vector3& a, const Vector3& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

inline Vector3 unit(const Vector3& a) {
  const double length = std::sqrt(dot(a, a));
  return {a[0] / length, a[1] / length, a[2] / length};
}

inline Vector3 row_direction(const DicomSlice& slice) {
  const auto& values = *slice.orientation;
  return {values[0], values[1], values[2]};
}

inline Vector3 column_direction(const DicomSlice& slice) {
  const auto& values = *slice.orientation;
  return {values[3], values[4], values[5]};
}

/// Right-handed: along the rows, along the columns, out of the plane.
inline Vector3 normal_of(const DicomSlice& slice) {
  return unit(cross(row_direction(slice), column_direction(slice)));
}

}  // namespace radiomics
