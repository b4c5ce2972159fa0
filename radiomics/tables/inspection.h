#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// What lies in a folder or a file, without anything that identifies a person.
struct Inspection {
  struct Image {
    std::string name;      ///< of the case that it would make
    std::string path;      ///< relative to what was inspected: of its first file
    std::string modality;  ///< "CT"; "" where the file does not say
    std::size_t files = 0;
    Geometry geometry;                  ///< valid unless there is a problem
    std::string problem;                ///< why it cannot be measured; "" if it can
    std::vector<std::string> warnings;  ///< one line each
  };
  struct Mask {
    std::string path;
    std::string kind;   ///< "RTSTRUCT", "SEG", "labels"
    std::string image;  ///< name of the image that it belongs to; "" if none is there
    std::vector<std::string> regions;  ///< in the order of the file
    std::string problem;
  };
  std::vector<Image> images;
  std::vector<Mask> masks;
  std::map<std::string, int> left_out;  ///< reason: number of files
};

/// Lines for people.
void write_inspection_text(const Inspection& inspection, std::ostream& out);

/// {"images": [...], "masks": [...], "left_out": {...}}
void write_inspection_json(const Inspection& inspection, std::ostream& out);

}  // namespace radiomics
