"""Runs whole command lines with settings: `radiomics settings` and --settings FILE.

usage: settings_test.py PROGRAM"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from pictures import nifti

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "radiomics"
PRESETS = ["default", "native", "ibsi1-digital", "ibsi1-a", "ibsi1-b", "ibsi1-c", "ibsi1-d", "ibsi1-e"]


class Settings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        size, spacing_mm = (5, 4, 4), (2, 2, 2)
        (self.folder / "scan.nii").write_bytes(nifti(size, spacing_mm, lambda x, y, z: 1 + x * y + z))
        (self.folder / "mask.nii").write_bytes(nifti(size, spacing_mm, lambda x, y, z: 1))

    def write(self, text):
        (self.folder / "my.yaml").write_text(text)

    def run_program(self, *words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True)

    def done(self, *words):
        result = self.run_program(*words)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def extracted(self, *words):
        """The settings of a run by key, and its table."""
        document = json.loads(self.done("extract", "scan.nii", "mask.nii", "--format", "json", *words))
        return document["provenance"]["settings"], document["rows"][0]["features"]

    def refused(self, *message):
        result = self.run_program("extract", "scan.nii", "mask.nii", "--settings", "my.yaml")
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertRegex(result.stderr, r"\Aradiomics: error: invalid_settings: my\.yaml:\d+: [^\n]+\n\Z")
        for part in message:
            self.assertIn(part, result.stderr)

    def test_a_complete_file_gives_the_preset(self):
        for preset in PRESETS:
            self.write(self.done("settings", preset))
            for base in "default", "ibsi1-e":
                self.assertEqual(self.extracted("--preset", base, "--settings", "my.yaml"),
                                 self.extracted("--preset", preset), preset)

    def test_every_key_has_its_comment(self):
        text = self.done("settings")
        self.assertEqual(text, self.done("settings", "default"))
        settings, _ = self.extracted()
        self.assertEqual(text.count("  # Allowed: "), len(settings))
        self.assertEqual(text.count("  # Default: "), len(settings))
        self.assertTrue(all(len(line) <= 120 for line in text.splitlines() if "#" in line))

    def test_a_file_replaces_single_keys(self):
        self.write("texture:\n  bins: {number: 4}\n  aggregations: [3d]\n")
        before, _ = self.extracted("--preset", "ibsi1-a")
        after, features = self.extracted("--preset", "ibsi1-a", "--settings", "my.yaml")
        self.assertEqual({key for key in before if before[key] != after[key]},
                         {"texture.bins", "texture.aggregations"})
        self.assertEqual(features["original_histogram_maximum"], 4)
        self.assertNotIn("original_ngtdm_contrast_2d", features)
        self.assertIn("original_ngtdm_contrast_3d", features)

    def test_of_a_batch(self):
        self.write("texture:\n  bins: {number: 4}\n")
        (self.folder / "cases.csv").write_text("image,mask\nscan.nii,mask.nii\n")
        self.done("batch", "cases.csv", "--output", "out", "--settings", "my.yaml")
        row, = csv.DictReader(io.StringIO((self.folder / "out/features.csv").read_text()))
        self.assertEqual(row["original_histogram_maximum"], "4")
        run = json.loads((self.folder / "out/run.json").read_text())
        self.assertEqual(run["settings"]["texture.bins"], "{number: 4}")

    def test_refused(self):
        self.write("resample:\n  spacing: [1, 1, 1]\n")
        self.refused("my.yaml:2:", "resample.spacing;", "the nearest is resample.spacing_mm")
        self.write("\nresample:\n  spacing_mm: [1, 1]\n")
        self.refused("my.yaml:3:", "resample.spacing_mm", "[1, 1]", "three numbers")
        self.write("resegment:\n  lowest: 3\n  lowest: 4\n")
        self.refused("my.yaml:3:", "resegment.lowest", "twice")
        self.write("resegment: [\n")
        self.refused("no YAML")

    def test_refused_names(self):
        result = self.run_program("settings", "ibsi1-x")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("invalid_settings: there is no preset 'ibsi1-x'", result.stderr)
        result = self.run_program("extract", "scan.nii", "mask.nii", "--settings", "no.yaml")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("unreadable_file: no.yaml: no such file", result.stderr)


if __name__ == "__main__":
    unittest.main()
