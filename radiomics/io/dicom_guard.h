#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "radiomics/io/byte_window.h"

namespace radiomics {

/// What a DICOM file may ask of its readers. Internal to io.
namespace dicom_limit {

/// Sequences inside each other. DCMTK calls itself for each; real structure sets, segmentations and
/// enhanced images have 3 to 8.
constexpr int nesting = 32;

/// Elements and items. DCMTK takes up to 300 bytes for one of 8 bytes in the file; a segmentation
/// of 100 000 frames has 2 million.
constexpr std::uint64_t elements = 4'000'000;

/// Steps that DCMTK takes along its lists to put elements into order that are not: so many, and as
/// many for each byte of the file.
constexpr std::uint64_t sorting_steps = 10'000'000;
constexpr std::uint64_t sorting_steps_per_byte = 8;

/// Bytes that a deflated data set may unpack to; and not more than zlib can make of the file.
constexpr std::uint64_t inflated_bytes = 1U << 30;

/// Bytes of decoded pixels that a file of compressed ones may claim: this, or so many for each byte
/// of the compressed. A plain slice of zeros takes a hundred bytes in JPEG-LS.
constexpr double decoded_bytes = 64 << 20;
constexpr double decoded_bytes_per_byte = 1000;

}  // namespace dicom_limit

/// Says why the bytes of a file must not reach a parser of DICOM, or nothing if they may: the part
/// of a message behind "FILE: ", such as "is cut short: element (7FE0,0010) claims 524288 bytes,
/// 1000 are left". No value of the file but lengths and counts appears in it.
///
/// Walks once over the structure of the whole file, without a recursion: tags, lengths, items,
/// delimiters and fragments, with or without preamble, meta header and deflation, in either byte
/// order. Every length must fit into what holds the element, sequences must nest no deeper than
/// dicom_limit::nesting, and the pixels must be there: rows x columns x samples x bits x frames, if
/// compressed a fragment for each frame, whose own header tells the size of ours. A meta header
/// must be as long as it says. What DCMTK takes as harmless is taken here: odd lengths, elements
/// not in order, unknown two-letter types, zeros behind the data set, pixels without a delimiter at
/// the end of the file.
///
/// Cost: values are passed over, not read; of a CT slice it reads the 16 kB of its header. A
/// deflated file is unpacked in memory.
///
/// What passes takes DCMTK at most 40 bytes of memory per byte of the file (of what it unpacks to,
/// if it is deflated) and 64 MB: 32 were measured, of empty elements. Decoding takes a few times
/// the pixels that the file holds, or that its compressed ones may claim by dicom_limit.
std::optional<std::string> dicom_damage(const std::filesystem::path& file);

/// The same of a file that is open.
std::optional<std::string> dicom_damage(ByteWindow& bytes, const std::filesystem::path& file);

}  // namespace radiomics
