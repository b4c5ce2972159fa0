"""Runs whole command lines of `radiomics survival harmonize`: numbers of R's sva, stored models.

usage: survival_harmonize_test.py PROGRAM"""
import csv
import json
import unittest

from survival_cases import DATA, SurvivalTest, cases_by_id, needs_data, program

PROGRAM = program()


class Harmonize(SurvivalTest):
    program = PROGRAM
    command = "harmonize"

    def rows(self, output="out"):
        with open(self.folder / output / "features.csv", newline="") as file:
            return list(csv.DictReader(file))

    @needs_data
    def test_equal_to_r(self):
        for name, case in cases_by_id("combat", 2).items():
            spec, expect = case["spec"], case["expect"]
            features = [word for feature in spec["features"] for word in ("--feature", feature)]
            preserve = ["--preserve", spec["preserve"]] if spec["preserve"] else []
            common = ["--features", DATA / "data" / case["data"], "--batch", spec["batch"], *features, *preserve]
            for flags, key, tolerance in ((["--threads", "1"], "adjusted_parametric_rows_are_patients", 1e-3),
                                          (["--nonparametric"], "adjusted_nonparametric_first3rows", 1e-8)):
                self.result([*common, *flags])
                rows, expected = self.rows(), expect[key]
                self.assertEqual(len(rows), 160)
                for i, patient in enumerate(expected):
                    for feature, value in zip(spec["features"], patient):
                        # Around 0 relative to the spread of the features, which is about 1.
                        self.same(float(rows[i][feature]), value, tolerance,
                                          f"{name} {key} {i} {feature}", max(1, abs(value)))

    @needs_data
    def test_layout_and_model(self):
        source = DATA / "data/synthrad.csv"
        flags = f"--features {source} --feature f0* --batch batch --preserve age,stage --factor stage:I,II,III"
        result, _ = self.result(flags)
        with open(source, newline="") as file:
            before = list(csv.DictReader(file))
        after = self.rows()
        self.assertEqual(list(after[0]), list(before[0]))
        for old, new in zip(before, after):
            kept = [name for name in old if not name.startswith("f0")]
            self.assertEqual([old[name] for name in kept], [new[name] for name in kept])
        model = json.loads((self.folder / "out/combat.json").read_text())
        self.assertEqual((model["batches"], model["preserve"], model["terms"]),
                         (["S1", "S2", "S3"], ["age", "stage"], ["age", "stageII", "stageIII"]))
        (one,) = result["results"]
        self.assertEqual([batch["n"] for batch in one["batches"]], [54, 49, 57])
        self.assertEqual(one["endpoint"], None)
        self.result(f"--features {source} --apply out/combat.json", output="again")
        self.assertEqual((self.folder / "out/features.csv").read_bytes(),
                         (self.folder / "again/features.csv").read_bytes())

    def test_other_separators_come_back(self):
        rows = [f"{i};{'AB'[i % 2]};{i * i % 7},5;{i * 3 % 5},25" for i in range(12)]
        self.write("f.csv", "\n".join(["id;scanner;x;y", *rows]) + "\n")
        self.result("--features f.csv --batch scanner --sep ; --decimal ,")
        first = (self.folder / "out/features.csv").read_text().splitlines()[1].split(";")
        self.assertEqual(first[:2], ["0", "A"])
        self.result("--features out/features.csv --batch scanner --sep ; --decimal ,", output="twice")

    def test_refusals(self):
        self.write("f.csv", "id,scanner,site,x,y,t,e\n" + "".join(
            f"{i},{'AB'[i % 2]},{i % 2},{i * i % 7},{i * 3 % 5},{i + 1},{i % 2}\n" for i in range(12)))
        flags = "--features f.csv --feature x --feature y --batch scanner"
        self.result(flags)
        self.refused(f"{flags} --preserve site", "batch_confounded", "'scanner' and 'site'")
        self.refused(f"{flags} --endpoint OS:time=t,event=e", "batch_confounded", "event of OS")
        self.refused("--features f.csv --feature x --batch t", "invalid_argument", "one patient in batch")
        self.refused("--features f.csv", "usage", "--batch", code=64)
        self.refused("--features f.csv --apply no.json", "unreadable_file", "no.json")


if __name__ == "__main__":
    unittest.main()
