"""Runs the 28 broken or awkward pairs of tables of the reference data through `radiomics survival`: each ends as
EXPECT.csv says, with file, line and column where something is refused.

usage: survival_bad_tables_test.py PROGRAM"""
import csv
import unittest

from survival_cases import DATA, SurvivalTest, needs_data, program

PROGRAM = program()
OS = "--endpoint OS:time=time,event=event"
SHAPE = "original_shape_MeshVolume,original_shape_Elongation"
COX = f"{OS} --covariates age,stage,{SHAPE} --factor stage"

# What a refusal says: kind, and parts of the message (file:line:column first).
REFUSED = {
    "03_duplicate_id_clinical": ("duplicate_id", "clinical.csv:4:PatientID:", "'P002'", "line 3"),
    "04_duplicate_id_features": ("duplicate_id", "features.csv:", "line ", "--roi", "--aggregate"),
    "06_no_common_ids": ("no_common_ids", "0 ids matched", "'XP001'", "'P001'"),
    "07_negative_time": ("negative_time", "clinical.csv:", ":time:", "-3"),
    "09_event_code_2": ("event_code", "clinical.csv:", ":event:", "'2'", "event-value"),
    "10_event_coded_1_2": ("event_code", "clinical.csv:", ":event:", "'2'", "event-value"),
    "11_event_strings": ("event_code", "clinical.csv:2:event:", "'alive'", "event-value"),
    "13_text_in_numeric": ("not_numeric", "clinical.csv:5:age:", "'sixty'"),
    "20_semicolon": ("separator", "clinical.csv", "';'", "--sep"),
    "21_ragged_row": ("ragged_row", "clinical.csv:", "cells"),
    "22_duplicate_header": ("duplicate_column", "features.csv:1:", "original_shape_MeshVolume"),
    "23_empty_file": ("empty_file", "clinical.csv", "empty"),
    "24_header_only": ("no_rows", "clinical.csv", "no rows"),
    "25_wrong_column_name": ("column_not_found", "'time'", "did you mean 'Time'?", "PatientID"),
}
# Tables that are as good as the clean ones: the same numbers, and the flags that it takes.
SAME = {
    "01_bom_crlf_quotes": "",
    "02_shuffled_clinical": "",
    "10_event_coded_1_2": ",event-value=2,censor-value=1",
    "11_event_strings": ",event-value=dead,censor-value=alive",
    "26_trailing_space_ids": "",
}


@needs_data
class BadTables(SurvivalTest):
    program = PROGRAM

    def tables(self, name):
        folder = DATA / "badinput" / name
        return f"--clinical {folder}/clinical.csv --features {folder}/features.csv"

    def run_on(self, name, command, flags, code=0):
        return self.result(f"{self.tables(name)} {flags}", code, f"{name}_{command}", command)

    def codes(self, result):
        return {warning["code"] for warning in result["warnings"]}

    def test_every_case_is_here(self):
        with open(DATA / "badinput/EXPECT.csv", newline="") as file:
            levels = {row["case"]: row["level"] for row in csv.DictReader(file)}
        self.assertEqual(len(levels), 28)
        self.assertEqual({name for name, level in levels.items() if level == "error"} -
                         {"14_inf_feature", "17_no_events"}, set(REFUSED))

    def test_refused_with_the_place(self):
        for name, (kind, *words) in REFUSED.items():
            with self.subTest(name):
                self.refused(f"{self.tables(name)} {COX}", kind, *words, command="cox")

    def test_the_same_numbers(self):
        clean, _ = self.run_on("00_clean", "cox", COX)
        for name, values in SAME.items():
            with self.subTest(name):
                result, _ = self.run_on(name, "cox", COX.replace(OS, OS + values))
                self.assertEqual(result["results"], clean["results"])
        self.assertIn("id_trimmed", self.codes(self.run_on("26_trailing_space_ids", "cox", COX)[0]))
        folder = DATA / "badinput/20_semicolon"
        result, _ = self.result(["--clinical", folder / "clinical.csv", "--features", folder / "features.csv",
                                 "--sep", ";", "--decimal", ",", *COX.split()], output="semicolon", command="cox")
        self.assertEqual(result["results"], clean["results"])

    def test_unmatched_ids_are_listed(self):
        result, _ = self.run_on("05_unmatched_ids", "cox", COX)
        self.assertEqual((len(result["join"]["clinical_only"]), len(result["join"]["features_only"])), (3, 3))
        self.assertIn("unmatched_ids", self.codes(result))

    def test_time_zero(self):
        for command, flags in (("km", OS), ("cox", COX)):
            self.assertIn("zero_time", self.codes(self.run_on("08_zero_time", command, flags)[0]))
        self.refused(f"{self.tables('08_zero_time')} {COX} --penalty-mix 1", "zero_time", "clinical.csv:",
                     command="cox")

    def test_missing_cells(self):
        self.refused(f"{self.tables('12_missing_tokens')} {COX}", "not_numeric", "'.'", "--na", command="cox")
        result, _ = self.run_on("12_missing_tokens", "cox", f"{COX} --na .")
        missing = [warning for warning in result["warnings"] if warning["code"] == "missing_values"]
        self.assertGreater(len(missing), 1)
        self.assertTrue(all(warning["column"] for warning in missing))
        self.assertGreater(result["results"][0]["n_missing"], 0)

    def test_infinite_features(self):
        self.refused(f"{self.tables('14_inf_feature')} {COX}", "nonfinite", "features.csv:7:", "'inf'",
                     "--nonfinite", command="cox")
        result, _ = self.run_on("14_inf_feature", "cox", f"{COX} --nonfinite missing")
        self.assertEqual(result["results"][0]["n_missing"], 2)

    def test_constant_and_copied_features(self):
        flags = f"{OS} --covariates age,original_firstorder_Mean"
        result, _ = self.run_on("15_constant_feature", "cox", flags)
        self.assertIn("constant", self.codes(result))
        self.assertEqual(result["results"][0]["terms"][1]["status"], "aliased")
        result, _ = self.run_on("15_constant_feature", "screen", OS)
        self.assertIn("constant", self.codes(result))
        result, messages = self.run_on("16_duplicate_feature", "cox",
                                       f"{OS} --covariates original_shape_MeshVolume,dup_volume")
        self.assertIn("aliased", self.codes(result))
        self.assertIn("dup_volume", messages)
        result, _ = self.run_on("16_duplicate_feature", "screen", f"{OS} --redundancy 0.9")
        self.assertIn("duplicate_feature", self.codes(result))

    def test_no_events(self):
        result, _ = self.run_on("17_no_events", "km", OS)
        self.assertIn("no_events", self.codes(result))
        for command, flags in (("cox", COX), ("screen", OS),
                               ("compare", f"{OS} --base stage --factor stage --imaging {SHAPE}")):
            self.refused(f"{self.tables('17_no_events')} {flags}", "no_events", "no events", command=command)

    def test_levels_without_events_and_with_one_patient(self):
        result, _ = self.run_on("18_stage_I_all_censored", "cox", f"{OS} --covariates stage --factor stage:II,I,IIIA,IIIB")
        self.assertLessEqual({"infinite_coefficient", "level_without_events"}, self.codes(result))
        term = result["results"][0]["terms"][0]
        self.assertEqual((term["term"], term["status"], term["estimate"]), ("stageI", "infinite", None))
        result, _ = self.run_on("18_stage_I_all_censored", "km", f"{OS} --by stage")
        self.assertIsNotNone(result["results"][0]["tests"][0]["p_value"])
        result, _ = self.run_on("19_singleton_level", "cox", f"{OS} --covariates stage --factor stage")
        self.assertIn("singleton_level", self.codes(result))

    def test_more_features_than_events(self):
        name = "27_p_gt_events"
        header = (DATA / "badinput" / name / "features.csv").read_text().splitlines()[0]
        features = ",".join(header.split(",")[1:])
        self.refused(f"{self.tables(name)} {OS} --covariates {features}", "too_many_parameters", "events",
                     "--force", command="cox")
        self.run_on(name, "screen", OS)
        result, _ = self.run_on(name, "cox", f"{OS} --covariates {features} --penalty-mix 1")
        self.assertTrue(result["results"][0]["path"]["lambda"])

    def test_strict_refuses_what_else_is_a_warning(self):
        run = self.run_program(f"{self.tables('05_unmatched_ids')} {OS} --strict --output strict", "km")
        self.assertEqual(run.returncode, 2)
        self.assertIn("error: unmatched_ids:", run.stderr)
        self.assertFalse((self.folder / "strict").exists())


if __name__ == "__main__":
    unittest.main()
