#include "radiomics/tables/run_record.h"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

RunRecord example() {
  RunRecord record;
  record.provenance = {".", {{"z.last", "[1, 2]"}, {"a.first", "\"quoted\"\n"}}, {"a note"}};
  record.options = {{"roi", "GTV*, 'ä'"}, {"case-from", "hash"}};
  record.shard = 3;
  record.shard_count = 40;
  record.complete = true;
  record.carried_columns = {"age", "Site, \"A\""};
  record.results = {"s0", "s1"};
  record.carried = {{"51", ""}, {"52", "x\ny"}};
  record.unmatched = {{"s2", "", "match", "missing_mask", "no RTSTRUCT"}};
  return record;
}

std::string text_of(const RunRecord& record) {
  std::ostringstream out;
  write_run_record(record, out);
  return out.str();
}

TEST(RunRecord, ReadsBackAsItWas) {
  const TemporaryFolder folder;
  const RunRecord read = read_run_record(folder.write("run.json", text_of(example())));
  EXPECT_EQ(text_of(read), text_of(example()));
  EXPECT_EQ(read.provenance.settings, example().provenance.settings) << "in their order";
  EXPECT_EQ(read.options, example().options);
  EXPECT_EQ(read.version, program_version());
  EXPECT_EQ(read.carried, example().carried);
  EXPECT_EQ(read.results, example().results);
  EXPECT_EQ(read.unmatched.at(0).message, "no RTSTRUCT");
  EXPECT_EQ(read.shard, 3);
  EXPECT_EQ(read.shard_count, 40);
  EXPECT_TRUE(read.complete);
}

TEST(RunRecord, DamagedFilesAreRefused) {
  const TemporaryFolder folder;
  const std::string text = text_of(example());
  for (std::size_t length = 0; length + 2 < text.size(); length += 7)
    EXPECT_ERROR(read_run_record(folder.write("run.json", text.substr(0, length))),
                 ErrorKind::unreadable_file, "run.json");
  for (const char* other : {"[]", "{}", "null", "{\"program\": 3}"})
    EXPECT_ERROR(read_run_record(folder.write("run.json", other)), ErrorKind::unreadable_file,
                 "run.json: damaged, or no record of a batch; delete it");
  RunRecord ragged = example();
  ragged.carried.pop_back();
  EXPECT_ERROR(read_run_record(folder.write("run.json", text_of(ragged))),
               ErrorKind::unreadable_file, "damaged");
  EXPECT_ERROR(read_run_record(folder / "no.json"), ErrorKind::unreadable_file, "no.json");
}

}  // namespace
}  // namespace radiomics
