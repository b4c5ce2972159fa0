#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/io/byte_window.h"

namespace radiomics {

/// What the elements of a data set say of its pixels, and where these lie. Part of the guard.
class PixelClaims {
 public:
  /// Takes notice of an element of the data set itself; most are none of ours.
  void add(std::uint32_t tag, std::uint64_t place, std::uint32_t length, bool big_endian,
           ByteWindow& bytes);
  void begin_fragments() { fragmented_ = true; }
  void add_fragment(std::uint64_t place, std::uint32_t length);

  /// Why the pixels that are there cannot be those that are described; nothing if they can, or if
  /// there are none.
  /// \param encapsulated  whether the transfer syntax asks for fragments
  std::optional<std::string> problem(std::string_view transfer_syntax_uid, bool encapsulated,
                                     ByteWindow& bytes) const;

 private:
  struct Piece {
    std::uint64_t place = 0;
    std::uint32_t length = 0;
  };

  double decoded_bytes() const;
  double compressed_bytes() const;
  std::string described() const;
  std::optional<std::string> native_problem() const;
  std::optional<std::string> compressed_problem(std::string_view syntax, ByteWindow& bytes) const;
  std::optional<std::string> codestream_problem(std::string_view syntax, ByteWindow& bytes) const;
  std::optional<std::string> run_length_problem(ByteWindow& bytes) const;

  std::optional<double> rows_, columns_, samples_, bits_, frames_;
  std::optional<std::uint32_t> native_bytes_;
  bool fragmented_ = false;
  std::vector<Piece> fragments_;  ///< the table of offsets is the first
};

}  // namespace radiomics
