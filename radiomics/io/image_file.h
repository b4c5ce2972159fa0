#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

/// A NIfTI, NRRD or MetaImage file whose header has been read and checked. Internal to io.
///
/// The voxels are read with the first box that is asked for and kept in the type of the file; the
/// scaling of a NIfTI header is applied. Memory: that of the voxels as stored.
/// What the header leaves open is never guessed: without a spacing the file is refused, without an
/// orientation there is a warning (see nifti_header.h, stated_geometry.h).
class ImageFile {
 public:
  /// \throws Error  unreadable_file; unsupported_data if it is no volume on an orthogonal grid in
  ///                millimetres
  explicit ImageFile(const std::filesystem::path& file);
  ~ImageFile();
  ImageFile(const ImageFile&) = delete;
  ImageFile& operator=(const ImageFile&) = delete;

  const std::string& name() const { return name_; }  ///< as the user typed it, for messages
  const Geometry& geometry() const { return geometry_; }
  int layers() const;  ///< values per voxel: an NRRD file may have a list of volumes
  bool holds_floats() const;

  /// The key/value pairs of an NRRD file; for other formats what ITK makes of the header.
  std::map<std::string, std::string> key_values() const;

  /// One line each, without a subject: what follows "the image" or "the mask".
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// The values of one layer in a box that lies inside the grid. May be called from several
  /// threads. \throws Error unreadable_file if the voxels are damaged
  ImageWindow read(const Box& box, int layer = 0) const;

 private:
  struct Voxels;

  std::string name_;
  Geometry geometry_;
  std::vector<std::string> warnings_;
  std::unique_ptr<Voxels> voxels_;
};

}  // namespace radiomics
