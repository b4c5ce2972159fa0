"""Runs whole command lines of extract, inspect and features: tables, messages, exit codes.

usage: command_line_test.py PROGRAM"""
import csv
import gzip
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
LONG_HEADER = "case,roi,image_type,family,feature,ibsi_code,aggregation,value,unit".split(",")
SIZE, SPACING_MM = (4, 4, 3), (2, 2, 2)


# IBSI's features of each family, and the columns that a feature has: one per aggregation.
FAMILIES = {"morphology": (29, 1), "local_intensity": (2, 1), "statistics": (18, 1), "histogram": (23, 1),
            "ivh": (7, 1), "glcm": (25, 6), "glrlm": (16, 6), "glszm": (16, 3), "gldzm": (16, 3),
            "ngtdm": (5, 3), "ngldm": (17, 3)}


def feature_rows():
    text = subprocess.run([PROGRAM, "features", "--format", "csv"], check=True, capture_output=True,
                          text=True).stdout
    return list(csv.DictReader(io.StringIO(text)))


def column_count():
    return sum(FAMILIES[row["family"]][1] for row in feature_rows())


def intensity(x, y, z):
    return 1 + x + y + z


def labels(x, y, z):
    """Label 1 is the first slice, label 2 a voxel of the second, label 3 the third slice."""
    return {0: 1, 1: 2 if x == y == 0 else 0, 2: 3}[z]


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.write("scan.nii", nifti(SIZE, SPACING_MM, intensity))
        self.write("mask.nii", nifti(SIZE, SPACING_MM, labels))

    def write(self, name, content):
        (self.folder / name).write_bytes(content)

    def run_program(self, arguments):
        words = arguments.split() if isinstance(arguments, str) else arguments
        return subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True)

    def done(self, arguments, code=0):
        result = self.run_program(arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout

    def refused(self, arguments, kind, *words, code=2):
        """One line on standard error that has the kind and the words; nothing on standard output."""
        result = self.run_program(arguments)
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        self.assertRegex(result.stderr, rf"\Aradiomics: error: {kind}: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, result.stderr)


class Extract(CommandLine):
    def test_wide_table(self):
        header, *rows = csv.reader(io.StringIO(self.done("extract scan.nii mask.nii")))
        self.assertEqual(header[:3], ["case", "roi", "warnings"])
        features = [name for name in header if name.startswith("original_")]
        self.assertEqual(len(features), column_count())
        self.assertIn("original_ngtdm_strength_3d", features)
        self.assertEqual([row[:2] for row in rows], [["scan", "1"], ["scan", "2"], ["scan", "3"]])
        one = dict(zip(header, rows[0]))
        self.assertEqual(one["original_statistics_mean"], "4")
        self.assertEqual(one["original_morphology_volume_voxel_counting"], "128")
        self.assertEqual(one["diagnostics_mask_voxels"], "16")
        self.assertEqual(dict(zip(header, rows[1]))["original_ngtdm_contrast_3d"], "nan")

    def test_long_table(self):
        rows = list(csv.reader(io.StringIO(self.done("extract scan.nii mask.nii --roi 1 --case A --format long"))))
        self.assertEqual(rows[0], LONG_HEADER)
        self.assertEqual(len(rows), 1 + column_count())
        self.assertIn("A,1,original,statistics,mean,Q4LE,,4,intensity".split(","), rows)
        strength = [row[6] for row in rows if row[3:5] == ["ngtdm", "strength"]]
        self.assertEqual(strength, ["8QNN", "62GR", "KOBO"])

    def test_json_holds_its_provenance(self):
        document = json.loads(self.done("extract scan.nii mask.nii --roi 3 --format json"))
        self.assertEqual(document["provenance"]["program"]["name"], "radiomics")
        self.assertRegex(document["provenance"]["settings_sha256"], "^[0-9a-f]{64}$")
        row, = document["rows"]
        self.assertEqual(row["features"]["original_statistics_mean"], 6)
        self.assertEqual(row["diagnostics"]["voxels"], {"mask": 16, "resampled": 16, "resegmented": 16})
        self.assertEqual(row["diagnostics"]["mask"]["box"], {"first": [0, 0, 2], "last": [3, 3, 2]})
        lone, = json.loads(self.done("extract scan.nii mask.nii --roi 2 --format json"))["rows"]
        self.assertIsNone(lone["features"]["original_ngtdm_contrast_3d"])

    def test_output_file_with_provenance_beside_it(self):
        self.assertEqual(self.done("extract scan.nii mask.nii --output new/features.csv"), "")
        table = (self.folder / "new/features.csv").read_text()
        self.assertEqual(table, self.done("extract scan.nii mask.nii"))
        beside = json.loads((self.folder / "new/features.csv.provenance.json").read_text())
        self.assertEqual([region["roi"] for region in beside["regions"]], ["1", "2", "3"])
        self.assertEqual(sorted(os.listdir(self.folder / "new")),
                         ["features.csv", "features.csv.provenance.json"])

    def test_compressed_files_and_any_number_of_threads(self):
        (self.folder / "packed").mkdir()  # beside scan.nii it is refused
        self.write("packed/scan.nii.gz", gzip.compress((self.folder / "scan.nii").read_bytes()))
        plain = self.done("extract scan.nii mask.nii --threads 1")
        self.assertEqual(self.done("extract packed/scan.nii.gz mask.nii --threads 1"), plain)
        for threads in "27":
            self.assertEqual(self.done(f"extract scan.nii mask.nii --threads {threads}"), plain)

    def test_patterns_of_regions(self):
        # '[' is no wildcard. What matches nothing fails on its own, and all if nothing else is there.
        result = self.run_program(["extract", "scan.nii", "mask.nii", "--roi", "[", "--roi", "?"])
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("unknown_region: mask.nii: no region is called '['; there are: 1, 2, 3",
                      result.stderr)
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        self.assertEqual([row["roi"] for row in rows], ["1", "2", "3"])
        self.refused("extract scan.nii mask.nii --roi [ --roi 7", "unknown_region", "'['", "1, 2, 3")
        rows = list(csv.DictReader(io.StringIO(self.done("extract scan.nii mask.nii --roi 3 --roi 1"))))
        self.assertEqual([row["roi"] for row in rows], ["1", "3"])

    def test_mask_on_another_grid(self):
        """Voxels of half the size: the mask of the first slice is its lower half, 1 mm thick."""
        self.write("fine.nii", nifti((8, 8, 5), (1, 1, 1), lambda x, y, z: 7 if z == 0 else 0))
        self.refused("extract scan.nii fine.nii", "geometry_mismatch", "fine.nii", "size 8x8x5 against 4x4x3",
                     "spacing (1, 1, 1) mm against (2, 2, 2) mm", "--resample-mask")
        result = self.run_program("extract scan.nii fine.nii --resample-mask")
        self.assertEqual(result.returncode, 0, result.stderr)
        row, = csv.DictReader(io.StringIO(result.stdout))
        self.assertEqual((row["roi"], row["diagnostics_mask_voxels"]), ("7", "16"))
        self.assertIn("from 64 voxels (0.064 ml) to 16 voxels (0.128 ml)", row["warnings"])
        self.assertIn("resampled by nearest neighbour", result.stderr)
        self.assertEqual(self.done("extract scan.nii mask.nii --resample-mask"), self.done("extract scan.nii mask.nii"))
        self.write("cases.csv", b"image,mask\nscan.nii,fine.nii\n")
        self.done("batch cases.csv --output out", 2)
        self.done("batch cases.csv --output out --resample-mask")
        row, = csv.DictReader(io.StringIO((self.folder / "out/features.csv").read_text()))
        self.assertIn("resampled by nearest neighbour", row["warnings"])

    def test_segments_of_slicer_by_name(self):
        """Two overlapping segments in layers, stored as the part of the grid that they need."""
        layers = b"".join(bytes([1, int(x > 0)]) for z in range(2) for y in range(3) for x in range(2))
        segments = "".join(f"Segment{i}_ID:=s{i}\nSegment{i}_Name:={name}\nSegment{i}_Layer:={i}\n"
                           f"Segment{i}_LabelValue:=1\n" for i, name in enumerate(["GTV one", "node"]))
        self.write("a.seg.nrrd", (
            "NRRD0004\ntype: unsigned char\ndimension: 4\nspace: left-posterior-superior\nsizes: 2 2 3 2\n"
            "space directions: none (2,0,0) (0,2,0) (0,0,2)\nkinds: list domain domain domain\nencoding: raw\n"
            "space origin: (2,2,0)\n" + segments + "Segmentation_ReferenceImageExtentOffset:=1 1 0\n\n").encode() + layers)
        rows = list(csv.DictReader(io.StringIO(self.done("extract scan.nii a.seg.nrrd"))))
        self.assertEqual([(row["roi"], row["diagnostics_mask_voxels"]) for row in rows],
                         [("GTV one", "12"), ("node", "6")])
        row, = csv.DictReader(io.StringIO(self.done("extract scan.nii a.seg.nrrd --roi gtv*")))
        self.assertEqual(row["original_statistics_mean"], "5")

    def test_partly_done(self):
        self.write("hole.nii", nifti(SIZE, SPACING_MM, lambda x, y, z: -2000 if z == 2 else 50))
        result = self.run_program("extract hole.nii mask.nii --preset ibsi1-c")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, r"(?m)^radiomics: error: empty_region: mask\.nii: region '3': ")
        rois = {row["roi"] for row in csv.DictReader(io.StringIO(result.stdout))}
        self.assertEqual(rois, {"1", "2"})

    def test_warning_of_low_intensities(self):
        self.write("air.nii", nifti(SIZE, SPACING_MM, lambda x, y, z: -1024))
        result = self.run_program("extract air.nii mask.nii --roi 1")
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stderr, r"\Aradiomics: warning: region '1': 16 of 16 voxels [^\n]+\n\Z")
        row, = csv.DictReader(io.StringIO(result.stdout))
        self.assertIn("16 of 16 voxels", row["warnings"])

    def test_region_between_the_voxels_of_the_default(self):
        size, spacing_mm = (9, 9, 9), (0.5, 0.5, 0.5)
        self.write("fine.nii", nifti(size, spacing_mm, intensity))
        self.write("dot.nii", nifti(size, spacing_mm, lambda x, y, z: x == y == z == 2))
        self.refused("extract fine.nii dot.nii", "empty_region", "2x2x2 mm", "resample.spacing_mm", "as scanned")
        row, = csv.DictReader(io.StringIO(self.done("extract fine.nii dot.nii --preset native")))
        self.assertEqual(row["diagnostics_mask_voxels"], "1")

    def test_refused_files(self):
        whole = (self.folder / "scan.nii").read_bytes()
        self.write("notes.txt", b"not an image")
        self.write("cut.nii", whole[:-1])
        self.write("packed.nii.gz", gzip.compress(whole)[:-20])
        self.write("other.nii", nifti(SIZE, (2, 2, 3), labels))
        self.write("small.nii", nifti((4, 4, 2), SPACING_MM, labels))
        self.write("zeros.nii", nifti(SIZE, SPACING_MM, lambda x, y, z: 0))
        (self.folder / "empty").mkdir()
        self.refused("extract no.nii mask.nii", "unreadable_file", "no.nii", "no such file")
        self.refused("extract empty mask.nii", "unreadable_file", "empty", "no DICOM image")
        self.refused("extract scan.nii empty", "unreadable_file", "empty", "no RTSTRUCT")
        self.refused("extract notes.txt mask.nii", "unreadable_file", "notes.txt", "NIfTI")
        self.refused("extract cut.nii mask.nii", "unreadable_file", "cut.nii", "cut short")
        self.refused("extract scan.nii packed.nii.gz", "unreadable_file", "packed.nii.gz", "cut short")
        self.write("mask.nii.gz", gzip.compress(whole))
        self.refused("extract scan.nii mask.nii.gz", "ambiguous_input", "beside mask.nii,")
        self.refused("extract scan.nii other.nii --roi 3", "geometry_mismatch", "other.nii", "mm against")
        self.refused("extract scan.nii small.nii --roi 1", "geometry_mismatch", "4x4x2 against 4x4x3")
        self.refused("extract scan.nii zeros.nii", "empty_region", "zeros.nii")

    def test_refused_regions_and_settings(self):
        self.refused("extract scan.nii mask.nii --roi 7", "unknown_region", "mask.nii", "'7'", "1, 2, 3")
        self.refused("extract scan.nii mask.nii --preset x", "invalid_settings", "'x'", "native")
        self.refused("extract scan.nii mask.nii --preset ibsi1-digital --output /dev/null/x.csv", "unwritable_output", "/dev/null")

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_full_disk(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([PROGRAM, "extract", "scan.nii", "mask.nii"], cwd=self.folder,
                                    stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, 2)
        self.assertIn("unwritable_output", result.stderr)


class Others(CommandLine):
    def test_wrong_usage(self):
        for arguments in ("", "extract", "extract scan.nii", "extract scan.nii mask.nii --wrong",
                          "extract scan.nii mask.nii --threads 0", "extrakt scan.nii mask.nii",
                          "extract scan.nii mask.nii --format xml", "batch scan.csv", "survival"):
            self.refused(arguments, "usage", "--help", code=64)

    def test_help_starts_with_an_example(self):
        for command in ("", "extract", "batch", "inspect", "features", "qc", "survival", "survival km"):
            text = self.done(f"{command} --help")
            self.assertTrue(text.startswith(f"Example: radiomics {command.split(' ')[0]}"), text)

    def test_version(self):
        self.assertRegex(self.done("--version"), r"\Aradiomics \d+\.\d+\.\d+\n\Z")

    def test_inspect_of_files(self):
        text = self.done("inspect mask.nii")
        self.assertIn("1 image file, 1 mask, no problems\n", text)
        self.assertIn("mask.nii  4x4x3 voxels of 2x2x2 mm, axial, z 0 to 4 mm\n", text)
        self.assertIn("labels  mask.nii\n      '1'\n      '2'\n      '3'\n", text)
        document = json.loads(self.done("inspect mask.nii --format json"))
        self.assertEqual(document["images"][0]["size"], [4, 4, 3])
        self.assertEqual(document["images"][0]["case"], "mask")
        self.assertEqual(document["masks"][0]["regions"], ["1", "2", "3"])
        self.assertEqual(document["masks"][0]["case"], "mask")
        self.write("cut.nii", (self.folder / "scan.nii").read_bytes()[:-1])
        text = self.done("inspect .")
        self.assertIn("3 image files, 0 masks, 1 problem\n", text)
        self.assertRegex(text, r"\n  scan\.nii  4x4x3 voxels of 2x2x2 mm, [^\n]+\n")
        self.assertRegex(text, r"\n  cut\.nii\n    problem: cut\.nii: is cut short: [^\n]+\n")
        self.refused("inspect nothing", "unreadable_file", "nothing")

    def test_inspect_of_a_folder_without_images(self):
        (self.folder / "notes").mkdir()
        self.write("notes/a.txt", b"x")
        result = self.run_program("inspect notes")
        self.assertEqual(result.returncode, 2)
        self.assertIn("left out\n  1 file: no DICOM file\n", result.stdout)
        self.assertRegex(result.stderr, r"\Aradiomics: error: unreadable_file: notes: [^\n]+\n\Z")

    def test_features_as_csv(self):
        families = [row["family"] for row in feature_rows()]
        self.assertEqual(set(families), set(FAMILIES))
        for family, (count, _) in FAMILIES.items():
            ibsi = [row for row in feature_rows() if row["family"] == family and row["ibsi_code"]]
            self.assertEqual(len(ibsi), count, family)


if __name__ == "__main__":
    unittest.main()
