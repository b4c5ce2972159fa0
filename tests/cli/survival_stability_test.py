"""Runs whole command lines of `radiomics survival stability`: numbers of R, refusals, its table.

usage: survival_stability_test.py PROGRAM"""
import csv
import unittest

from survival_cases import DATA, SurvivalTest, cases_by_id, needs_data, program

PROGRAM = program()

TABLE = "case,Session,x,y\n1,t,1,4\n1,r,1.1,9\n2,t,2,1\n2,r,2.1,5\n3,t,3.1,6\n3,r,3,2\n4,t,5,7\n4,r,5,7\n"


class Stability(SurvivalTest):
    program = PROGRAM
    command = "stability"

    def test_keeps_what_repeats(self):
        self.write("f.csv", TABLE)
        result, messages = self.result("--features f.csv --by Session")
        self.assertEqual(messages, "")
        (one,) = result["results"]
        self.assertEqual((one["endpoint"], one["n"], one["raters"], one["kept"]), (None, 4, ["r", "t"], 1))
        self.assertEqual([(feature["feature"], feature["keep"]) for feature in one["features"]],
                         [("x", True), ("y", False)])
        self.assertEqual((result["config"]["by"], result["config"]["threshold"]), ("Session", 0.75))
        with open(self.folder / "out/stability.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["feature", "icc", "low", "keep"])
        self.assertEqual([row["keep"] for row in rows], ["true", "false"])
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()},
                         {"stability.svg", "stability.csv", "report.md", "report.html", "result.json"})

    def test_same_bytes_for_any_threads(self):
        self.write("f.csv", TABLE)
        self.result("--features f.csv --by Session --threads 1", output="one")
        self.result("--features f.csv --by Session --threads 4", output="four")
        self.same_files("one", "four")

    def test_refusals(self):
        self.write("f.csv", TABLE + "4,r,5,6\n")
        self.refused("--features f.csv --by Session", "duplicate_id", "f.csv:10:Session", "'4' by 'r'", "line 9")
        self.refused("--features f.csv --by Reader", "column_not_found", "'Reader'")
        self.refused("--clinical f.csv --by Session", "usage", "--features", code=64)
        self.refused("--features f.csv", "usage", "--by", code=64)

    @needs_data
    def test_equal_to_r(self):
        with open(DATA / "data/icc_3raters.csv", newline="") as file:
            subjects = list(csv.DictReader(file))
        found = cases_by_id("icc", 3)
        for name, raters in (("icc_3raters", ("r1", "r2", "r3")), ("icc_2raters", ("r1", "r2"))):
            rows = [f"P{i},{rater},{row[rater]}" for i, row in enumerate(subjects) for rater in raters]
            self.write("f.csv", "\n".join(["id,Reader,size", *rows]) + "\n")
            result, _ = self.result("--features f.csv --by Reader")
            (feature,) = result["results"][0]["features"]
            self.assertEqual((feature["n"], feature["k"]), (len(subjects), len(raters)))
            expect = found[name]["expect"]
            self.assertEqual([one["type"] for one in feature["icc"]], ["ICC(1,1)", "ICC(A,1)", "ICC(C,1)"])
            for t, one in enumerate(feature["icc"]):
                for ours, theirs, tolerance in (("estimate", "ICC", 1e-10), ("statistic", "F", 1e-10),
                                                ("df1", "df1", 0), ("df2", "df2", 0), ("p_value", "p", 1e-6),
                                                ("conf_low", "lower95", 1e-6), ("conf_high", "upper95", 1e-6)):
                    self.same(one[ours], expect[theirs][t], tolerance, f"{name} {one['type']} {ours}")
            if len(raters) == 2:
                self.same(feature["ccc"], found["ccc_2raters"]["expect"]["ccc"], 1e-10)
            else:
                self.assertIsNone(feature["ccc"])


if __name__ == "__main__":
    unittest.main()
