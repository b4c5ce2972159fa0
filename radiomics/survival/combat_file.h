#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/cohort/column.h"
#include "radiomics/cohort/model_frame.h"
#include "radiomics/statistics/combat.h"

namespace radiomics {

/// A fitted ComBat with the names of all that it speaks of.
struct NamedCombat {
  CombatModel model{};
  CombatPrior prior = CombatPrior::parametric;
  std::string batch{};                  ///< column
  std::vector<std::string> batches{};   ///< its labels, in the order of the model
  std::vector<std::string> preserve{};  ///< columns
  std::vector<FactorSpec> factors{};    ///< of those that hold levels, with all of their levels
  std::vector<std::string> terms{};     ///< rows of the model's coefficients
  std::vector<std::string> features{};
  std::vector<std::size_t> sizes{};  ///< patients per batch
};

std::string_view to_string(CombatPrior prior);  ///< "parametric", "nonparametric"

/// combat.json: what read_combat_file() reads. The same model gives the same bytes, and every
/// number comes back to the last bit.
std::string combat_json(const NamedCombat& combat);

/// \throws Error unreadable_file if it is absent or not what combat_json() writes
NamedCombat read_combat_file(const std::filesystem::path& file);

}  // namespace radiomics
