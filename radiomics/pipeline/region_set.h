#pragma once

#include <functional>
#include <memory>
#include <string>

#include "radiomics/io/mask_source.h"
#include "radiomics/pipeline/region_plan.h"

namespace radiomics {

/// The voxels of the regions of one case, also of those that rules make.
///
/// What several of them need is read once and kept until the last has had it: up to
/// `most_kept_bytes` in all; what is more is read again. May be called from several threads; copies
/// share what is kept.
class RegionSet {
 public:
  /// The voxels of a region by its name in the file, looked at whether it lies on the image.
  using Read = std::function<RegionMask(const std::string& file_name)>;

  static constexpr std::size_t most_kept_bytes = std::size_t(128) << 20;

  RegionSet() = default;
  /// \param subject  what messages start with: the file
  RegionSet(RegionPlan plan, Read read, std::string subject);

  /// Warnings of the parts of a region are its own, each once, with the name of the part.
  /// \throws Error  unknown_region if there is none of the name, or if a rule's pattern matches
  ///                nothing (of a union: none of its patterns does; else a warning);
  ///                ambiguous_input if several regions of the file are called so; empty_region if
  ///                a rule leaves no voxel; as `read` for the region or a part of it
  RegionMask region(const std::string& name) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace radiomics
