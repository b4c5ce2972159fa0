#include "radiomics/core/text.h"
#include "radiomics/survival/checklist.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"
#include "radiomics/tables/json_writer.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {
namespace {

std::string json_of(const std::vector<ChecklistAnswer>& answers) {
  JsonWriter json;
  json.begin_object().member("command", "checklist").key("program").begin_object();
  json.member("name", "radiomics").member("version", program_version()).end_object();
  json.key("results").begin_array();
  for (const auto& answer : answers)
    json.begin_object()
        .member("checklist", answer.checklist)
        .text_or_null("item", answer.item)
        .member("topic", answer.topic)
        .text_or_null("worth", answer.worth)
        .text_or_null("answer", answer.proven ? "yes" : "")
        .member("evidence", answer.evidence)
        .end_object();
  json.end_array().end_object();
  return json.text();
}

std::string csv_of(const std::vector<ChecklistAnswer>& answers) {
  std::string text = "checklist,item,topic,worth,answer,evidence\n";
  for (const auto& answer : answers)
    text += csv_cell(answer.checklist) + "," + csv_cell(answer.item) + "," +
            csv_cell(answer.topic) + "," + csv_cell(answer.worth) + "," +
            (answer.proven ? "yes" : "") + "," + csv_cell(answer.evidence) + "\n";
  return text;
}

Report report_of(const std::vector<ChecklistAnswer>& answers) {
  Report report{.title = "What the runs prove", .footer = program_footer()};
  std::size_t proven = 0;
  for (const auto& answer : answers) {
    proven += answer.proven;
    if (report.sections.empty() || report.sections.back().heading != answer.checklist)
      report.sections.push_back(
          {.heading = answer.checklist,
           .blocks = {table_of({"Item", "Topic", "Worth", "Answer", "Evidence"}, 5)}});
    std::get<ReportTable>(report.sections.back().blocks[0])
        .rows.push_back(
            {answer.item, answer.topic, answer.worth, answer.proven ? "yes" : "", answer.evidence});
  }
  report.summary = {to_text(proven) + " of " + to_text(answers.size()) +
                    " items are proven by these runs. The others are blank, not denied: a run "
                    "cannot know them, or was not made. Items that no run of this program can "
                    "answer are not listed."};
  report.sections.push_back(
      {.heading = "Sources",
       .blocks = {
           paragraph("METRICS: Kocak et al. 2024, doi:10.1186/s13244-023-01572-w, weights as "
                     "published. RQS: Lambin et al. 2017, doi:10.1038/nrclinonc.2017.141. "
                     "CLEAR: Kocak et al. 2023, doi:10.1186/s13244-023-01415-8. TRIPOD+AI: "
                     "Collins et al. 2024, doi:10.1136/bmj-2023-078378. Topics are in our "
                     "words; the checklists themselves decide.")}});
  return report;
}

}  // namespace

CommandResult run_checklist(const std::vector<std::filesystem::path>& runs) {
  const auto answers = checklist_answers(runs);
  CommandResult result;
  result.files.push_back({"checklist.csv", csv_of(answers)});
  add_report(result.files, report_of(answers));
  result.files.push_back({"result.json", json_of(answers)});
  return result;
}

}  // namespace radiomics
