#include "radiomics/pipeline/transfer_syntax_names.h"

#include <utility>

namespace radiomics {

std::string transfer_syntax_name(std::string_view transfer_syntax_uid) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"", "uncompressed"},  // no meta header: implicit little endian
      {"1.2.840.10008.1.2", "uncompressed"},
      {"1.2.840.10008.1.2.1", "uncompressed"},
      {"1.2.840.10008.1.2.1.99", "deflated"},
      {"1.2.840.10008.1.2.2", "uncompressed, big endian"},
      {"1.2.840.10008.1.2.4.50", "JPEG with losses"},
      {"1.2.840.10008.1.2.4.51", "JPEG with losses"},
      {"1.2.840.10008.1.2.4.57", "JPEG lossless"},
      {"1.2.840.10008.1.2.4.70", "JPEG lossless"},
      {"1.2.840.10008.1.2.4.80", "JPEG-LS lossless"},
      {"1.2.840.10008.1.2.4.81", "JPEG-LS"},
      {"1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"},
      {"1.2.840.10008.1.2.4.91", "JPEG 2000"},
      {"1.2.840.10008.1.2.4.92", "JPEG 2000 part 2 lossless"},
      {"1.2.840.10008.1.2.4.93", "JPEG 2000 part 2"},
      {"1.2.840.10008.1.2.4.201", "HTJ2K lossless"},
      {"1.2.840.10008.1.2.4.202", "HTJ2K lossless"},
      {"1.2.840.10008.1.2.4.203", "HTJ2K"},
      {"1.2.840.10008.1.2.5", "RLE"},
  };
  for (const auto& [uid, name] : names)
    if (uid == transfer_syntax_uid) return std::string(name);
  return "stored in an unknown way";
}

}  // namespace radiomics
