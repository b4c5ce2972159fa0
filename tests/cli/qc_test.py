"""Runs radiomics qc on small images and looks at the sheets that it draws.

usage: qc_test.py PROGRAM"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from pictures import environment, is_region_colour, nifti, read_png

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "radiomics"
SIZE, SPACING_MM = (40, 40, 10), (1, 1, 3)


def two_islands(x, y, z):
    """Cubes in two corners of a square: 4 to 9 and 30 to 35 along x and y."""
    return int(3 <= z <= 6 and (4 <= x <= 9 and 4 <= y <= 9 or 30 <= x <= 35 and 30 <= y <= 35))


class ContactSheets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "ct.nii").write_bytes(nifti(SIZE, SPACING_MM, lambda x, y, z: 40))
        (self.folder / "mask.nii").write_bytes(nifti(SIZE, SPACING_MM, two_islands))

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, "qc", *arguments], cwd=self.folder, capture_output=True,
                              text=True, env=environment())

    def cases(self, *rows):
        (self.folder / "cases.csv").write_text("\n".join(("image,mask,case", *rows)) + "\n")

    def sheets(self):
        return sorted(file.name for file in (self.folder / "out").iterdir())

    def test_islands_are_outlined_apart(self):
        self.cases("ct.nii,mask.nii,A")
        result = self.run_program("cases.csv", "--output", "out")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.sheets(), ["A_1.png", "index.html"])
        _, _, rows = read_png(self.folder / "out" / "A_1.png")
        # The axial picture: 512 pixels for 32 + 2 * 25 mm, from (16, 76), around (19.5, 19.5).
        pixel = lambda x, y: rows[76 + round(256 + (y - 19.5) * 512 / 82)][
            16 + round(256 + (x - 19.5) * 512 / 82)]
        for x in (3.5, 9.5, 29.5, 35.5):  # the edges between voxels
            y = 7 if x < 20 else 33
            self.assertTrue(is_region_colour(pixel(x, y)), x)
        between = [pixel(x / 10, y / 10) for x in range(110, 290) for y in range(110, 290)]
        self.assertFalse(any(map(is_region_colour, between)))
        self.assertEqual(pixel(20, 12), (128, 128, 128))  # 40 HU in the window 400/40

    def test_what_fails_is_listed_and_the_rest_drawn(self):
        self.cases("ct.nii,mask.nii,A", "ct.nii,no.nii,B")
        result = self.run_program("cases.csv", "--output", "out")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, r"(?m)^radiomics: error: unreadable_file: [^\n]*no\.nii")
        self.assertEqual(self.sheets(), ["A_1.png", "index.html"])
        self.assertIn("unreadable_file", (self.folder / "out" / "index.html").read_text())

    def test_the_same_bytes_for_any_number_of_jobs(self):
        self.cases("ct.nii,mask.nii,A", "ct.nii,mask.nii,B", "ct.nii,mask.nii,../C")
        files = []
        for jobs in "13":
            result = self.run_program("cases.csv", "--output", "out", "--jobs", jobs)
            self.assertEqual(result.returncode, 0, result.stderr)
            files.append({name: (self.folder / "out" / name).read_bytes() for name in self.sheets()})
        self.assertEqual(files[0], files[1])
        self.assertEqual(len(files[0]), 4)
        self.assertEqual(sorted(file.name for file in self.folder.iterdir()),
                         ["cases.csv", "ct.nii", "mask.nii", "out"])

    def test_refused(self):
        result = self.run_program("no.csv", "--output", "out")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertRegex(result.stderr, r"\Aradiomics: error: [a-z_]+: [^\n]*no\.csv[^\n]*\n\Z")
        self.assertEqual(self.run_program("no.csv").returncode, 64)


if __name__ == "__main__":
    unittest.main()
