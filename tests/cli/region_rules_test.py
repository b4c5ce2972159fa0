"""Runs whole command lines with rules for regions on the sample cohort, right and wrong ones.

usage: region_rules_test.py PROGRAM MAKE_COHORT"""
import csv
import gzip
import itertools
import json
import math
import os
import struct
import subprocess
import unittest

from cohort import CohortTest, take_arguments

PROGRAM, MAKE_COHORT = take_arguments(2)
ENVIRONMENT = os.environ | {"ASAN_OPTIONS": "detect_leaks=0"}  # fontconfig keeps its cache
PATIENT = "cohort/dicom/0004"  # GTV, GTVn, Lung L


class RegionRules(CohortTest):
    make_cohort = MAKE_COHORT

    def run_program(self, *arguments, code=0):
        result = subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True,
                                text=True, env=ENVIRONMENT)
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def extract(self, *arguments, code=0, patient=PATIENT):
        """The rows by ROI, and what was said."""
        result = self.run_program("extract", patient, patient, "--preset", "native", *arguments,
                                  code=code)
        rows = {row["roi"]: row for row in csv.DictReader(result.stdout.splitlines())}
        return rows, result.stderr

    def wrong(self, code, *parts, arguments, command=None):
        """Expects one line of error with these parts."""
        result = self.run_program(*(command or ["extract", PATIENT, PATIENT]), *arguments, code=code)
        self.assertEqual(result.stdout, "")
        lines = result.stderr.splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        for part in ("radiomics: error: ", *parts):
            self.assertIn(part, lines[0])

    def voxels(self, name, *arguments):
        """Which voxels of a mask with one region are inside, with size and spacing."""
        self.run_program("mask", PATIENT, PATIENT, "--output", name, *arguments)
        data = gzip.decompress((self.folder / name).read_bytes())
        size = struct.unpack("<3h", data[42:48])
        spacing = struct.unpack("<3f", data[80:92])
        voxels = data[352:]
        return {(i % size[0], i // size[0] % size[1], i // (size[0] * size[1]))
                for i, value in enumerate(voxels) if value}, size, spacing

    # ---- what is measured ----

    def test_rules_give_rows_of_their_own(self):
        rows, _ = self.extract("--union", "All=GTV*")
        self.assertEqual(list(rows), ["All"])
        rows, _ = self.extract("--roi", "GTV", "--union", "All=GTV*", "--ring", "Near=All:5mm",
                               "--minus", "Lung=Lung L:All", "--intersect", "Same=All:GTV")
        self.assertEqual(list(rows), ["GTV", "All", "Same", "Lung", "Near"])
        features = [name for name in rows["GTV"] if name.startswith("original_")]
        self.assertEqual([rows["Same"][name] for name in features],
                         [rows["GTV"][name] for name in features])

    def test_every_row_is_that_of_the_written_mask(self):
        rules = ["--union", "All=GTV*", "--ring", "Near=GTV:60mm:Lung L", "--minus",
                 "Rest=Lung L:Near"]
        rows, _ = self.extract(*rules)
        self.run_program("mask", PATIENT, PATIENT, *rules, "--output", "m.seg.nrrd")
        result = self.run_program("extract", PATIENT, "m.seg.nrrd", "--preset", "native")
        again = {row["roi"]: row for row in csv.DictReader(result.stdout.splitlines())}
        self.assertEqual(list(again), list(rows))
        for roi, row in rows.items():
            for name in row:
                if name.startswith("original_"):
                    self.assertEqual(row[name], again[roi][name], (roi, name))

    def test_a_ring_is_its_definition(self):
        tumour, size, spacing = self.voxels("t.nii.gz", "--roi", "GTV")
        ring, _, _ = self.voxels("r.nii.gz", "--ring", "R=GTV:2-6mm")
        surface = [v for v in tumour if any(
            tuple(a + b for a, b in zip(v, step)) not in tumour
            for step in ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)))]
        reach = [math.ceil(7 / s) for s in spacing]
        boxes = [range(max(0, min(v[a] for v in tumour) - reach[a]),
                       min(size[a], max(v[a] for v in tumour) + reach[a] + 1)) for a in range(3)]
        expected = set()
        for v in itertools.product(*boxes):
            if v in tumour:
                continue
            squared = min(sum(((a - b) * s) ** 2 for a, b, s in zip(v, w, spacing))
                          for w in surface)
            if 2 + 1e-5 < math.sqrt(squared) <= 6 + 1e-5:
                expected.add(v)
        self.assertEqual(ring, expected)
        self.assertGreater(len(ring), 1000)

    def test_a_batch_and_its_sheets_follow_the_rules(self):
        (self.folder / "s.csv").write_text("name,pattern\nTumour,GTV\nTumour,Tumor*\nNode,GTVn\n"
                                           "Node,Lymph*\n", encoding="utf-8")
        rules = ["--synonyms", "s.csv", "--exclude", "Lung*", "--union", "All=Tumour", "--union",
                 "All=Node", "--roi", "Tumour"]
        self.run_program("batch", "cohort/dicom/0004", "--output", "out", *rules)
        with open(self.folder / "out/features.csv", newline="", encoding="utf-8") as file:
            self.assertEqual([row["roi"] for row in csv.DictReader(file)], ["Tumour", "All"])
        run = json.loads((self.folder / "out/run.json").read_text(encoding="utf-8"))
        self.assertEqual({name: run["options"][name] for name in (
            "roi", "exclude", "synonym", "union", "intersect", "minus", "ring")}, {
                "roi": "Tumour", "exclude": "Lung*", "union": "All=Tumour, All=Node",
                "synonym": "Tumour=GTV, Tumour=Tumor*, Node=GTVn, Node=Lymph*",
                "intersect": "", "minus": "", "ring": ""})
        self.wrong(2, "invalid_settings", "union", command=["batch", "cohort/dicom/0004"],
                   arguments=["--output", "out", *rules, "--union", "All=Lung*"])
        result = self.run_program("qc", "cohort/dicom/0004", "--output", "sheets", *rules)
        self.assertIn("2 sheets, 0 refused", result.stdout)

    def test_provenance_says_what_was_asked_for(self):
        self.extract("--roi", "GTV", "--union", "U=GTV", "--union", "U=GTVn", "--ring",
                     "R=U:3.50mm:Lung*", "--format", "json", "--output", "t.json")
        table = json.loads((self.folder / "t.json").read_text(encoding="utf-8"))
        self.assertEqual(table["provenance"]["region_rules"], {
            "roi": ["GTV"], "union": ["U=GTV", "U=GTVn"], "ring": ["R=U:3.5mm:Lung*"]})

    def test_the_result_does_not_depend_on_threads(self):
        rules = ["--roi", "*", "--union", "All=GTV*", "--ring", "A=All:3mm", "--ring",
                 "B=All:3-6mm", "--minus", "C=Lung L:All"]
        outputs = {self.run_program("extract", PATIENT, PATIENT, "--preset", "native", *rules,
                                    "--threads", threads).stdout for threads in "124"}
        self.assertEqual(len(outputs), 1)

    # ---- what fails ----

    def test_other_regions_go_on(self):
        rows, said = self.extract("--roi", "GTV", "--roi", "Heart", "--ring", "R=Liver:5mm",
                                  "--minus", "M=GTV:GTV", "--union", "U=GTV*", code=1)
        self.assertEqual(list(rows), ["GTV", "U"])
        self.assertIn("unknown_region: cohort/dicom/0004: no region is called 'Heart'; there are: "
                      "GTV, GTVn, Lung L", said)
        self.assertIn("region 'R' (--ring R=Liver:5mm): no region is called 'Liver'", said)
        self.assertIn("empty_region: cohort/dicom/0004: region 'M' (--minus M=GTV:GTV): no voxel is "
                      "left", said)

    def test_unions_say_what_was_not_there(self):
        rows, said = self.extract("--union", "U=GTV", "--union", "U=Bone*")
        self.assertEqual(rows["U"]["warnings"].count("united without 'Bone*'"), 1)
        self.assertIn("region 'U': united without 'Bone*': no region is called so", said)

    def test_names_that_the_file_has(self):
        self.wrong(2, "ambiguous_input", "'GTVn'", "--union gtvn=GTV",
                   arguments=["--union", "gtvn=GTV"])

    def test_synonyms_that_meet(self):
        (self.folder / "s.csv").write_text("name,pattern\nT,GTV*\n", encoding="utf-8")
        self.wrong(2, "ambiguous_input", "2 regions would be called 'T': 'GTV' (s.csv:2), 'GTVn'",
                   arguments=["--synonyms", "s.csv", "--roi", "T"])
        rows, _ = self.extract("--synonyms", "s.csv", "--union", "All=T")
        self.assertEqual(list(rows), ["All"])
        (self.folder / "s.csv").write_text("name,pattern\nT,GTV*\nN,*n\n", encoding="utf-8")
        self.wrong(2, "ambiguous_input", "region 'GTVn' would be called 'T' by s.csv:2 and 'N' by "
                   "s.csv:3", arguments=["--synonyms", "s.csv"])

    def test_wrong_synonyms(self):
        for text, parts in {"name,pattern\nT,GTV*\nN,gtv*\n": ["s.csv:3", "s.csv:2"],
                            "name,pattern\nT,\n": ["s.csv:2", "has no pattern"],
                            "old,new\nT,N\n": ["s.csv:1", "column 'name'"],
                            "name,pattern\nT,GTV,x\n": ["s.csv:2"],
                            "": ["s.csv"]}.items():
            (self.folder / "s.csv").write_text(text, encoding="utf-8")
            self.wrong(2, *parts, arguments=["--synonyms", "s.csv"])
        self.wrong(2, "unreadable_file", "none.csv", arguments=["--synonyms", "none.csv"])

    def test_wrong_rules(self):
        for arguments, part in {
                ("--union", "GTV"): "--union: 'GTV' is not NAME=PATTERN",
                ("--union", "U=U"): "'U' would be made from itself",
                ("--ring", "R=GTV:5"): "'5' is no width: write 5mm or 3-6mm",
                ("--ring", "R=GTV"): "its width is missing",
                ("--ring", "R=GTV:7-5mm"): "ends further out than it begins",
                ("--minus", "M=GTV"): "is not NAME=A:B",
                ("--intersect", "I=A:B:C"): "write '?'",
                ("--union", "U=GTV", "--ring", "U=GTV:5mm"): "make regions of one name",
                ("--union", "A=B", "--minus", "B=A:GTV"): "made from itself: A from B from A",
                ("--ring",): "--ring"}.items():
            with self.subTest(arguments=arguments):
                self.wrong(64, "usage", part, arguments=arguments)
        for command in (["batch", "cohort/dicom", "--output", "out"],
                        ["qc", "cohort/dicom", "--output", "out"],
                        ["mask", PATIENT, PATIENT, "--output", "m.nrrd"]):
            self.wrong(64, "usage", "'5' is no width", command=command,
                       arguments=["--ring", "R=GTV:5"])
        self.assertEqual(sorted(os.listdir(self.folder)), ["cohort"])


if __name__ == "__main__":
    unittest.main()
