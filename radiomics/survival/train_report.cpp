// The report of a training: what the signature is worth on patients it has not seen comes first.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/train_output.h"

namespace radiomics {
namespace {

constexpr double least_stability = 0.5;
constexpr double surrogate_rho = 0.8;

std::string terms_phrase(const TrainResult& result) {
  const auto count = result.signature.selected().size();
  const bool forced = !result.signature.forced_coefficients.empty();
  return count == 0 ? std::string("no feature was selected") +
                          (forced ? ", the score is that of the forced columns" : "")
                    : counted(count, "feature") + " of " + to_text(result.features.size()) +
                          (count == 1 ? " was selected" : " were selected");
}

/// The C that the summary rests on: that of patients not seen.
std::string worth_phrase(const TrainResult& result) {
  const auto& nested = result.validation.nested;
  if (std::isnan(nested.mean)) return "its performance was not cross-validated";
  std::string text = "on patients it had not seen C was " + fixed_text(nested.mean, 3);
  if (!std::isnan(nested.fold_low))
    text += " on average (single folds from " + fixed_text(nested.fold_low, 2) + " to " +
            fixed_text(nested.fold_high, 2) + ")";
  const double apparent = result.validation.bootstrap.apparent;
  return text + "; on those it was trained on " + number_or_dash(apparent, 3) +
         (apparent > nested.mean ? ", which flatters" : "");
}

std::string permutation_phrase(const TrainResult& result, double level) {
  const auto& test = result.validation.permutation;
  if (std::isnan(test.p_value)) return "";
  const std::string numbers = "shuffled outcomes reach " + fixed_text(test.mean, 3) +
                              " on average, " + p_phrase(test.p_value);
  const auto permutations = test.concordance.size();
  if (test.p_value > level && 1 / double(1 + permutations) > level)
    return "Whether it predicts at all is open (" + numbers +
           "): " + counted(permutations, "permutation") + " cannot give a p of " + to_text(level) +
           "; give more.";
  return test.p_value > level ? "There is no evidence that it predicts at all (" + numbers + ")."
                              : "It predicts better than chance (" + numbers + ").";
}

/// What the baselines reach in the same cross-validation, and which are not beaten.
std::string baselines_phrase(const TrainResult& result) {
  std::vector<std::string> rivals, unbeaten;
  std::string surrogate;
  for (const auto& one : result.baselines) {
    if (std::isnan(one.nested_mean)) continue;
    rivals.push_back(one.name + " " + fixed_text(one.nested_mean, 3));
    if (one.nested_mean >= result.validation.nested.mean) unbeaten.push_back(one.name);
    if (one.is_size && std::abs(one.rho) >= surrogate_rho)
      surrogate +=
          " The score is a surrogate of size (volume surrogate): its rank correlation "
          "with " +
          one.name + " is " + fixed_text(one.rho, 2) + ".";
  }
  if (rivals.empty()) return "";
  std::string text = " C in the same cross-validation, alone: " + join(rivals, ", ") + ".";
  if (!unbeaten.empty()) text += " The signature does no better than " + join(unbeaten, ", ") + ".";
  return text + surrogate;
}

std::string summary_of(const TrainResult& result, const TrainOptions& options) {
  if (result.error) return result.endpoint + ": refused, see below.";
  const std::string chance = permutation_phrase(result, options.common.alpha_level);
  return result.endpoint + ": " + terms_phrase(result) + "; " + worth_phrase(result) + "." +
         (chance.empty() ? "" : " " + chance) + baselines_phrase(result);
}

/// Why a term is in the model: how often it was selected, or that nobody asked.
std::string standing(const TrainResult& result, const TrainOptions& options,
                     const std::string& variable) {
  for (std::size_t j = 0; j < result.features.size(); ++j)
    if (result.features[j] == variable && result.signature.coefficients[j] != 0) {
      const double frequency = result.validation.selection_frequency[j];
      return std::isnan(frequency) ? "–" : percent(frequency, 0);
    }
  const auto is_named = [&variable](const std::vector<std::string>& names) {
    return std::ranges::find(names, variable) != names.end();
  };
  return is_named(options.forced) || is_named(options.common.covariates)
             ? "forced"
             : "what the residuals leave out";
}

ReportTable coefficients_table(const TrainResult& result, const TrainOptions& options) {
  ReportTable table =
      table_of({"Term", "Coefficient", "Hazard ratio per SD", "Selected in resamples"});
  table.caption = result.endpoint + ": the signature.";
  for (const auto& one : result.selected_terms()) {
    table.rows.push_back({one.term.name, rounded_text(one.coefficient, 4),
                          one.term.level.empty()
                              ? fixed_text(std::exp(one.coefficient * one.sd), 2)
                              : fixed_text(std::exp(one.coefficient), 2) + " (level)",
                          standing(result, options, one.term.variable)});
  }
  table.footnotes.push_back(
      "Coefficients of features are shrunken by the penalty; forced columns carry none. Features "
      "that were chosen by looking at these "
      "data have no p-values and no intervals: those of an ordinary model would ignore the "
      "choice.");
  return table;
}

ReportTable fates_table(const TrainResult& result) {
  ReportTable table = table_of({"What became of the features", "Features"});
  table.caption = result.endpoint + ": from candidates to the signature.";
  table.rows.push_back({"candidates", to_text(result.features.size())});
  for (const auto& [fate, text] :
       {std::pair{FeatureFate::unstable, "not on the list of stable features"},
        std::pair{FeatureFate::constant, "constant or nearly so"},
        std::pair{FeatureFate::redundant, "redundant: another one stands for the cluster"},
        std::pair{FeatureFate::prefiltered, "left out by the univariable filter"},
        std::pair{FeatureFate::not_selected, "left out by the penalty"},
        std::pair{FeatureFate::selected, "selected"}})
    if (const auto count = std::ranges::count(result.signature.fate, fate);
        count > 0 || fate == FeatureFate::selected)
      table.rows.push_back({text, to_text(count)});
  return table;
}

/// What else the features of the signature stand for.
ReportTable clusters_table(const TrainResult& result) {
  ReportTable table = table_of({"Selected", "Stands also for"}, 2);
  table.caption = result.endpoint + ": redundant features behind those of the signature.";
  table.footnotes = {"All clusters are in selection.csv."};
  const auto& signature = result.signature;
  for (std::size_t j = 0; j < result.features.size(); ++j) {
    if (signature.cluster[j] < 0 || signature.coefficients[j] == 0) continue;
    std::vector<std::string> others;
    for (std::size_t k = 0; k < result.features.size(); ++k)
      if (k != j && signature.cluster[k] == signature.cluster[j])
        others.push_back(result.features[k]);
    if (!others.empty()) table.rows.push_back({result.features[j], listed(others)});
  }
  return table;
}

std::vector<ReportBlock> notes_of(const TrainResult& result) {
  std::vector<ReportBlock> notes;
  const double stability = result.validation.stability.estimate;
  if (stability < least_stability)
    notes.push_back(Note{.text = "The selection is unstable (index " + fixed_text(stability, 2) +
                                 ", below 0.5): other patients of the same kind would give other "
                                 "features. Do not read meaning into single ones.",
                         .warning = true});
  const auto& test = result.validation.permutation;
  const auto count = double(test.concordance.size());
  if (count > 1 && std::abs(test.mean - 0.5) > 4 * test.sd / std::sqrt(count) + 0.02)
    notes.push_back(Note{.text = "Shuffled outcomes give C " + fixed_text(test.mean, 3) +
                                 " on average instead of 0.5: the validation is not trustworthy.",
                         .warning = true});
  return notes;
}

std::string model_phrase(const TrainResult& result) {
  return counts_text(result.n, result.events, result.n_missing) + " " +
         counted(result.parameters, "candidate parameter") + ", " +
         number_or_dash(result.events_per_parameter, 2) +
         " events for each: candidates count here, not the features that were selected. Penalty " +
         (std::isnan(result.signature.lambda) ? "none" : rounded_text(result.signature.lambda, 4)) +
         ". Cut-point of the score for two groups: " +
         rounded_text(result.model.median_linear_predictor, 5) +
         ", the median of these patients, fixed in the model.";
}

std::string volume_phrase(const TrainResult& result) {
  return "Per standard deviation of the score, in patients not seen, the hazard ratio is " +
         fixed_text(result.score_ratio, 2) + " alone and " +
         fixed_text(result.score_ratio_beside_volume, 2) +
         " beside log volume (means over the repetitions; descriptive, without limits).";
}

std::string figure_caption(const std::string& file, const std::string& endpoint) {
  if (file.starts_with("path")) return endpoint + ": coefficients along the penalty";
  if (file.starts_with("cv")) return endpoint + ": choice of the penalty";
  if (file.starts_with("selection")) return endpoint + ": selection over the resamples";
  return endpoint + ": nested C under shuffled outcomes";
}

ReportSection endpoint_section(const TrainResult& result, const TrainOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  section.blocks = notes_of(result);
  section.blocks.push_back(paragraph(model_phrase(result)));
  section.blocks.push_back(train_performance_table(result, options));
  if (!std::isnan(result.score_ratio)) section.blocks.push_back(paragraph(volume_phrase(result)));
  if (result.selected_terms().empty())
    section.blocks.push_back(paragraph(
        "The model is the null model: everyone gets the same risk. That is a valid answer."));
  else
    section.blocks.push_back(coefficients_table(result, options));
  section.blocks.push_back(fates_table(result));
  if (const auto clusters = clusters_table(result); !clusters.rows.empty())
    section.blocks.push_back(clusters);
  for (const auto& figure : train_figures(result))
    section.blocks.push_back(ReportFigure{.file = figure.name,
                                          .svg = figure.content,
                                          .caption = figure_caption(figure.name, result.endpoint)});
  return section;
}

std::string steps_text(const TrainOptions& options) {
  std::string text = "Inside every resample, on its training patients alone: ";
  if (!options.stability.empty()) text += "features on the list of stable ones; ";
  if (options.impute_median) text += "missing values become the median; ";
  text += "features are dropped if more than 95 % of patients have one value; ";
  if (!options.combat.empty())
    text +=
        "batch effects are taken out by ComBat" +
        (options.preserve.empty() ? ""
                                  : ", which preserves the effect of " + listed(options.preserve)) +
        "; ";
  if (!options.volume.empty()) text += "volume enters as its logarithm; ";
  if (options.residualise) text += "features are reduced by what log volume explains of them; ";
  text +=
      "of features with |Spearman| above " + rounded_text(options.redundancy, 3) + " one is kept; ";
  if (options.prefilter)
    text += "features with a univariable p above " + rounded_text(*options.prefilter, 3) +
            " are dropped; ";
  return text + "columns are standardised; penalised Cox model (mix " +
         rounded_text(options.penalty_mix, 3) + ", " + std::string(to_string(options.common.ties)) +
         " ties). ";
}

std::string method_text(const TrainOptions& options) {
  std::string text = steps_text(options);
  if (options.lambda)
    text += "The penalty was given. ";
  else
    text +=
        "The penalty is chosen by inner cross-validation of the partial likelihood (Verweij "
        "and van Houwelingen), rule '" +
        std::string(to_string(options.lambda_rule)) + "', among " + to_text(options.lambda_count) +
        " penalties from the largest down to " + percent(options.lambda_min_ratio) +
        " of it; copies of a patient are in one fold. ";
  text +=
      "C is Harrell's. The nested C is the mean over folds and repetitions; pooled compares scores "
      "of different folds as if they were on one scale, stratified compares within folds only. "
      "The optimism bootstrap (Harrell) and .632+ (Efron and Tibshirani, no-information C 0.5) "
      "repeat the whole way in every resample. Limits from the bootstrap show the spread of C over "
      "samples; they are a heuristic and no confidence interval of the corrected C, for which "
      "none is established. Permutation: outcomes are dealt to other patients and the "
      "cross-validation is run once for each; p = (1 + those that reach our C) / (1 + "
      "permutations), conservative where ours is a mean of several repetitions. Stability of the "
      "selection: Nogueira, Sechidis and Brown 2018. Competing events count as censored.";
  return text;
}

}  // namespace

ReportTable train_performance_table(const TrainResult& result, const TrainOptions& options) {
  ReportTable table = table_of({"Score", "Nested C (SD of repetitions)", "Pooled", "Stratified",
                                "Corrected for optimism", ".632+", "Apparent",
                                "Rank correlation with the score", "R²"});
  table.caption = result.endpoint + ": C on patients not seen, and what would flatter.";
  const auto& validation = result.validation;
  const auto& nested = validation.nested;
  const auto& bootstrap = validation.bootstrap;
  table.rows.push_back({"signature",
                        number_or_dash(nested.mean, 3) +
                            (std::isnan(nested.sd) ? "" : " (" + fixed_text(nested.sd, 3) + ")"),
                        number_or_dash(nested.pooled, 3), number_or_dash(nested.stratified, 3),
                        number_or_dash(bootstrap.corrected, 3),
                        number_or_dash(bootstrap.estimate_632plus, 3),
                        number_or_dash(bootstrap.apparent, 3), "1", "1"});
  for (const auto& one : result.baselines)
    table.rows.push_back({one.name + " alone", number_or_dash(one.nested_mean, 3), "–", "–",
                          number_or_dash(one.optimism_corrected, 3),
                          number_or_dash(one.est_632plus, 3), number_or_dash(one.apparent, 3),
                          number_or_dash(one.rho, 2), number_or_dash(one.r2, 2)});
  if (!std::isnan(bootstrap.percentiles.low))
    table.footnotes.push_back(
        "Spread of the apparent C over the bootstrap samples, " +
        percent(options.common.conf_level) + ": " + fixed_text(bootstrap.percentiles.low, 3) +
        " to " + fixed_text(bootstrap.percentiles.high, 3) +
        " (heuristic, see Method). Calibration slope corrected for optimism: " +
        number_or_dash(bootstrap.corrected_slope, 2) +
        ". Stability of the selection: " + with_limits(validation.stability, 2) + ".");
  return table;
}

Report train_report(const TrainAnalysis& analysis, const TrainOptions& options) {
  Report report{.title = "A prognostic signature and what it is worth", .footer = program_footer()};
  for (const auto& result : analysis.results) {
    report.summary.push_back(summary_of(result, options));
    report.sections.push_back(endpoint_section(result, options));
  }
  close_report(report, all_warnings(analysis.cohort, analysis.results), analysis.cohort,
               options.common.endpoints, method_text(options));
  return report;
}

}  // namespace radiomics
