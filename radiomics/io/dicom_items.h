#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/io/byte_window.h"

class DcmFileFormat;
class DcmItem;
class DcmTagKey;

namespace radiomics {

/// Reading of DICOM data sets with strict numbers and text that is safe to print. Internal to io.

/// How much of a file is read.
enum class DicomPart {
  header,  ///< up to the pixel data
  all,
};

/// A DICOM file in memory. Values over 4 kB are fetched from the file when they are asked for: use
/// an object in one thread only.
class DicomFile {
 public:
  /// Reads a file that dicom_damage() finds nothing wrong with. Whatever it is: ask
  /// looks_like_dicom() first.
  /// \param problem  where nothing is returned: why, behind "FILE: ", such as "is cut short: ..."
  static std::optional<DicomFile> read(const std::filesystem::path& file, DicomPart part,
                                       std::string& problem);
  /// The same of a file that is open already: the guard does not open it again.
  static std::optional<DicomFile> read(ByteWindow& bytes, const std::filesystem::path& file,
                                       DicomPart part, std::string& problem);
  DicomFile(DicomFile&&) noexcept;
  ~DicomFile();

  DcmItem& dataset() const;
  std::string transfer_syntax_uid() const;
  std::string modality() const;  ///< on one line of valid UTF-8

  /// Of a header: where in the file the value of the pixel data begins, if there is one, else the
  /// end of the file. Means nothing in a deflated file.
  std::uint64_t end_of_header() const { return end_of_header_; }

 private:
  DicomFile(std::unique_ptr<DcmFileFormat> format, std::uint64_t end_of_header);
  std::unique_ptr<DcmFileFormat> format_;
  std::uint64_t end_of_header_ = 0;
};

/// Whether a file starts as a DICOM file does: with a preamble, or with a data set of group 0008.
bool looks_like_dicom(const std::filesystem::path& file);
bool looks_like_dicom(ByteWindow& bytes);

/// Reads a whole DICOM object of the given modality.
/// \throws Error unreadable_file; unsupported_data if it is another kind of object
DicomFile open_dicom_object(const std::filesystem::path& file, std::string_view modality);

/// The value of an element as text, values separated by backslashes, without padding; "" if absent.
std::string text(DcmItem& item, const DcmTagKey& tag);

/// As text(), on one line of valid UTF-8, whatever the character set of the file (`dataset`).
std::string name_text(DcmItem& dataset, DcmItem& item, const DcmTagKey& tag);

/// All values of a decimal string; nothing if it is absent or one of them is no finite number.
std::optional<std::vector<double>> numbers(DcmItem& item, const DcmTagKey& tag);

/// A value of an unsigned short or integer string; nothing if it is absent or no number.
std::optional<int> integer(DcmItem& item, const DcmTagKey& tag);

/// The numbers in a text of values separated by backslashes; nothing if one is not finite.
std::optional<std::vector<double>> parse_numbers(std::string_view text);

/// The items of a sequence; none if it is absent.
std::vector<DcmItem*> items(DcmItem& item, const DcmTagKey& sequence);

/// The bytes of an element in the byte order of this machine; none if it is absent.
std::vector<unsigned char> bytes(DcmItem& item, const DcmTagKey& tag);

/// The fragments of compressed pixel data without the table of offsets; none if not compressed.
std::vector<std::vector<unsigned char>> pixel_fragments(DcmItem& dataset);

}  // namespace radiomics
