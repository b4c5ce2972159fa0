#include "radiomics/pipeline/references.h"

#include <algorithm>
#include <iterator>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Refuses contradictions, or notes that they were accepted.
class Contradictions {
 public:
  /// \param subject  what errors name: the file, and the region if it is one's
  Contradictions(std::string subject, std::string image, const AcceptedMismatches& accepted)
      : subject_(std::move(subject)), image_(std::move(image)), accepted_(accepted) {}

  /// \param what  a phrase that ends before the image: "refers to another series than"
  void found(bool AcceptedMismatches::*kind, const std::string& what, const std::string& remedy) {
    const char* name = name_of(kind);
    require(accepted_.*kind, ErrorKind::reference_mismatch,
            subject_ + ": " + what + " " + image_ + "; " + remedy +
                ", or accept it with --accept-mismatch " + name);
    warnings_.push_back("accepted mismatch (" + std::string(name) + "): " + what + " the image");
  }

  void warn(std::string warning) { warnings_.push_back(std::move(warning)); }

  std::vector<std::string> warnings() && { return std::move(warnings_); }

 private:
  static const char* name_of(bool AcceptedMismatches::*kind) {
    if (kind == &AcceptedMismatches::patient) return mismatch_names[0];
    if (kind == &AcceptedMismatches::series) return mismatch_names[1];
    if (kind == &AcceptedMismatches::frame_of_reference) return mismatch_names[2];
    return mismatch_names[3];
  }

  std::string subject_, image_;
  const AcceptedMismatches& accepted_;
  std::vector<std::string> warnings_;
};

bool differ(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && a != b;
}

std::size_t missing_in(const ImageSource& image, const std::vector<std::string>& uids) {
  std::vector<std::string> here = image.instance_uids;
  std::ranges::sort(here);
  return std::size_t(std::ranges::count_if(
      uids, [&](const std::string& uid) { return !std::ranges::binary_search(here, uid); }));
}

// Series are exported again with new UIDs of their images: where series and frame of reference
// agree, the images are only warned of. Where no series is named, they are what is left to compare.
void check_images(const ImageSource& image, const MaskReferences& references,
                  Contradictions& contradictions) {
  if (image.instance_uids.empty()) return;
  const auto series =
      std::ranges::find(references.series, image.series_uid, &ReferencedSeries::uid);
  const bool listed = series != references.series.end() && !series->instance_uids.empty();
  const auto& expected = listed ? series->instance_uids : references.drawn_on_uids;
  const std::size_t missing = missing_in(image, expected);
  if (missing == 0) return;
  const std::string count = "refers to " + to_text(expected.size()) + " images";
  if (missing == expected.size() && references.series.empty())
    contradictions.found(&AcceptedMismatches::images, count + ", none of which is in",
                         "give the images that it was drawn on");
  else
    contradictions.warn("the mask " + count + ", of which " + to_text(missing) +
                        " are not in the series");
}

}  // namespace

std::vector<std::string> names_of(const AcceptedMismatches& accepted) {
  const bool members[] = {accepted.patient, accepted.series, accepted.frame_of_reference,
                          accepted.images};
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::size(members); ++i)
    if (members[i]) names.emplace_back(mismatch_names[i]);
  return names;
}

void accept(AcceptedMismatches& accepted, const std::string& name) {
  bool* const members[] = {&accepted.patient, &accepted.series, &accepted.frame_of_reference,
                           &accepted.images};
  const auto known = std::ranges::find(mismatch_names, name);
  require(known != std::end(mismatch_names), ErrorKind::invalid_argument,
          "'" + one_line(name) + "' is no mismatch that can be accepted; there are " +
              join(mismatch_names, ", "));
  *members[known - std::begin(mismatch_names)] = true;
}

std::vector<std::string> check_references(const ImageSource& image, const MaskSource& mask,
                                          const PairNames& names,
                                          const AcceptedMismatches& accepted) {
  const MaskReferences& references = mask.references;
  Contradictions contradictions(names.mask, names.image, accepted);
  if (image.series_uid.empty() || mask.kind == "labels") return {};  // they name nothing
  if (differ(image.patient_id, references.patient_id))
    contradictions.found(&AcceptedMismatches::patient, "has another PatientID than",
                         "find out whose it is");
  if (!references.series.empty() && !references.names(image.series_uid))
    contradictions.found(&AcceptedMismatches::series, "refers to another image series than",
                         "give the series that it was drawn on");
  else
    check_images(image, references, contradictions);
  const auto& frames = references.frame_of_reference_uids;
  const std::string& frame = image.frame_of_reference_uid;
  if (references.series.empty())
    contradictions.warn(frame.empty() || frames.empty()
                            ? "the mask names no image series: only geometry was compared"
                            : "the mask names no image series: only frame of reference and "
                              "geometry were compared");
  if (!frame.empty() && !frames.empty() && !references.names_frame(frame))
    contradictions.found(&AcceptedMismatches::frame_of_reference,
                         "has another frame of reference than",
                         "give the image that it was drawn on");
  return std::move(contradictions).warnings();
}

std::vector<std::string> check_references(const ImageSource& image, const RegionMask& region,
                                          const std::string& subject,
                                          const AcceptedMismatches& accepted) {
  Contradictions contradictions(subject, "the image", accepted);
  if (differ(image.frame_of_reference_uid, region.frame_of_reference_uid))
    contradictions.found(&AcceptedMismatches::frame_of_reference,
                         "is in another frame of reference than",
                         "give the image that it was drawn on");
  std::size_t known = 0, elsewhere = 0;
  for (const auto& [z, uid] : region.drawn_on) {
    if (std::ranges::find(image.instance_uids, uid) == image.instance_uids.end()) continue;
    ++known;
    const bool inside = z >= 0 && z < int(image.instance_uids.size());
    elsewhere += !inside || image.instance_uids[std::size_t(z)] != uid;
  }
  const std::string count = to_text(elsewhere);
  if (known > 0 && elsewhere == known)
    contradictions.found(
        &AcceptedMismatches::images,
        "has " + count + " contours, all on other slices than those that they name in",
        "export image and contours again");
  else if (elsewhere > 0)
    contradictions.warn(
        "contours that name another image than that of the slice on which they "
        "lie, where they stay: " +
        count);
  return std::move(contradictions).warnings();
}

}  // namespace radiomics
