// A table of data. Published under CC BY 4.0: Zwanenburg et al., Image biomarker standardisation
// initiative, reference manual, chapter 5, and https://github.com/theibsi/data_sets.

#include "radiomics/pipeline/digital_phantom.h"

namespace radiomics {
namespace {

using enum Aggregation;

constexpr int intensities[4][4][5] = {
    {{1, 4, 4, 1, 1}, {1, 4, 6, 1, 1}, {4, 1, 6, 4, 1}, {4, 4, 6, 4, 1}},
    {{1, 4, 4, 1, 1}, {1, 1, 6, 1, 1}, {1, 1, 3, 1, 1}, {4, 4, 6, 1, 1}},
    {{1, 4, 4, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 9, 1, 1}, {1, 1, 6, 1, 1}},
    {{1, 4, 4, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}, {1, 1, 6, 1, 1}},
};

constexpr Index3 outside[] = {{0, 2, 1}, {3, 0, 2}, {4, 0, 2}, {2, 2, 2}, {3, 0, 3}, {4, 0, 3}};

// clang-format off
constexpr IbsiReference references[] = {
    // Morphology
    {"RNU0", none, 556, 4}, {"YEKZ", none, 592, 4}, {"C0JK", none, 388, 3},
    {"2PR5", none, 0.698, 0.004}, {"SKGS", none, 0.0411, 0.0003}, {"BQWJ", none, 0.599, 0.004},
    {"KRCK", none, 1.19, 0.01}, {"QCFX", none, 0.843, 0.005}, {"25C7", none, 0.186, 0.001},
    {"KLMA", none, 0.672, 0.004}, {"L0JK", none, 13.1, 0.1}, {"TDIC", none, 11.4, 0.1},
    {"P9VJ", none, 9.31, 0.06}, {"7J51", none, 8.54, 0.05}, {"Q3CK", none, 0.816, 0.005},
    {"N17B", none, 0.749, 0.005}, {"PBX1", none, 0.869, 0.005}, {"R59B", none, 0.866, 0.005},
    {"6BDE", none, 1.17, 0.01}, {"RDD2", none, 1.36, 0.01}, {"R3ER", none, 0.961, 0.006},
    {"7T7F", none, 1.03, 0.01}, {"99N0", none, 1200, 10}, {"N365", none, 0.0397, 0.0003},
    {"NPT7", none, 0.974, 0.006},
    // Local intensity
    {"VJGA", none, 2.6, 0}, {"0F91", none, 3.1, 0},
    // Statistics
    {"Q4LE", none, 2.15, 0}, {"ECT3", none, 3.05, 0}, {"KE2A", none, 1.08, 0},
    {"IPH6", none, -0.355, 0}, {"Y12H", none, 1, 0}, {"1GSF", none, 1, 0}, {"QG58", none, 1, 0},
    {"8DWT", none, 4, 0}, {"84IY", none, 6, 0}, {"SALO", none, 3, 0}, {"2OJQ", none, 5, 0},
    {"4FUA", none, 1.55, 0}, {"1128", none, 1.11, 0}, {"N72L", none, 1.15, 0},
    {"7TET", none, 0.812, 0}, {"9S40", none, 0.6, 0}, {"N8CA", none, 567, 0},
    {"5ZWQ", none, 2.77, 0},
    // Intensity histogram
    {"X6K6", none, 2.15, 0}, {"CH89", none, 3.05, 0}, {"88K1", none, 1.08, 0},
    {"C3I7", none, -0.355, 0}, {"WIFQ", none, 1, 0}, {"1PR8", none, 1, 0}, {"GPMT", none, 1, 0},
    {"OZ0C", none, 4, 0}, {"3NCY", none, 6, 0}, {"AMMC", none, 1, 0}, {"WR0O", none, 3, 0},
    {"5Z3W", none, 5, 0}, {"D2ZX", none, 1.55, 0}, {"WRZB", none, 1.11, 0}, {"4RNL", none, 1.15, 0},
    {"CWYJ", none, 0.812, 0}, {"SLWD", none, 0.6, 0}, {"TLU2", none, 1.27, 0},
    {"BJ5W", none, 0.512, 0}, {"12CE", none, 8, 0}, {"8E6O", none, 3, 0}, {"VQB3", none, -50, 0},
    {"RHQZ", none, 1, 0},
    // Intensity volume histogram
    {"NK6P", none, 0.324, 0}, {"4279", none, 0.0946, 0}, {"PWN1", none, 5, 0}, {"BOHI", none, 2, 0},
    {"WITY", none, 0.23, 0}, {"JXJA", none, 3, 0},
    // Co-occurrence matrix
    {"GYBY", average_2d, 0.519, 0}, {"60VM", average_2d, 2.14, 0}, {"UR99", average_2d, 2.69, 0},
    {"TU9B", average_2d, 2.05, 0}, {"TF7R", average_2d, 1.42, 0}, {"D3YU", average_2d, 2.9, 0},
    {"NTRS", average_2d, 1.4, 0}, {"ZGXS", average_2d, 4.28, 0}, {"OEEB", average_2d, 5.47, 0},
    {"P6QZ", average_2d, 1.6, 0}, {"8ZQL", average_2d, 0.368, 0}, {"ACUI", average_2d, 5.28, 0},
    {"8S9J", average_2d, 1.42, 0}, {"IB1Z", average_2d, 0.678, 0}, {"NDRX", average_2d, 0.851, 0},
    {"WF0Z", average_2d, 0.619, 0}, {"1QCO", average_2d, 0.899, 0}, {"E8JP", average_2d, 0.0567, 0},
    {"NI2N", average_2d, -0.0121, 0}, {"QWB0", average_2d, 5.09, 0}, {"DG8W", average_2d, 5.47, 0},
    {"7NFM", average_2d, 7, 0}, {"AE86", average_2d, 79.1, 0}, {"R8DG", average_2d, -0.155, 0},
    {"JN9H", average_2d, 0.487, 0}, {"GYBY", slice_merged_2d, 0.512, 0},
    {"60VM", slice_merged_2d, 2.14, 0}, {"UR99", slice_merged_2d, 2.71, 0},
    {"TU9B", slice_merged_2d, 2.24, 0}, {"TF7R", slice_merged_2d, 1.4, 0},
    {"D3YU", slice_merged_2d, 3.06, 0}, {"NTRS", slice_merged_2d, 1.49, 0},
    {"ZGXS", slice_merged_2d, 4.29, 0}, {"OEEB", slice_merged_2d, 5.66, 0},
    {"P6QZ", slice_merged_2d, 1.79, 0}, {"8ZQL", slice_merged_2d, 0.352, 0},
    {"ACUI", slice_merged_2d, 5.19, 0}, {"8S9J", slice_merged_2d, 1.4, 0},
    {"IB1Z", slice_merged_2d, 0.683, 0}, {"NDRX", slice_merged_2d, 0.854, 0},
    {"WF0Z", slice_merged_2d, 0.625, 0}, {"1QCO", slice_merged_2d, 0.901, 0},
    {"E8JP", slice_merged_2d, 0.0553, 0}, {"NI2N", slice_merged_2d, 0.0173, 0},
    {"QWB0", slice_merged_2d, 5.14, 0}, {"DG8W", slice_merged_2d, 5.66, 0},
    {"7NFM", slice_merged_2d, 6.98, 0}, {"AE86", slice_merged_2d, 80.4, 0},
    {"R8DG", slice_merged_2d, -0.0341, 0}, {"JN9H", slice_merged_2d, 0.263, 0},
    {"GYBY", direction_merged_25d, 0.489, 0}, {"60VM", direction_merged_25d, 2.2, 0},
    {"UR99", direction_merged_25d, 3.22, 0}, {"TU9B", direction_merged_25d, 2.48, 0},
    {"TF7R", direction_merged_25d, 1.46, 0}, {"D3YU", direction_merged_25d, 3.11, 0},
    {"NTRS", direction_merged_25d, 1.61, 0}, {"ZGXS", direction_merged_25d, 4.41, 0},
    {"OEEB", direction_merged_25d, 7.48, 0}, {"P6QZ", direction_merged_25d, 2.01, 0},
    {"8ZQL", direction_merged_25d, 0.286, 0}, {"ACUI", direction_merged_25d, 5.39, 0},
    {"8S9J", direction_merged_25d, 1.46, 0}, {"IB1Z", direction_merged_25d, 0.668, 0},
    {"NDRX", direction_merged_25d, 0.847, 0}, {"WF0Z", direction_merged_25d, 0.606, 0},
    {"1QCO", direction_merged_25d, 0.897, 0}, {"E8JP", direction_merged_25d, 0.0597, 0},
    {"NI2N", direction_merged_25d, 0.178, 0}, {"QWB0", direction_merged_25d, 5.4, 0},
    {"DG8W", direction_merged_25d, 7.48, 0}, {"7NFM", direction_merged_25d, 16.6, 0},
    {"AE86", direction_merged_25d, 147, 0}, {"R8DG", direction_merged_25d, -0.124, 0},
    {"JN9H", direction_merged_25d, 0.487, 0}, {"GYBY", merged_25d, 0.492, 0},
    {"60VM", merged_25d, 2.2, 0}, {"UR99", merged_25d, 3.24, 0}, {"TU9B", merged_25d, 2.61, 0},
    {"TF7R", merged_25d, 1.44, 0}, {"D3YU", merged_25d, 3.23, 0}, {"NTRS", merged_25d, 1.67, 0},
    {"ZGXS", merged_25d, 4.41, 0}, {"OEEB", merged_25d, 7.65, 0}, {"P6QZ", merged_25d, 2.14, 0},
    {"8ZQL", merged_25d, 0.277, 0}, {"ACUI", merged_25d, 5.29, 0}, {"8S9J", merged_25d, 1.44, 0},
    {"IB1Z", merged_25d, 0.673, 0}, {"NDRX", merged_25d, 0.85, 0}, {"WF0Z", merged_25d, 0.613, 0},
    {"1QCO", merged_25d, 0.899, 0}, {"E8JP", merged_25d, 0.0582, 0}, {"NI2N", merged_25d, 0.182, 0},
    {"QWB0", merged_25d, 5.45, 0}, {"DG8W", merged_25d, 7.65, 0}, {"7NFM", merged_25d, 16.4, 0},
    {"AE86", merged_25d, 142, 0}, {"R8DG", merged_25d, -0.0334, 0}, {"JN9H", merged_25d, 0.291, 0},
    {"GYBY", average_3d, 0.503, 0}, {"60VM", average_3d, 2.14, 0}, {"UR99", average_3d, 3.1, 0},
    {"TU9B", average_3d, 2.4, 0}, {"TF7R", average_3d, 1.43, 0}, {"D3YU", average_3d, 3.06, 0},
    {"NTRS", average_3d, 1.56, 0}, {"ZGXS", average_3d, 4.29, 0}, {"OEEB", average_3d, 7.07, 0},
    {"P6QZ", average_3d, 1.92, 0}, {"8ZQL", average_3d, 0.303, 0}, {"ACUI", average_3d, 5.32, 0},
    {"8S9J", average_3d, 1.43, 0}, {"IB1Z", average_3d, 0.677, 0}, {"NDRX", average_3d, 0.851, 0},
    {"WF0Z", average_3d, 0.618, 0}, {"1QCO", average_3d, 0.898, 0}, {"E8JP", average_3d, 0.0604, 0},
    {"NI2N", average_3d, 0.157, 0}, {"QWB0", average_3d, 5.06, 0}, {"DG8W", average_3d, 7.07, 0},
    {"7NFM", average_3d, 16.6, 0}, {"AE86", average_3d, 145, 0}, {"R8DG", average_3d, -0.157, 0},
    {"JN9H", average_3d, 0.52, 0}, {"GYBY", merged_3d, 0.509, 0}, {"60VM", merged_3d, 2.15, 0},
    {"UR99", merged_3d, 3.13, 0}, {"TU9B", merged_3d, 2.57, 0}, {"TF7R", merged_3d, 1.38, 0},
    {"D3YU", merged_3d, 3.21, 0}, {"NTRS", merged_3d, 1.64, 0}, {"ZGXS", merged_3d, 4.3, 0},
    {"OEEB", merged_3d, 7.41, 0}, {"P6QZ", merged_3d, 2.11, 0}, {"8ZQL", merged_3d, 0.291, 0},
    {"ACUI", merged_3d, 5.12, 0}, {"8S9J", merged_3d, 1.38, 0}, {"IB1Z", merged_3d, 0.688, 0},
    {"NDRX", merged_3d, 0.856, 0}, {"WF0Z", merged_3d, 0.631, 0}, {"1QCO", merged_3d, 0.902, 0},
    {"E8JP", merged_3d, 0.0574, 0}, {"NI2N", merged_3d, 0.183, 0}, {"QWB0", merged_3d, 5.19, 0},
    {"DG8W", merged_3d, 7.41, 0}, {"7NFM", merged_3d, 17.4, 0}, {"AE86", merged_3d, 147, 0},
    {"R8DG", merged_3d, -0.0288, 0}, {"JN9H", merged_3d, 0.269, 0},
    // Run length matrix
    {"22OV", average_2d, 0.641, 0}, {"W4KF", average_2d, 3.78, 0}, {"V3SW", average_2d, 0.604, 0},
    {"G3QZ", average_2d, 9.82, 0}, {"HTZT", average_2d, 0.294, 0}, {"GD3A", average_2d, 8.57, 0},
    {"IVPO", average_2d, 3.14, 0}, {"3KUM", average_2d, 17.4, 0}, {"R5YN", average_2d, 5.2, 0},
    {"OVBL", average_2d, 0.46, 0}, {"W92Y", average_2d, 6.12, 0}, {"IC23", average_2d, 0.492, 0},
    {"9ZK5", average_2d, 0.627, 0}, {"8CE5", average_2d, 3.35, 0}, {"SXLW", average_2d, 0.761, 0},
    {"HJ9O", average_2d, 2.17, 0}, {"22OV", slice_merged_2d, 0.661, 0},
    {"W4KF", slice_merged_2d, 3.51, 0}, {"V3SW", slice_merged_2d, 0.609, 0},
    {"G3QZ", slice_merged_2d, 9.74, 0}, {"HTZT", slice_merged_2d, 0.311, 0},
    {"GD3A", slice_merged_2d, 8.67, 0}, {"IVPO", slice_merged_2d, 2.92, 0},
    {"3KUM", slice_merged_2d, 16.1, 0}, {"R5YN", slice_merged_2d, 20.5, 0},
    {"OVBL", slice_merged_2d, 0.456, 0}, {"W92Y", slice_merged_2d, 21.6, 0},
    {"IC23", slice_merged_2d, 0.441, 0}, {"9ZK5", slice_merged_2d, 0.627, 0},
    {"8CE5", slice_merged_2d, 3.37, 0}, {"SXLW", slice_merged_2d, 0.778, 0},
    {"HJ9O", slice_merged_2d, 2.57, 0}, {"22OV", direction_merged_25d, 0.665, 0},
    {"W4KF", direction_merged_25d, 3.46, 0}, {"V3SW", direction_merged_25d, 0.58, 0},
    {"G3QZ", direction_merged_25d, 10.3, 0}, {"HTZT", direction_merged_25d, 0.296, 0},
    {"GD3A", direction_merged_25d, 9.03, 0}, {"IVPO", direction_merged_25d, 2.79, 0},
    {"3KUM", direction_merged_25d, 17.9, 0}, {"R5YN", direction_merged_25d, 19.5, 0},
    {"OVBL", direction_merged_25d, 0.413, 0}, {"W92Y", direction_merged_25d, 22.3, 0},
    {"IC23", direction_merged_25d, 0.461, 0}, {"9ZK5", direction_merged_25d, 0.632, 0},
    {"8CE5", direction_merged_25d, 3.58, 0}, {"SXLW", direction_merged_25d, 0.758, 0},
    {"HJ9O", direction_merged_25d, 2.52, 0}, {"22OV", merged_25d, 0.68, 0},
    {"W4KF", merged_25d, 3.27, 0}, {"V3SW", merged_25d, 0.585, 0}, {"G3QZ", merged_25d, 10.2, 0},
    {"HTZT", merged_25d, 0.312, 0}, {"GD3A", merged_25d, 9.05, 0}, {"IVPO", merged_25d, 2.63, 0},
    {"3KUM", merged_25d, 17, 0}, {"R5YN", merged_25d, 77.1, 0}, {"OVBL", merged_25d, 0.412, 0},
    {"W92Y", merged_25d, 83.2, 0}, {"IC23", merged_25d, 0.445, 0}, {"9ZK5", merged_25d, 0.632, 0},
    {"8CE5", merged_25d, 3.59, 0}, {"SXLW", merged_25d, 0.767, 0}, {"HJ9O", merged_25d, 2.76, 0},
    {"22OV", average_3d, 0.705, 0}, {"W4KF", average_3d, 3.06, 0}, {"V3SW", average_3d, 0.603, 0},
    {"G3QZ", average_3d, 9.7, 0}, {"HTZT", average_3d, 0.352, 0}, {"GD3A", average_3d, 8.54, 0},
    {"IVPO", average_3d, 2.39, 0}, {"3KUM", average_3d, 17.6, 0}, {"R5YN", average_3d, 21.8, 0},
    {"OVBL", average_3d, 0.43, 0}, {"W92Y", average_3d, 26.9, 0}, {"IC23", average_3d, 0.513, 0},
    {"9ZK5", average_3d, 0.68, 0}, {"8CE5", average_3d, 3.46, 0}, {"SXLW", average_3d, 0.574, 0},
    {"HJ9O", average_3d, 2.43, 0}, {"22OV", merged_3d, 0.729, 0}, {"W4KF", merged_3d, 2.76, 0},
    {"V3SW", merged_3d, 0.607, 0}, {"G3QZ", merged_3d, 9.64, 0}, {"HTZT", merged_3d, 0.372, 0},
    {"GD3A", merged_3d, 8.67, 0}, {"IVPO", merged_3d, 2.16, 0}, {"3KUM", merged_3d, 15.6, 0},
    {"R5YN", merged_3d, 281, 0}, {"OVBL", merged_3d, 0.43, 0}, {"W92Y", merged_3d, 328, 0},
    {"IC23", merged_3d, 0.501, 0}, {"9ZK5", merged_3d, 0.68, 0}, {"8CE5", merged_3d, 3.48, 0},
    {"SXLW", merged_3d, 0.598, 0}, {"HJ9O", merged_3d, 2.62, 0},
    // Size zone matrix
    {"5QRC", slices_2d, 0.363, 0}, {"48P8", slices_2d, 43.9, 0}, {"XMSY", slices_2d, 0.371, 0},
    {"5GN9", slices_2d, 16.4, 0}, {"5RAI", slices_2d, 0.0259, 0}, {"HW1V", slices_2d, 10.3, 0},
    {"YH51", slices_2d, 40.4, 0}, {"J17V", slices_2d, 113, 0}, {"JNSA", slices_2d, 1.41, 0},
    {"Y1RO", slices_2d, 0.323, 0}, {"4JP3", slices_2d, 1.49, 0}, {"VB3A", slices_2d, 0.333, 0},
    {"P30P", slices_2d, 0.24, 0}, {"BYLV", slices_2d, 3.97, 0}, {"3NSA", slices_2d, 21, 0},
    {"GU8N", slices_2d, 1.93, 0}, {"5QRC", slices_merged_25d, 0.368, 0},
    {"48P8", slices_merged_25d, 34.2, 0}, {"XMSY", slices_merged_25d, 0.368, 0},
    {"5GN9", slices_merged_25d, 16.2, 0}, {"5RAI", slices_merged_25d, 0.0295, 0},
    {"HW1V", slices_merged_25d, 9.87, 0}, {"YH51", slices_merged_25d, 30.6, 0},
    {"J17V", slices_merged_25d, 107, 0}, {"JNSA", slices_merged_25d, 5.44, 0},
    {"Y1RO", slices_merged_25d, 0.302, 0}, {"4JP3", slices_merged_25d, 3.44, 0},
    {"VB3A", slices_merged_25d, 0.191, 0}, {"P30P", slices_merged_25d, 0.243, 0},
    {"BYLV", slices_merged_25d, 3.92, 0}, {"3NSA", slices_merged_25d, 17.3, 0},
    {"GU8N", slices_merged_25d, 3.08, 0}, {"5QRC", volume_3d, 0.255, 0},
    {"48P8", volume_3d, 550, 0}, {"XMSY", volume_3d, 0.253, 0}, {"5GN9", volume_3d, 15.6, 0},
    {"5RAI", volume_3d, 0.0256, 0}, {"HW1V", volume_3d, 2.76, 0}, {"YH51", volume_3d, 503, 0},
    {"J17V", volume_3d, 1490, 0}, {"JNSA", volume_3d, 1.4, 0}, {"Y1RO", volume_3d, 0.28, 0},
    {"4JP3", volume_3d, 1, 0}, {"VB3A", volume_3d, 0.2, 0}, {"P30P", volume_3d, 0.0676, 0},
    {"BYLV", volume_3d, 2.64, 0}, {"3NSA", volume_3d, 331, 0}, {"GU8N", volume_3d, 2.32, 0},
    // Distance zone matrix
    {"0GBI", slices_2d, 0.946, 0}, {"MB4I", slices_2d, 1.21, 0}, {"S1RA", slices_2d, 0.371, 0},
    {"K26C", slices_2d, 16.4, 0}, {"RUVG", slices_2d, 0.367, 0}, {"DKNJ", slices_2d, 15.2, 0},
    {"A7WM", slices_2d, 0.386, 0}, {"KLTH", slices_2d, 21.3, 0}, {"VFT7", slices_2d, 1.41, 0},
    {"7HP3", slices_2d, 0.323, 0}, {"V294", slices_2d, 3.79, 0}, {"IATH", slices_2d, 0.898, 0},
    {"VIWW", slices_2d, 0.24, 0}, {"QK93", slices_2d, 3.97, 0}, {"7WT1", slices_2d, 0.051, 0},
    {"GBDU", slices_2d, 1.73, 0}, {"0GBI", slices_merged_25d, 0.917, 0},
    {"MB4I", slices_merged_25d, 1.33, 0}, {"S1RA", slices_merged_25d, 0.368, 0},
    {"K26C", slices_merged_25d, 16.2, 0}, {"RUVG", slices_merged_25d, 0.362, 0},
    {"DKNJ", slices_merged_25d, 14.3, 0}, {"A7WM", slices_merged_25d, 0.391, 0},
    {"KLTH", slices_merged_25d, 23.7, 0}, {"VFT7", slices_merged_25d, 5.44, 0},
    {"7HP3", slices_merged_25d, 0.302, 0}, {"V294", slices_merged_25d, 14.4, 0},
    {"IATH", slices_merged_25d, 0.802, 0}, {"VIWW", slices_merged_25d, 0.243, 0},
    {"QK93", slices_merged_25d, 3.92, 0}, {"7WT1", slices_merged_25d, 0.0988, 0},
    {"GBDU", slices_merged_25d, 2, 0}, {"0GBI", volume_3d, 1, 0}, {"MB4I", volume_3d, 1, 0},
    {"S1RA", volume_3d, 0.253, 0}, {"K26C", volume_3d, 15.6, 0}, {"RUVG", volume_3d, 0.253, 0},
    {"DKNJ", volume_3d, 15.6, 0}, {"A7WM", volume_3d, 0.253, 0}, {"KLTH", volume_3d, 15.6, 0},
    {"VFT7", volume_3d, 1.4, 0}, {"7HP3", volume_3d, 0.28, 0}, {"V294", volume_3d, 5, 0},
    {"IATH", volume_3d, 1, 0}, {"VIWW", volume_3d, 0.0676, 0}, {"QK93", volume_3d, 2.64, 0},
    {"7WT1", volume_3d, 0, 0}, {"GBDU", volume_3d, 1.92, 0},
    // Neighbourhood grey tone difference matrix
    {"QCDE", slices_2d, 0.121, 0}, {"65HE", slices_2d, 0.925, 0}, {"NQ30", slices_2d, 2.99, 0},
    {"HDEZ", slices_2d, 10.4, 0}, {"1X9X", slices_2d, 2.88, 0},
    {"QCDE", slices_merged_25d, 0.0285, 0}, {"65HE", slices_merged_25d, 0.601, 0},
    {"NQ30", slices_merged_25d, 6.8, 0}, {"HDEZ", slices_merged_25d, 14.1, 0},
    {"1X9X", slices_merged_25d, 0.741, 0}, {"QCDE", volume_3d, 0.0296, 0},
    {"65HE", volume_3d, 0.584, 0}, {"NQ30", volume_3d, 6.54, 0}, {"HDEZ", volume_3d, 13.5, 0},
    {"1X9X", volume_3d, 0.763, 0},
    // Neighbouring grey level dependence matrix
    {"SODN", slices_2d, 0.158, 0}, {"IMOQ", slices_2d, 19.2, 0}, {"TL9H", slices_2d, 0.702, 0},
    {"OAE7", slices_2d, 7.49, 0}, {"EQ3F", slices_2d, 0.0473, 0}, {"JA6D", slices_2d, 3.06, 0},
    {"NBZI", slices_2d, 17.6, 0}, {"9QMG", slices_2d, 49.5, 0}, {"FP8K", slices_2d, 10.2, 0},
    {"5SPA", slices_2d, 0.562, 0}, {"Z87G", slices_2d, 3.96, 0}, {"OKJI", slices_2d, 0.212, 0},
    {"6XV8", slices_2d, 1, 0}, {"1PFV", slices_2d, 2.7, 0}, {"DNX2", slices_2d, 2.73, 0},
    {"FCBV", slices_2d, 2.71, 0}, {"CAS9", slices_2d, 0.17, 0},
    {"SODN", slices_merged_25d, 0.159, 0}, {"IMOQ", slices_merged_25d, 18.8, 0},
    {"TL9H", slices_merged_25d, 0.693, 0}, {"OAE7", slices_merged_25d, 7.66, 0},
    {"EQ3F", slices_merged_25d, 0.0477, 0}, {"JA6D", slices_merged_25d, 3.07, 0},
    {"NBZI", slices_merged_25d, 17.2, 0}, {"9QMG", slices_merged_25d, 50.8, 0},
    {"FP8K", slices_merged_25d, 37.9, 0}, {"5SPA", slices_merged_25d, 0.512, 0},
    {"Z87G", slices_merged_25d, 12.4, 0}, {"OKJI", slices_merged_25d, 0.167, 0},
    {"6XV8", slices_merged_25d, 1, 0}, {"1PFV", slices_merged_25d, 3.05, 0},
    {"DNX2", slices_merged_25d, 3.27, 0}, {"FCBV", slices_merged_25d, 3.36, 0},
    {"CAS9", slices_merged_25d, 0.122, 0}, {"SODN", volume_3d, 0.045, 0},
    {"IMOQ", volume_3d, 109, 0}, {"TL9H", volume_3d, 0.693, 0}, {"OAE7", volume_3d, 7.66, 0},
    {"EQ3F", volume_3d, 0.00963, 0}, {"JA6D", volume_3d, 0.736, 0}, {"NBZI", volume_3d, 102, 0},
    {"9QMG", volume_3d, 235, 0}, {"FP8K", volume_3d, 37.9, 0}, {"5SPA", volume_3d, 0.512, 0},
    {"Z87G", volume_3d, 4.86, 0}, {"OKJI", volume_3d, 0.0657, 0}, {"6XV8", volume_3d, 1, 0},
    {"1PFV", volume_3d, 3.05, 0}, {"DNX2", volume_3d, 22.1, 0}, {"FCBV", volume_3d, 4.4, 0},
    {"CAS9", volume_3d, 0.0533, 0},
};
// clang-format on

}  // namespace

Region digital_phantom() {
  const Geometry grid{.size = {5, 4, 4}, .spacing_mm = {2, 2, 2}};
  Region region{
      .image = Image(grid), .morphological = Mask(grid, 1), .intensity = {}, .grid = grid};
  for (int z = 0; z < 4; ++z)
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 5; ++x) region.image(x, y, z) = intensities[z][y][x];
  for (const auto& [x, y, z] : outside) region.morphological(x, y, z) = 0;
  region.intensity = region.morphological;
  return region;
}

std::span<const IbsiReference> digital_phantom_references() { return references; }

}  // namespace radiomics
