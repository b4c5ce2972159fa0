"""Runs whole command lines of `radiomics survival km`: exit codes, messages, files, numbers.

usage: survival_km_test.py PROGRAM"""
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "radiomics"
DATA = pathlib.Path(os.environ.get("RADIOMICS_TEST_DATA", "no data")) / "survival"

TABLE = """PatientID,months,dead,stage,centre
P1,5,1,II,x
P2,8,0,I,x
P3,3,1,I,y
P4,9,1,II,y
P5,12,0,I,x
P6,4,1,II,y
"""
OS = "--endpoint OS:time=months,event=dead"
BAD = "--endpoint OS:time=time,event=event"


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.write("c.csv", TABLE)

    def write(self, name, text):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def run_program(self, arguments):
        """`arguments` are split at blanks, those of a list are taken as they are."""
        words = arguments.split() if isinstance(arguments, str) else arguments
        return subprocess.run([PROGRAM, "survival", "km", *words], cwd=self.folder,
                              capture_output=True, text=True)

    def result(self, arguments, code=0, output="out"):
        """The parsed result.json of a run, and what it wrote to standard error."""
        typed = arguments.split() if isinstance(arguments, str) else arguments
        run = self.run_program([*typed, "--output", output])
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        return json.loads((self.folder / output / "result.json").read_text()), run.stderr

    def refused(self, arguments, kind, *words, code=2):
        """One line on standard error that has the kind and the words; no result."""
        typed = arguments.split() if isinstance(arguments, str) else arguments
        run = self.run_program([*typed, "--output", "refused"])
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        errors = [line for line in run.stderr.splitlines() if "radiomics: warning: " not in line]
        self.assertEqual(len(errors), 1, run.stderr)
        self.assertRegex(errors[0], rf"\Aradiomics: error: {kind}: ")
        for word in words:
            self.assertIn(word, errors[0])
        self.assertFalse((self.folder / "refused").exists())


class Results(CommandLine):
    def test_all_patients(self):
        result, messages = self.result(f"--clinical c.csv {OS} --horizon 4,10")
        self.assertEqual(messages, "")
        self.assertEqual(result["command"], "km")
        self.assertEqual(result["program"]["name"], "radiomics")
        self.assertEqual(result["seed"], 1)
        self.assertEqual(result["inputs"], [{
            "role": "clinical", "file": "c.csv", "rows": 6,
            "sha256": hashlib.sha256(TABLE.encode()).hexdigest()}])
        self.assertEqual(result["join"]["id_clinical"], "PatientID")
        (endpoint,) = result["results"]
        self.assertEqual((endpoint["endpoint"], endpoint["n"], endpoint["events"], endpoint["n_missing"]),
                         ("OS", 6, 4, 0))
        self.assertEqual((endpoint["conf_level"], endpoint["conf_type"], endpoint["tests"]),
                         (0.95, "log-log", []))
        (group,) = endpoint["groups"]
        self.assertEqual(group["group"], "all")
        # By hand: 5/6 at 3, 4/6 at 4, 3/6 at 5, then 3/6 x 1/2 at 9.
        self.assertEqual(group["curve"]["time"], [3, 4, 5, 8, 9, 12])
        for ours, expected in zip(group["curve"]["estimate"], [5 / 6, 4 / 6, 3 / 6, 3 / 6, 1 / 4, 1 / 4]):
            self.assertAlmostEqual(ours, expected, places=14)
        self.assertEqual(group["quantiles"][1]["estimate"], 7)  # S is 1/2 from 5 to 9
        self.assertEqual([h["n_risk"] for h in group["horizons"]], [5, 1])
        self.assertEqual(group["rmst"]["tau"], 10)
        self.assertEqual(sorted(path.name for path in (self.folder / "out").iterdir()),
                         ["km.csv", "km_OS.svg", "km_groups.csv", "km_horizons.csv", "report.html",
                          "report.md", "result.json"])

    def test_groups_and_tests(self):
        result, _ = self.result(f"--clinical c.csv {OS} --by stage --strata centre --factor stage:II,I")
        (endpoint,) = result["results"]
        self.assertEqual([group["group"] for group in endpoint["groups"]], ["II", "I"])
        self.assertEqual([(test["test"], test["rho"], test["df"]) for test in endpoint["tests"]],
                         [("log-rank", 0, 1), ("peto", 1, 1)])
        self.assertEqual(result["config"]["strata"], ["centre"])
        self.assertEqual(endpoint["tests"][0]["groups"][0]["n"], 3)

    def test_trend(self):
        result, _ = self.result(f"--clinical c.csv {OS} --by stage --trend")
        (endpoint,) = result["results"]
        self.assertEqual([test["test"] for test in endpoint["tests"]], ["log-rank", "peto", "trend"])
        self.assertEqual([group["score"] for group in endpoint["tests"][2]["groups"]], [1, 2])
        self.assertAlmostEqual(endpoint["tests"][2]["p_value"], endpoint["tests"][0]["p_value"], places=12)
        self.assertIn("Trend: I = 1, II = 2.", (self.folder / "out/report.md").read_text())

    def test_pairs(self):
        times = {"I": (3, 8, 12, 14, 17), "II": (2, 4, 5, 9, 10), "III": (1, 2, 3, 5, 6)}
        rows = [f"{stage}{i},{time},{int(i != 4)},{stage},{'xy'[i % 2]}"
                for stage, group in times.items() for i, time in enumerate(group)]
        header = "PatientID,months,dead,stage,centre"
        self.write("c.csv", "\n".join([header, *rows]))
        for strata in ("", " --strata centre"):
            endpoint = self.result(f"--clinical c.csv {OS} --by stage --pairwise{strata}")[0]["results"][0]
            pairs = endpoint["pairwise"]
            self.assertEqual([(pair["group"], pair["other"]) for pair in pairs],
                             [("I", "II"), ("I", "III"), ("II", "III")])
            for pair in pairs:
                kept = [row for row in rows if row.split(",")[3] in (pair["group"], pair["other"])]
                self.write("two.csv", "\n".join([header, *kept]))
                alone = self.result(f"--clinical two.csv {OS} --by stage{strata}", output="two")
                alone = alone[0]["results"][0]["tests"][0]
                self.assertEqual([pair[key] for key in ("statistic", "df", "p_value")],
                                 [alone[key] for key in ("statistic", "df", "p_value")])
            worst = 0
            for rank, pair in enumerate(sorted(pairs, key=lambda pair: pair["p_value"])):
                worst = max(worst, min(1, (3 - rank) * pair["p_value"]))
                self.assertAlmostEqual(pair["p_holm"], worst, places=14)
        report = (self.folder / "out/report.md").read_text()
        self.assertIn("| I and III |", report)
        self.assertIn("p adjusted for 3 tests", report)
        self.assertNotIn("pairwise", self.result(f"--clinical c.csv {OS} --by stage")[0]["results"][0])
        self.refused(f"--clinical c.csv {OS} --pairwise", "usage", code=64)

    def test_tables_and_figure(self):
        self.write("c.csv", TABLE.replace("II", '"II, ""late"" <x>"'))
        self.result(f"--clinical c.csv {OS} --by stage")
        with open(self.folder / "out/km.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["group"] for row in rows}, {"I", 'II, "late" <x>'})
        self.assertEqual({row["endpoint"] for row in rows}, {"OS"})
        self.assertEqual(len(rows), 6)
        figure = xml.etree.ElementTree.parse(self.folder / "out/km_OS.svg").getroot()
        texts = [item.text for item in figure.iter("{http://www.w3.org/2000/svg}text")]
        self.assertEqual(texts.count('II, "late" <x>'), 2)
        self.assertIn("Number at risk", texts)
        report = (self.folder / "out/report.md").read_text()
        self.assertIn("![OS by stage](km_OS.svg)", report)
        self.assertIn('| II, "late" \\<x\\> | 3 | 3 | 5 (4 to not reached) |', report)
        self.assertNotIn("P1", report)
        page = (self.folder / "out/report.html").read_text()
        self.assertIn("<td>II, &quot;late&quot; &lt;x&gt;</td>", page)
        self.assertIn(">Number at risk</text>", page)
        for foreign in ("P1", "<script", "src=", "http://www.w3.org/1999"):
            self.assertNotIn(foreign, page)
        inside = page[page.index("<main>"):page.index("</main>") + len("</main>")]
        xml.etree.ElementTree.fromstring(inside)  # every element is closed

    def test_level_and_scale_of_the_intervals(self):
        def limits(flags):
            endpoint = self.result(f"--clinical c.csv {OS} --horizon 4 {flags}")[0]["results"][0]
            horizon = endpoint["groups"][0]["horizons"][0]
            return horizon["conf_low"], horizon["conf_high"]
        s, error = 4 / 6, (4 / 6) * (1 / 30 + 1 / 20) ** 0.5
        low, high = limits("--conf-type plain")
        self.assertAlmostEqual(low, s - 1.959963984540054 * error, places=14)
        self.assertEqual(high, 1)
        low, _ = limits("--conf-type plain --conf 0.8")
        self.assertAlmostEqual(low, s - 1.2815515655446004 * error, places=14)
        self.assertEqual(len({limits(f"--conf-type {kind}") for kind in ("plain", "log", "log-log")}), 3)

    def test_units(self):
        result, _ = self.result(f"--clinical c.csv {OS} --horizon 6m,0.5y --time-unit months --tau 1y")
        group = result["results"][0]["groups"][0]
        self.assertEqual([horizon["time"] for horizon in group["horizons"]], [6, 6])
        self.assertEqual(group["rmst"]["tau"], 12)

    def test_same_bytes_for_any_threads_and_place(self):
        arguments = f"--clinical c.csv {OS} --endpoint LR:time=months,event=dead --by stage --horizon 5"
        os.makedirs(self.folder / "elsewhere")
        (self.folder / "elsewhere/c.csv").write_text(TABLE)
        self.result(f"{arguments} --threads 1", output="one")
        self.result(f"{arguments} --threads 4".replace("c.csv", "elsewhere/c.csv"), output="four")
        names = sorted(path.name for path in (self.folder / "one").iterdir())
        self.assertIn("km_LR.svg", names)
        self.assertEqual(names, sorted(path.name for path in (self.folder / "four").iterdir()))
        for name in names:
            self.assertEqual((self.folder / "one" / name).read_bytes(),
                             (self.folder / "four" / name).read_bytes(), name)

    def test_ways_to_write_a_table(self):
        expected = self.result(f"--clinical c.csv {OS} --by stage")[0]["results"]
        quoted = "\n".join(",".join(f'"{cell}"' for cell in row.split(",")) for row in TABLE.split())
        for name, text, flags in (
                ("bom.csv", b"\xef\xbb\xbf" + quoted.replace("\n", "\r\n").encode(), ""),
                ("semicolon.csv", TABLE.replace(",", ";").replace(";5;", ";5,0;"), "--sep ; --decimal ,"),
                ("tab.csv", TABLE.replace(",", "\t"), "--sep tab")):
            self.write(name, text)
            result, messages = self.result(f"--clinical {name} {OS} --by stage {flags}")
            self.assertEqual((result["results"], messages), (expected, ""), name)

    def test_joined_tables(self):
        self.write("f.csv", "case,risk\nP3,low\nP1,high\nP9,low\nP2,low\n")
        result, messages = self.result(f"--clinical c.csv --features f.csv {OS} --by risk")
        self.assertEqual(result["join"], {"id_features": "case", "id_clinical": "PatientID", "matched": 3,
                                          "features_only": ["P9"], "clinical_only": ["P4", "P5", "P6"]})
        self.assertEqual([(one["role"], one["rows"]) for one in result["inputs"]],
                         [("clinical", 6), ("features", 4)])
        self.assertRegex(messages, r"\Aradiomics: warning: unmatched_ids: 3 patients in both tables")
        self.result(f"--features c.csv {OS}")

    def test_composite(self):
        self.write("c.csv", "PatientID,t,e,u,f,os,dead,pfs,pfs_event\n"
                   "P1,8,1,9,0,20,1,8,1\nP2,10,0,10,0,14,1,14,1\nP3,12,0,9,1,13,0,9,1\nP4,10,0,11,0,30,0,10,0\n"
                   "P5,3,0,3,0,3,0,3,0\nP6,6,1,,1,8,1,,1\n")
        composed, messages = self.result(["--clinical", "c.csv", "--composite", "PFS=t/e,u/f,os/dead",
                                          "--endpoint", "OS:time=os,event=dead"])
        plain = self.result("--clinical c.csv --endpoint PFS:time=pfs,event=pfs_event --endpoint OS:time=os,event=dead",
                            output="plain")[0]
        self.assertEqual(composed["results"], plain["results"])
        self.assertEqual(messages, "radiomics: warning: missing_values: c.csv:7:u: missing in 1 patient, left out of PFS\n")
        self.assertEqual(composed["config"]["endpoint"][0]["others"],
                         [{"time": "u", "event": "f"}, {"time": "os", "event": "dead"}])
        self.assertIn("| PFS | u | f | 1 event, 0 censored; the first of 3 events counts |",
                      (self.folder / "out/report.md").read_text())
        self.refused(["--clinical", "c.csv", "--composite", "PFS=t/e"], "usage", "'PFS=t/e' has no two pairs", code=64)

    def test_several_endpoints(self):
        result, messages = self.result(f"--clinical c.csv {OS} --endpoint LR:time=months,event=stage", code=1)
        self.assertEqual(result["results"][0]["n"], 6)
        self.assertRegex(result["results"][1]["error"], r"\Aevent_code: c\.csv:2:stage: ")
        self.assertRegex(messages, r"\Aradiomics: error: event_code: c\.csv:2:stage: 'II' [^\n]+\n\Z")
        self.assertFalse((self.folder / "out/km_LR.svg").exists())


class Refusals(CommandLine):
    def test_refused_input(self):
        self.refused(f"--clinical no.csv {OS}", "unreadable_file", "no.csv")
        self.refused("--clinical c.csv --endpoint OS:time=Months,event=dead", "column_not_found",
                     "c.csv", "did you mean 'months'?")
        self.refused(f"--clinical c.csv {OS} --by grade", "column_not_found", "'grade'", "stage")
        self.refused(f"--clinical c.csv {OS} --by stage --factor stage:I", "invalid_argument", "c.csv:2:stage", "'II'")
        self.refused("--clinical c.csv --endpoint A:time=stage,event=dead", "not_numeric", "c.csv:2:stage")
        self.write("missing.csv", "t,e\nNA,1\n3,\n")
        self.refused("--clinical missing.csv --endpoint A:time=t,event=e", "no_rows", "A: ")

    def test_wrong_usage(self):
        for arguments in ("", f"--clinical c.csv", f"{OS}", f"--clinical c.csv {OS} --wrong",
                          "--clinical c.csv --endpoint OS", f"--clinical c.csv {OS} {OS}",
                          f"--clinical c.csv {OS} --conf 1", f"--clinical c.csv {OS} --conf x",
                          f"--clinical c.csv {OS} --conf-type wald", f"--clinical c.csv {OS} --threads 0",
                          f"--clinical c.csv {OS} --trend", f"--clinical c.csv {OS} --horizon 24m", f"--clinical c.csv {OS} --horizon x",
                          f"--clinical c.csv {OS} --tau 0", f"--clinical c.csv {OS} --sep ,,",
                          f"--clinical c.csv {OS} --decimal ,", f"--clinical c.csv {OS} --nonfinite drop"):
            self.refused(arguments, "usage", "--help", code=64)
        run = self.run_program(f"--clinical c.csv {OS}")
        self.assertEqual(run.returncode, 64, "--output is required")

    def test_help_starts_with_an_example(self):
        for arguments in ([], ["km"]):
            run = subprocess.run([PROGRAM, "survival", *arguments, "--help"], capture_output=True, text=True)
            self.assertEqual(run.returncode, 0)
            self.assertTrue(run.stdout.startswith("Example: radiomics survival km "), run.stdout)

    def test_output_that_cannot_be_written(self):
        self.write("file", "")
        run = self.run_program(f"--clinical c.csv {OS} --output file")
        self.assertEqual(run.returncode, 2)
        self.assertRegex(run.stderr, r"\Aradiomics: error: unwritable_output: file: ")

    def test_strict_makes_errors_of_warnings_about_the_input(self):
        self.write("zero.csv", "t,e\n0,1\n2,0\n")
        flags = "--clinical zero.csv --endpoint OS:time=t,event=e --horizon 9"
        _, messages = self.result(flags)
        self.assertIn("radiomics: warning: zero_time: zero.csv:2:t: ", messages)
        self.assertIn("radiomics: warning: beyond_follow_up: ", messages)
        self.refused(f"{flags} --strict", "zero_time", "zero.csv:2:t")
        self.write("fine.csv", "t,e\n1,1\n2,0\n")
        self.result(f"--clinical fine.csv --endpoint OS:time=t,event=e --horizon 9 --strict")


@unittest.skipUnless(DATA.is_dir(), "needs survival below RADIOMICS_TEST_DATA")
class AwkwardTables(CommandLine):
    """Every pair of tables of badinput that says something to km, as EXPECT.csv wants it."""

    def tables(self, case):
        folder = DATA / "badinput" / case
        return f"--clinical {folder}/clinical.csv --features {folder}/features.csv"

    def warned(self, case, codes, flags=""):
        """Runs, with exactly these warnings; the result."""
        result, messages = self.result(f"{self.tables(case)} {BAD} {flags}")
        self.assertEqual([warning["code"] for warning in result["warnings"]], codes)
        self.assertEqual(len(messages.splitlines()), len(codes), messages)
        return result

    def test_awkward_tables_give_the_same_numbers(self):
        expected = self.warned("00_clean", [], "--by stage")["results"]
        for case in ("01_bom_crlf_quotes", "02_shuffled_clinical", "13_text_in_numeric", "14_inf_feature",
                     "15_constant_feature", "16_duplicate_feature"):
            self.assertEqual(self.warned(case, [], "--by stage")["results"], expected, case)
        self.assertEqual(self.warned("26_trailing_space_ids", ["id_trimmed"], "--by stage")["results"], expected)
        self.assertEqual(self.warned("20_semicolon", [], "--by stage --sep ; --decimal ,")["results"], expected)
        for case, codes in (("10_event_coded_1_2", "event-value=2,censor-value=1"),
                            ("11_event_strings", "event-value=dead,censor-value=alive")):
            result, _ = self.result(f"{self.tables(case)} {BAD},{codes} --by stage")
            self.assertEqual(result["results"], expected, case)

    def test_warnings(self):
        unmatched = self.warned("05_unmatched_ids", ["unmatched_ids"])
        self.assertEqual([len(unmatched["join"][side]) for side in ("features_only", "clinical_only")], [3, 3])
        zero = self.warned("08_zero_time", ["zero_time"])["warnings"][0]
        self.assertEqual((zero["endpoint"], zero["column"], zero["ids"]), ("OS", "time", ["P005"]))
        missing = self.warned("12_missing_tokens", ["missing_values", "missing_values"])
        self.assertEqual(missing["results"][0]["n_missing"], 2)
        self.assertEqual([warning["column"] for warning in missing["warnings"]], ["time", "event"])
        self.assertEqual(self.warned("17_no_events", ["no_events"])["results"][0]["events"], 0)
        censored = self.warned("18_stage_I_all_censored", ["level_without_events"], "--by stage")
        self.assertLess(censored["results"][0]["tests"][0]["p_value"], 1)
        self.warned("19_singleton_level", ["level_without_events", "singleton_level"], "--by stage")

    def test_errors(self):
        for case, kind, *words in (
                ("03_duplicate_id_clinical", "duplicate_id", "clinical.csv:4:PatientID", "'P002'", "line 3"),
                ("04_duplicate_id_features", "duplicate_id", "features.csv:62:PatientID", "'P004'", "line 5"),
                ("06_no_common_ids", "no_common_ids", "0 ids matched", "'XP001', 'XP002'", "'P001', 'P002'"),
                ("07_negative_time", "negative_time", "clinical.csv:6:time", "-3"),
                ("09_event_code_2", "event_code", "clinical.csv:7:event", "event-value"),
                ("10_event_coded_1_2", "event_code", "clinical.csv:3:event", "'2'"),
                ("11_event_strings", "event_code", "clinical.csv:2:event", "'alive'"),
                ("20_semicolon", "separator", "clinical.csv:1", "looks like ; separated"),
                ("21_ragged_row", "ragged_row", "clinical.csv:4", "4 cells", "has 5"),
                ("22_duplicate_header", "duplicate_column", "features.csv:1:original_shape_MeshVolume"),
                ("23_empty_file", "empty_file", "clinical.csv", "empty file"),
                ("24_header_only", "no_rows", "clinical.csv", "no rows"),
                ("25_wrong_column_name", "column_not_found", "did you mean 'Time'?", "PatientID, Time, event")):
            with self.subTest(case):
                self.refused(f"{self.tables(case)} {BAD}", kind, *words)


if __name__ == "__main__":
    unittest.main()
