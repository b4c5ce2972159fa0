#include "radiomics/survival/combat_file.h"

#include <nlohmann/json.hpp>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/tables/csv_reader.h"
#include "radiomics/tables/json_writer.h"

namespace radiomics {
namespace {

using nlohmann::json;

constexpr int version = 1;

double number_of(const json& value) { return value.is_null() ? undefined : value.get<double>(); }

std::vector<double> numbers_of(const json& values, std::size_t count) {
  std::vector<double> numbers;
  for (const auto& value : values) numbers.push_back(number_of(value));
  if (numbers.size() != count) throw json::other_error::create(501, "wrong length", nullptr);
  return numbers;
}

Matrix matrix_of(const json& rows, std::size_t row_count, std::size_t columns) {
  if (rows.size() != row_count) throw json::other_error::create(501, "wrong length", nullptr);
  Matrix matrix(row_count, columns);
  for (std::size_t i = 0; i < row_count; ++i) {
    const auto row = numbers_of(rows.at(i), columns);
    for (std::size_t j = 0; j < columns; ++j) matrix(i, j) = row[j];
  }
  return matrix;
}

NamedCombat combat_of(const json& root) {
  using Strings = std::vector<std::string>;
  if (root.at("model") != "combat" || root.at("version") != version)
    throw json::other_error::create(502, "another model", nullptr);
  NamedCombat combat;
  combat.prior = root.at("prior") == to_string(CombatPrior::nonparametric)
                     ? CombatPrior::nonparametric
                     : CombatPrior::parametric;
  combat.batch = root.at("batch").get<std::string>();
  combat.batches = root.at("batches").get<Strings>();
  combat.sizes = root.at("patients").get<std::vector<std::size_t>>();
  combat.preserve = root.at("preserve").get<Strings>();
  for (const auto& factor : root.at("factors"))
    combat.factors.push_back(
        {factor.at("name").get<std::string>(), factor.at("levels").get<Strings>()});
  combat.terms = root.at("terms").get<Strings>();
  combat.features = root.at("features").get<Strings>();
  const std::size_t features = combat.features.size();
  CombatModel& model = combat.model;
  model.batches = combat.batches.size();
  model.intercepts = numbers_of(root.at("grand_mean"), features);
  model.coefficients = matrix_of(root.at("coefficients"), combat.terms.size(), features);
  model.scales = numbers_of(root.at("scale"), features);
  model.locations = matrix_of(root.at("gamma_star"), model.batches, features);
  model.variances = matrix_of(root.at("delta_star"), model.batches, features);
  for (const bool adjusted : root.at("adjusted").get<std::vector<bool>>())
    model.adjusted.push_back(adjusted);
  if (model.adjusted.size() != features || combat.sizes.size() != model.batches)
    throw json::other_error::create(501, "wrong length", nullptr);
  return combat;
}

}  // namespace

std::string_view to_string(CombatPrior prior) {
  return prior == CombatPrior::parametric ? "parametric" : "nonparametric";
}

std::string combat_json(const NamedCombat& combat) {
  const CombatModel& model = combat.model;
  JsonWriter writer;
  writer.begin_object()
      .member("model", "combat")
      .member("version", version)
      .member("prior", to_string(combat.prior))
      .member("batch", combat.batch)
      .member("batches", combat.batches)
      .member("patients", combat.sizes)
      .member("preserve", combat.preserve)
      .key("factors")
      .begin_array();
  for (const auto& factor : combat.factors)
    writer.begin_object().member("name", factor.name).member("levels", factor.levels).end_object();
  writer.end_array()
      .member("terms", combat.terms)
      .member("features", combat.features)
      .member("grand_mean", model.intercepts)
      .key("coefficients");
  write_matrix(writer, model.coefficients);
  writer.member("scale", model.scales).key("gamma_star");
  write_matrix(writer, model.locations);
  writer.key("delta_star");
  write_matrix(writer, model.variances);
  writer.key("adjusted").begin_array();
  for (const char adjusted : model.adjusted) writer.value(adjusted != 0);
  writer.end_array().end_object();
  return writer.text();
}

NamedCombat read_combat_file(const std::filesystem::path& file) {
  const std::string text = read_text(file);
  try {
    return combat_of(json::parse(text));
  } catch (const json::exception&) {
    throw Error(ErrorKind::unreadable_file,
                file.filename().string() +
                    ": not the combat.json of radiomics survival harmonize; fit it again");
  }
}

}  // namespace radiomics
