#include "samples/patients.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "samples/random.h"

namespace radiomics::samples {
namespace {

using enum MaskKind;

/// A matrix of pixels and their size.
struct Matrix {
  int columns, rows;
  double pixel_mm;
};

constexpr Matrix fine{160, 120, 1.7}, wide{144, 112, 1.9}, square{128, 128, 2.125},
    odd{131, 113, 2.05}, coarse{112, 88, 2.4};

struct Row {
  MaskKind mask;
  const char* roi;
  Vector3 semi_axes_mm;
  std::array<double, 4> quaternion;
  Vector3 place_mm;  ///< of the tumour's centre, from the body's axis
  Texture texture;   ///< mean, sd of the waves, wavelength, sd of the noise
  Matrix matrix;
  double slice_mm;
  Staging staging;
  int age;
};

// The tumour's size and the stage are chosen to have nothing to do with each other; T is at least
// what the size asks for, higher where the tumour is meant to have invaded something.
// clang-format off
const Row rows[] = {
    {rtstruct, "GTV-1", {21.0, 17.2, 13.9}, {5, 1, 2, 1}, {-51.37, -6.12, 3.41},
     {42, 10, 11, 9}, square, 3, {"T2a", "N3", "M0"}, 66},
    {rtstruct, "GTVp", {33.5, 25.0, 21.4}, {4, 2, -1, 1}, {36.24, 4.83, 8.17},
     {35, 14, 16, 12}, wide, 2.5, {"T2b", "N3", "M0", false}, 71},
    {rtstruct, "gtv primary", {11.8, 10.1, 8.6}, {3, 1, 1, -2}, {57.91, -20.46, 12.73},
     {28, 8, 8, 10}, fine, 2, {"T1b", "N2", "M0"}, 59},
    {rtstruct, "GTV", {27.3, 17.5, 15.2}, {6, -1, 3, 2}, {-40.58, 12.39, -4.66},
     {48, 12, 13, 8}, coarse, 3, {"T2b", "N2", "M0"}, 63},
    {rtstruct, "GTV_T", {40.2, 31.0, 24.5}, {5, 3, 1, 2}, {-33.71, -3.28, 6.94},
     {38, 18, 20, 11}, wide, 3, {"T4", "N3", "M0"}, 74},
    {rtstruct, "GTV-1", {15.4, 15.4, 15.4}, {1, 0, 0, 0}, {61.43, 8.57, -10.38},
     {45, 6, 9, 7}, square, 2.5, {"T2a", "N2", "M0"}, 55},
    {rtstruct, "Gross tumour", {24.6, 20.9, 13.1}, {4, -2, 1, 3}, {-63.18, -14.77, 9.52},
     {31, 15, 10, 14}, wide, 2, {"T4", "N0", "M0"}, 68},
    {seg, "Neoplasm, Primary", {18.3, 14.6, 12.0}, {7, 2, 2, -3}, {55.62, -2.35, 14.81},
     {40, 9, 12, 10}, odd, 2.5, {"T4", "N3", "M0"}, 61},
    {rtstruct, "GTV_primary_1", {36.8, 27.6, 27.6}, {5, 2, 3, -1}, {38.47, -10.64, 2.26},
     {33, 16, 18, 13}, coarse, 3, {"T3", "N0", "M0"}, 69},
    {seg, "GTV", {29.9, 24.2, 20.3}, {3, -1, 2, 1}, {-45.83, 7.21, -7.49},
     {44, 11, 14, 9}, wide, 3, {"T4", "N2", "M0"}, 77},
    {rtstruct, "GTVp", {13.6, 11.5, 9.9}, {8, 1, -3, 2}, {-66.29, 18.94, 16.35},
     {26, 7, 9, 12}, fine, 2.5, {"T1b", "N0", "M0"}, 64},
    {rtstruct, "GTV-1", {31.7, 22.8, 17.4}, {4, 3, 2, 2}, {42.76, 1.68, -3.87},
     {50, 13, 15, 10}, square, 3, {"T2b", "N1", "M0"}, 58},
    {rtstruct, "Tumor", {22.4, 22.4, 14.5}, {5, -3, 1, 1}, {-54.95, -9.83, 4.58},
     {37, 10, 12, 8}, odd, 2.5, {"T2a", "N2", "M1a", false}, 72},
    {nifti, "1", {19.7, 16.3, 14.8}, {6, 2, 1, -1}, {58.34, 5.46, 9.19},
     {41, 9, 10, 11}, square, 2.5, {"T2a", "N2", "M0"}, 60},
    {rtstruct, "GTV", {43.1, 30.2, 26.1}, {7, 3, -2, 1}, {-35.52, 2.97, -5.13},
     {34, 20, 22, 12}, coarse, 3, {"T3", "N2", "M0"}, 67},
    {seg, "Tumour", {25.8, 18.9, 16.6}, {5, 1, 4, -2}, {47.68, 10.25, 11.36},
     {46, 12, 13, 9}, coarse, 2.5, {"T2b", "N3", "M0"}, 65},
    {rtstruct, "gtv", {9.9, 8.9, 8.1}, {3, 2, -1, 1}, {-58.47, -17.69, -12.94},
     {24, 6, 7, 9}, fine, 2, {"T1a", "N3", "M0"}, 62},
    {nifti, "1", {34.9, 28.3, 22.7}, {6, -2, 3, 1}, {-37.16, 6.52, 3.78},
     {36, 17, 17, 12}, wide, 3, {"T3", "N1", "M0"}, 70},
    {rtstruct, "GTV T", {16.9, 12.3, 10.4}, {4, 1, 2, 3}, {63.85, -11.23, 7.67},
     {29, 8, 11, 11}, square, 2, {"T2a", "N1", "M0"}, 57},
    {rtstruct, "GTV-1", {28.6, 21.7, 19.5}, {7, -2, -3, 2}, {-43.39, -4.16, 13.42},
     {47, 13, 14, 10}, wide, 2.5, {"T2b", "N2", "M0"}, 73},
    {seg, "GTVp", {38.4, 26.9, 23.8}, {6, 3, 1, -2}, {37.92, 3.74, -8.56},
     {32, 19, 19, 13}, square, 3, {"T3", "N2", "M0"}, 75},
    {nifti, "1", {14.5, 12.6, 10.8}, {5, 2, -2, 1}, {-60.73, 13.58, -6.21},
     {27, 7, 8, 10}, fine, 2.5, {"T4", "N2", "M0"}, 56},
    {rtstruct, "GTV1", {23.5, 19.0, 17.9}, {4, -1, 3, 1}, {52.17, -7.95, 5.84},
     {43, 11, 12, 8}, coarse, 2.5, {"T2a", "N0", "M0"}, 63},
    {rtstruct, "GTV primary tumour", {30.8, 26.5, 21.2}, {8, 3, 2, 1}, {-42.64, 9.37, -2.75},
     {39, 14, 16, 11}, square, 3, {"T3", "N0", "M0"}, 68},
};
// clang-format on
static_assert(std::size(rows) == identity_count);

/// A lymph node below the carina (N2, or one of several in N3).
const Lesion lymph_node{{{6.36, 12.41, -21.73}, {10.7, 8.2, 6.9}, rotation({4, 1, -1, 2})},
                        {52, 5, 9, 8}};

/// Coordinates with three decimals: what files hold is then exactly what was scanned.
double rounded(double mm) { return std::floor(mm * 1000 + 0.5) / 1000; }

/// Where the body's axis lies in the patient frame of the scanner.
Vector3 body_centre_mm(int number) {
  const auto random = [&](int which) { return 2 * uniform(hashed(0xb0d1, number), which) - 1; };
  return {rounded(15 * random(0)), rounded(20 + 30 * random(1)), rounded(-500 + 400 * random(2))};
}

/// Pixels all around the body; slices from 15 mm below to 15 mm above the lesions, 28 at least.
Geometry grid_around(const Phantom& phantom, const Matrix& matrix, double slice_mm) {
  double low = 1e9, high = -1e9;
  for (const Lesion& lesion : phantom.lesions) {
    const double extent = half_extent_mm(lesion.ellipsoid)[2];
    low = std::min(low, lesion.ellipsoid.centre_mm[2] - extent - 15);
    high = std::max(high, lesion.ellipsoid.centre_mm[2] + extent + 15);
  }
  const int slices = std::max(28, int(std::ceil((high - low) / slice_mm)) + 1);
  const double shift_mm = uniform(phantom.seed, 0) * slice_mm;  // slices fall anywhere
  const auto first = [&](int axis, int count, double step) {
    return rounded(phantom.centre_mm[axis] - 0.5 * (count - 1) * step +
                   (uniform(phantom.seed, 1 + axis) - 0.5) * step);
  };
  return {
      .size = {matrix.columns, matrix.rows, slices},
      .spacing_mm = {matrix.pixel_mm, matrix.pixel_mm, slice_mm},
      .origin_mm = {first(0, matrix.columns, matrix.pixel_mm),
                    first(1, matrix.rows, matrix.pixel_mm),
                    rounded(0.5 * (low + high - (slices - 1) * slice_mm - slice_mm) + shift_mm)},
      .direction = Geometry{}.direction};
}

Ellipsoid moved(Ellipsoid ellipsoid, const Vector3& by_mm) {
  for (int axis = 0; axis < 3; ++axis) ellipsoid.centre_mm[axis] += by_mm[axis];
  return ellipsoid;
}

void add_lesion(Patient& patient, const std::string& name, const Lesion& lesion) {
  const Ellipsoid placed = moved(lesion.ellipsoid, patient.phantom.centre_mm);
  patient.rois.push_back({name, "GTV", placed, int(patient.phantom.lesions.size())});
  patient.phantom.lesions.push_back({placed, lesion.texture});
}

/// The peculiarities of single patients.
void set_peculiarities(Patient& patient) {
  DicomTraits& traits = patient.traits;
  traits.numbered_from_head = patient.number % 2 == 0;
  switch (patient.number) {
    case 2:
      traits.mask_beside_images = true;
      break;
    case 4:
      add_lesion(patient, "GTVn", lymph_node);
      break;
    case 5:
      traits.second_series = true;
      break;
    case 7:
      traits.signed_pixels = true;
      break;
    case 9:
      traits.syntax = TransferSyntax::implicit_little_endian;
      break;
    case 11:
      traits.slice_thickness_mm = 3;
      break;
    case 12:
      traits.syntax = TransferSyntax::rle;
      break;
    case 16:
      add_lesion(patient, "Lymph node", lymph_node);
      break;
    default:
      break;
  }
  if (patient.number == 4)
    patient.rois.push_back({"Lung L", "ORGAN", left_lung(patient.phantom), -1});
}

/// In one NIfTI image x and y run as that format likes them, to the right and to the front.
void flip_in_plane(Geometry& grid) {
  for (const int axis : {0, 1}) {
    grid.origin_mm[axis] += (grid.size[axis] - 1) * grid.spacing_mm[axis];
    grid.direction[4 * axis] = -1;
  }
}

Patient patient_of(int number) {
  const Row& row = rows[number - 1];
  Patient patient{.number = number,
                  .case_name = {},
                  .mask = row.mask,
                  .identity = identity_of(number, row.age),
                  .staging = row.staging,
                  .phantom = {.seed = hashed(0x9a71e47, number),
                              .centre_mm = body_centre_mm(number),
                              .lesions = {}},
                  .rois = {},
                  .grid = {},
                  .traits = {}};
  const Ellipsoid tumour{row.place_mm, row.semi_axes_mm, rotation(row.quaternion)};
  add_lesion(patient, row.roi, {tumour, row.texture});
  set_peculiarities(patient);
  patient.grid = grid_around(patient.phantom, row.matrix, row.slice_mm);
  if (number == 18) flip_in_plane(patient.grid);
  patient.case_name =
      row.mask == nifti ? "phantom-" + to_text(number) : case_name_of(uid_of(patient, "ct"));
  return patient;
}

}  // namespace

std::string to_string(MaskKind kind) {
  constexpr const char* words[] = {"rtstruct", "seg", "nifti"};
  return words[int(kind)];
}

std::vector<Patient> cohort_patients() {
  std::vector<Patient> patients;
  for (int number = 1; number <= identity_count; ++number) patients.push_back(patient_of(number));
  return patients;
}

const Ellipsoid& primary_tumour(const Patient& patient) { return patient.rois[0].ellipsoid; }

std::string uid_of(const Patient& patient, const std::string& part) {
  return uid("patient " + to_text(patient.number) + "/" + part);
}

std::string case_name_of(const std::string& series_uid) {
  std::string name = "s";
  return name.append(sha256(series_uid), 0, 12);
}

}  // namespace radiomics::samples
