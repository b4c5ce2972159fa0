"""Runs radiomics-viewer without a screen and looks at the picture that it draws.

usage: viewer_test.py PROGRAM"""
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from pictures import environment, is_region_colour, nifti, read_png

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "radiomics-viewer"
SIZE = (40, 40, 20)
SPACING_MM = (1, 1, 2)
CENTRE, RADIUS_MM = (20, 20, 10), 12
TITLE_HEIGHT = 40  # pixels, as in viewer/scene.cpp


def in_ball(x, y, z):
    return math.dist((x, y, 2 * z), (CENTRE[0], CENTRE[1], 2 * CENTRE[2])) <= RADIUS_MM


def intensity(x, y, z):
    """A bright ball in fat; a block of bone to the patient's left, in front and at the head."""
    if in_ball(x, y, z):
        return 60
    return 1000 if x >= 34 and y < 6 and z >= 17 else -100


class Pane:
    """One of the four pictures; places run from 0 to 1, from its top left corner."""

    def __init__(self, picture, column, row):
        width, height, self.rows = picture
        middle = TITLE_HEIGHT + (height - TITLE_HEIGHT) // 2
        self.left, self.right = ((0, width // 2), (width // 2, width))[column]
        self.top, self.bottom = ((TITLE_HEIGHT, middle), (middle, height))[row]

    def pixel(self, x, y):
        return self.rows[int(self.top + y * (self.bottom - self.top))][
            int(self.left + x * (self.right - self.left))]

    def region(self):
        """The pixels of the region's colour: number, and the box they lie in (left, top, right, bottom)."""
        found = [(x, y) for y in range(self.top, self.bottom) for x in range(self.left, self.right)
                 if is_region_colour(self.rows[y][x])]
        xs, ys = [x - self.left for x, _ in found] or [0], [y - self.top for _, y in found] or [0]
        width, height = self.right - self.left, self.bottom - self.top
        return len(found), (min(xs) / width, min(ys) / height, max(xs) / width, max(ys) / height)


class Viewer(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "ct.nii").write_bytes(nifti(SIZE, SPACING_MM, intensity))
        (self.folder / "mask.nii").write_bytes(nifti(SIZE, SPACING_MM, lambda *voxel: in_ball(*voxel)))

    def run_program(self, *arguments, display=None):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True,
                              env=environment(display))

    def refused(self, result, kind, *words, code=2):
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        self.assertRegex(result.stderr, rf"\Aradiomics-viewer: error: {kind}: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, result.stderr)

    def virtual_display(self):
        """Starts an X server in memory for this test; it chooses a number that is free."""
        if not shutil.which("Xvfb"):
            self.skipTest("needs Xvfb (package xvfb)")
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        return ":" + server.stdout.readline().strip()

    def test_screenshot(self):
        display = self.virtual_display()
        result = self.run_program("ct.nii", "mask.nii", "--screenshot", "shot.png", "--size", "800x840",
                                  display=display)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        picture = read_png(self.folder / "shot.png")
        self.assertEqual(picture[:2], (800, 840))
        panes = [Pane(picture, column, row) for row in (0, 1) for column in (0, 1)]
        # 25 mm around a ball of 25 mm (x, y) or 26 mm (z, the longest): it spans 1/3 of 76 mm.
        for pane in panes[:3]:
            count, box = pane.region()
            self.assertGreater(count, 300, "an outline of 2 pixels' width")
            for found, expected in zip(box, (1 / 3, 1 / 3, 2 / 3, 2 / 3)):
                self.assertAlmostEqual(found, expected, delta=0.03)  # line width, 25 for 26 mm
            red, green, blue = pane.pixel(0.45, 0.55)  # inside: 60 HU of -160 to 240 is grey 140
            self.assertTrue(red == green == blue and abs(red - 140) <= 1)
            self.assertEqual(pane.pixel(0.3, 0.6), (38, 38, 38))  # fat
            self.assertEqual(pane.pixel(0.1, 0.6), (0, 0, 0))  # beyond the image
        count, box = panes[3].region()
        self.assertGreater(count, 20000, "a surface fills its outline")
        self.assertTrue(box[0] > 0.02 and box[2] < 0.98 and box[1] > 0.02 and box[3] < 0.98, box)

    def test_sides_of_the_patient(self):
        display = self.virtual_display()
        block = lambda *voxel: voxel[0] >= 34 and voxel[1] < 6 and voxel[2] >= 17
        (self.folder / "block.nii").write_bytes(nifti(SIZE, SPACING_MM, lambda *voxel: block(*voxel)))
        result = self.run_program("ct.nii", "block.nii", "--screenshot", "shot.png", "--size", "600x640",
                                  display=display)
        self.assertEqual(result.returncode, 0, result.stderr)
        picture = read_png(self.folder / "shot.png")
        # The block is at the image's left, front and head end: beyond it all is black, on the other
        # side there is fat.
        for (column, row), (x, y) in {(0, 0): (1, -1), (1, 0): (1, -1), (0, 1): (-1, -1)}.items():
            pane = Pane(picture, column, row)
            self.assertEqual(pane.pixel(0.5, 0.5), (255, 255, 255))  # bone
            self.assertEqual(pane.pixel(0.5 + 0.2 * x, 0.53), (0, 0, 0))
            self.assertEqual(pane.pixel(0.5 - 0.2 * x, 0.53), (38, 38, 38))
            self.assertEqual(pane.pixel(0.53, 0.5 + 0.2 * y), (0, 0, 0))
            self.assertEqual(pane.pixel(0.53, 0.5 - 0.2 * y), (38, 38, 38))

    def test_without_a_display(self):
        self.refused(self.run_program("ct.nii", "mask.nii"), "no_display", "xvfb-run -a")

    def test_refused_input(self):
        shot = ("--screenshot", "shot.png")
        self.refused(self.run_program("no.nii", "mask.nii", *shot), "unreadable_file",
                     "no.nii")
        self.refused(self.run_program("ct.nii", "mask.nii", "--roi", "7", *shot),
                     "unknown_region", "'7'")
        self.assertFalse((self.folder / "shot.png").exists())

    def test_refused_output(self):
        display = self.virtual_display()
        self.refused(self.run_program("ct.nii", "mask.nii", "--screenshot", "no/shot.png", display=display),
                     "unwritable_output", "no/shot.png")

    def test_wrong_usage(self):
        for arguments in ((), ("ct.nii",), ("ct.nii", "mask.nii", "--size", "9"), ("a", "b", "--wrong")):
            self.refused(self.run_program(*arguments), "usage", "--help", code=64)

    def test_help_starts_with_an_example(self):
        result = self.run_program("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertTrue(result.stdout.startswith("Example: radiomics-viewer "), result.stdout)


if __name__ == "__main__":
    unittest.main()
