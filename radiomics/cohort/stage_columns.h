#pragma once

#include <optional>
#include <string>

#include "radiomics/cohort/tnm_stage.h"

namespace radiomics {

struct Cohort;

/// Which columns hold the stage.
struct StageSpec {
  std::string t{}, n{}, m{};            ///< columns; "": there is none
  std::string overall{};                ///< column of the stage group
  std::string extent{};                 ///< column of limited or extensive disease
  std::optional<TnmEdition> edition{};  ///< of the columns; nothing: not said
  bool empty() const {
    return t.empty() && n.empty() && m.empty() && overall.empty() && extent.empty();
  }
};

/// Reads T=COL,N=COL,M=COL[,overall=COL][,extent=COL][,edition=7|8].
/// A name with a comma stands in double quotes.
/// \throws Error invalid_argument
StageSpec parse_stage(const std::string& text);

/// Adds columns of levels to a cohort, which are factors without being declared:
/// stage.T, stage.N, stage.M (without the letters that divide them), stage.overall as written,
/// with T, N, M and an edition stage.tnm7 or stage.tnm8 (groups I, II, IIIA ...; the name says the
/// edition, so that two are never mixed), with M or the extent stage.valsg.
/// What no edition has is missing, with the warning unknown_stage; so is a group that its
/// categories do not settle, one that contradicts the overall column, and one of a patient who has
/// a code of the 8th edition where the 7th is said. Limited disease with M1 is warned of.
/// \throws Error column_not_found
void add_stage_columns(Cohort& cohort, const StageSpec& spec);

}  // namespace radiomics
