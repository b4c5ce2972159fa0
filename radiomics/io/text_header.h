#pragma once

#include <filesystem>
#include <istream>
#include <map>
#include <optional>
#include <string>

namespace radiomics {

// What the guards of image files with a header of text share. Internal to io.

using HeaderFields = std::map<std::string, std::string>;

/// The value of a field; "" if it is absent.
std::string field_of(const HeaderFields& fields, const std::string& name);

/// The next line, without its end ("\n" or "\r\n"); nothing at the end of the stream, or if the
/// line is longer than `longest` or holds control characters, which a reader may take for ends of
/// lines. Tabs are kept.
std::optional<std::string> header_line(std::istream& stream, std::size_t longest);

/// The file with the voxels of a header without them: it must lie in the folder of the header and
/// be one. \param suffix  of a file that holds both, for the remedy: ".mha" \throws Error
/// unsupported_data for several files and for other folders; unreadable_file if it is
///                absent
std::filesystem::path data_file_beside(const std::string& header_file, const std::string& name,
                                       const std::string& suffix);

}  // namespace radiomics
