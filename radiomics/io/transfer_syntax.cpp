#include "radiomics/io/transfer_syntax.h"

#include <algorithm>
#include <iterator>

namespace radiomics {
namespace {

constexpr TransferSyntax known[] = {
    {"1.2.840.10008.1.2", true, false},        // implicit little endian
    {"1.2.840.10008.1.2.1", true, false},      // explicit little endian
    {"1.2.840.10008.1.2.2", true, false},      // explicit big endian
    {"1.2.840.10008.1.2.1.99", false, false},  // deflated
    {"1.2.840.10008.1.2.5", false, false},     // RLE
    {"1.2.840.10008.1.2.4.50", false, true},   // JPEG baseline
    {"1.2.840.10008.1.2.4.51", false, true},   // JPEG extended, 12 bits
    {"1.2.840.10008.1.2.4.57", false, false},  // JPEG lossless
    {"1.2.840.10008.1.2.4.70", false, false},  // JPEG lossless, first-order prediction
    {"1.2.840.10008.1.2.4.80", false, false},  // JPEG-LS lossless
    {"1.2.840.10008.1.2.4.81", false, true},   // JPEG-LS near-lossless
    {"1.2.840.10008.1.2.4.90", false, false},  // JPEG 2000 lossless
    {"1.2.840.10008.1.2.4.91", false, true},   // JPEG 2000, either
};

}  // namespace

const TransferSyntax* known_transfer_syntax(std::string_view uid) {
  const auto found = std::ranges::find(known, uid, &TransferSyntax::uid);
  return found == std::end(known) ? nullptr : &*found;
}

}  // namespace radiomics
