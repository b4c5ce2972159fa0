"""Opens the tables of a batch as other programs do: types, quoting, UTF-8, cells that a spreadsheet
would run as formulas, and that our own commands read them back.

usage: tables_test.py PROGRAM MAKE_COHORT"""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM, MAKE_COHORT = (os.path.abspath(path) for path in sys.argv[1:3])
del sys.argv[1:3]

CASES = ["=A1", "-12A", "+7"]  # a formula, what looks like one, a number
PHANTOMS = ["phantom-14", "phantom-18", "phantom-22"]
NOTES = ["@SUM(1)", "two\nlines, \"quoted\"", "'=x"]
NOTES_LISTED = [*NOTES[:2], "''=x"]  # of apostrophes before a formula, reading takes one away
AS_WRITTEN = ["'=A1", "'-12A", "+7"]
FORMULA = re.compile(r"[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")
APOSTROPHE = re.compile(r"^'(?='*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-])")


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(shared.cleanup)
        cls.folder = pathlib.Path(shared.name)
        subprocess.run([MAKE_COHORT, cls.folder / "cohort"], check=True, stdout=subprocess.DEVNULL)
        with open(cls.folder / "list.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(["case", "image", "mask", "Größe", "=note", "age"])
            for case, phantom, note in zip(CASES, PHANTOMS, NOTES_LISTED):
                folder = f"cohort/nifti/{phantom}"
                table.writerow([case, f"{folder}/image.nii.gz", f"{folder}/mask.nii", "übel", note, "-5"])
            table.writerow(["@bad", "absent.nii", "absent.nii", "", "", ""])
        cls.run_program("batch list.csv --output out", code=1)

    @classmethod
    def run_program(cls, arguments, code=0):
        result = subprocess.run([PROGRAM, *arguments.split()], cwd=cls.folder, capture_output=True, text=True)
        assert result.returncode == code, result.stderr
        return result

    def table(self, name):
        with open(self.folder / name, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        return header, [dict(zip(header, row, strict=True)) for row in rows]

    def test_no_cell_is_a_formula(self):
        for name in ("out/features.csv", "out/failures.csv"):
            header, rows = self.table(name)
            for cell in [*header, *(cell for row in rows for cell in row.values())]:
                if not is_number(cell):
                    self.assertNotRegex(cell, rf"\A{FORMULA.pattern}")
        self.assertEqual(self.table("out/failures.csv")[1][0]["case"], "'@bad")

    def test_texts_come_back(self):
        header, rows = self.table("out/features.csv")
        self.assertEqual(header[:6], ["case", "roi", "Größe", "'=note", "age", "warnings"])
        self.assertEqual([row["case"] for row in rows], AS_WRITTEN)
        self.assertEqual([APOSTROPHE.sub("", row["case"]) for row in rows], CASES)
        self.assertEqual([APOSTROPHE.sub("", row["'=note"]) for row in rows], NOTES)
        self.assertEqual({(row["Größe"], row["age"]) for row in rows}, {("übel", "-5")})

    def test_numbers_are_numbers(self):
        header, rows = self.table("out/features.csv")
        features = header[header.index("diagnostics_grey_levels") + 1:]
        self.assertGreater(len(features), 170)
        for row in rows:
            self.assertTrue(all(is_number(row[name]) for name in features))
            self.assertGreater(int(row["diagnostics_mask_voxels"]), 0)
            self.assertGreater(int(row["diagnostics_grey_levels"]), 0)
        self.assertTrue(any(float(row[name]) < 0 for row in rows for name in features))

    def test_lines_and_encoding(self):
        for name in ("out/features.csv", "out/failures.csv"):
            content = (self.folder / name).read_bytes()
            self.assertFalse(content.startswith(b"\xef\xbb\xbf"))
            self.assertNotIn(b"\r", content)
            self.assertTrue(content.endswith(b"\n"))

    def test_features_join_a_clinical_table(self):
        for name, cases in (("plain", CASES), ("escaped", AS_WRITTEN)):
            rows = [f"{case},{10 + i},{i % 2}\n" for i, case in enumerate(cases)]
            (self.folder / f"{name}.csv").write_text("case,months,dead\n" + "".join(rows))
            self.run_program(f"survival km --clinical {name}.csv --features out/features.csv "
                             f"--endpoint OS:time=months,event=dead --output {name}")
            result = json.loads((self.folder / name / "result.json").read_text())
            self.assertEqual(result["join"]["matched"], 3)
            self.assertEqual(result["results"][0]["n"], 3)

    def test_json_holds_the_text_itself(self):
        result = self.run_program("extract cohort/nifti/phantom-14/image.nii.gz cohort/nifti/phantom-14/mask.nii "
                                  "--case =A1 --format json")
        self.assertEqual(json.loads(result.stdout)["rows"][0]["case"], "=A1")


if __name__ == "__main__":
    unittest.main()
