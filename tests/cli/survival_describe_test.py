"""Runs whole command lines of `radiomics survival describe`: follow-up as R has it, the cohort table, files.

usage: survival_describe_test.py PROGRAM"""
import unittest

from survival_cases import DATA, SurvivalTest, cases, needs_data, program

PROGRAM = program()
TABLE = """PatientID,months,dead,stage,age,centre
P1,5,1,II,60,x
P2,8,0,I,70,x
P3,3,1,I,,y
P4,9,1,II,50,y
P5,12,0,I,80,x
P6,4,1,II,64,
"""
OS = "--endpoint OS:time=months,event=dead"


class Describe(SurvivalTest):
    program = PROGRAM
    command = "describe"

    def setUp(self):
        super().setUp()
        self.write("c.csv", TABLE)

    def one(self, arguments, code=0):
        result, messages = self.result(arguments, code)
        return result["results"][0], result, messages


class Results(Describe):
    def test_follow_up_by_hand(self):
        endpoint, result, messages = self.one(f"--clinical c.csv {OS} --horizon 6,8")
        self.assertEqual(messages, "")
        self.assertEqual((result["command"], endpoint["n"], endpoint["events"]), ("describe", 6, 4))
        # Censored at 8 (of 3 still followed) and at 12 (the last): the reverse curve is 2/3, then 0.
        follow_up = endpoint["follow_up"]
        self.assertEqual((follow_up["estimate"], follow_up["estimate_deaths_first"]), (12, 12))
        self.assertEqual((follow_up["min"], follow_up["max"]), (3, 12))
        self.assertEqual(follow_up["fraction_informative"], 1)  # all but deaths reach 8 exactly
        self.assertEqual(endpoint["missing"], {"PatientID": 0, "months": 0, "dead": 0, "stage": 0, "age": 1,
                                               "centre": 1})
        self.assertEqual(endpoint["events_per_parameter"], {"events": 4, "parameters_at_10": 0})
        self.assertEqual(endpoint["survival"]["median"]["estimate"], 7)

    def test_without_horizon(self):
        endpoint, _, _ = self.one(f"--clinical c.csv {OS}")
        self.assertIsNone(endpoint["follow_up"]["fraction_informative"])
        self.assertEqual(endpoint["survival"]["horizons"], [])

    def test_cohort_table(self):
        endpoint, result, _ = self.one(f"--clinical c.csv {OS} --covariates age,stage --factor stage:II,I --by centre")
        self.assertEqual(result["cohort"]["groups"],
                         [{"group": None, "n": 6}, {"group": "x", "n": 3}, {"group": "y", "n": 2}])
        age, stage = result["cohort"]["variables"]
        everybody = age["groups"][0]
        self.assertEqual((everybody["n"], everybody["n_missing"], everybody["median"]), (5, 1, 64))
        self.assertAlmostEqual(everybody["mean"], 64.8, places=12)
        self.assertAlmostEqual(everybody["sd"], (500.8 / 4) ** 0.5, places=12)
        self.assertEqual((everybody["q25"], everybody["q75"], everybody["min"], everybody["max"]), (60, 70, 50, 80))
        self.assertIsNone(age["groups"][2]["sd"])  # one value only
        self.assertEqual([(one["level"], one["n"]) for one in stage["groups"][0]["levels"]], [("II", 3), ("I", 3)])
        self.assertAlmostEqual(stage["groups"][1]["levels"][1]["fraction"], 2 / 3, places=15)
        self.assertEqual(endpoint["complete_cases"]["kept"]["n"], 5)
        self.assertEqual(endpoint["complete_cases"]["dropped"], {"n": 1, "events": 1, "median": 3})
        self.assertEqual(endpoint["events_per_parameter"]["parameters"], 2)
        self.assertEqual(endpoint["events_per_parameter"]["estimate"], 2)
        self.assertGreater(endpoint["sample_size"]["required"], 6)
        rows = self.rows("cohort.csv")
        self.assertEqual([row["count"] for row in rows if row["level"] == "I"], ["3", "2", "1"])
        report = (self.folder / "out/report.md").read_text()
        self.assertIn("| age, median \\[quartiles\\] | 64 \\[60 to 70\\] |", report)
        self.assertIn("too few, expect overfitting", report)
        self.assertNotIn("P3", report)

    def test_runs_without_events(self):
        self.write("none.csv", "t,e\n1,0\n2,0\n")
        endpoint, result, messages = self.one("--clinical none.csv --endpoint OS:time=t,event=e --horizon 1,5")
        self.assertEqual([one["code"] for one in result["warnings"]], ["no_events", "beyond_follow_up"])
        self.assertEqual((endpoint["events"], endpoint["follow_up"]["estimate"]), (0, 1.5))
        self.assertIn("no model can be fitted", (self.folder / "out/report.md").read_text())

    def test_competing_events(self):
        self.write("cr.csv", "t,e\n1,2\n2,0\n3,1\n4,2\n5,0\n")
        endpoint, _, _ = self.one("--clinical cr.csv --endpoint LR:time=t,event=e,competing=2")
        self.assertEqual((endpoint["events"], endpoint["competing_events"]), (1, 2))
        self.assertEqual(endpoint["follow_up"]["estimate"], 4)  # they count as censored
        self.assertEqual(endpoint["follow_up"]["estimate_any_event"], 5)

    def test_files_threads_and_refusals(self):
        arguments = f"--clinical c.csv {OS} --endpoint LR:time=months,event=stage --covariates age"
        self.same_bytes_on_any_threads(arguments, code=1)
        names = {path.name for path in (self.folder / "one").iterdir()}
        self.assertEqual(names, {"cohort.csv", "endpoints.csv", "flow_OS.svg", "missing.csv", "report.html",
                                 "report.md", "result.json"})
        self.refused(f"--clinical c.csv {OS} --covariates stage", "not_numeric", "c.csv:2:stage")
        self.refused(f"--clinical c.csv {OS} --by grade", "column_not_found", "'grade'")
        self.refused("--clinical c.csv --endpoint LR:time=months,event=stage", "event_code", "c.csv:2:stage")
        self.refused(f"--clinical c.csv", "usage", code=64)


@needs_data
class Reference(Describe):
    def check(self, files, spec, expect, what):
        endpoint = f"--endpoint E:time={spec['time']},event={spec['event']}"
        for scale in ("plain", "log", "log-log"):
            result, _ = self.result(f"--clinical {files[0]} {endpoint} --conf-type {scale}")
            follow_up = result["results"][0]["follow_up"]
            reference = expect[f"survfit_flipped_{scale}"]
            for ours, theirs in (("estimate", "median"), ("conf_low", "lower"), ("conf_high", "upper")):
                self.same(follow_up[ours], reference[theirs], 1e-10, f"{what} {scale} {theirs}")
            self.same(follow_up["estimate_deaths_first"], expect["prodlim_reverse_median"], 1e-10, what)

    def test_reverse_kaplan_meier(self):
        for name, files, spec, expect in cases("reverse_km", 5):
            with self.subTest(name):
                self.check(files, spec, expect, name)

    def test_demo_study(self):
        for name, files, spec, expect in cases("demo_study/reverse_km", 1):
            with self.subTest(name):
                self.check(files, spec, expect, name)
                self.check([DATA / "demo_study/data/clinical.csv"], spec, expect, f"{name}, clinical table")

    def test_tables_that_are_awkward(self):
        folder = DATA / "badinput"
        for case, codes in (("12_missing_tokens", ["missing_values"] * 2), ("17_no_events", ["no_events"])):
            result, _ = self.result(f"--clinical {folder}/{case}/clinical.csv --endpoint OS:time=time,event=event")
            self.assertEqual([one["code"] for one in result["warnings"]], codes, case)


if __name__ == "__main__":
    unittest.main()
