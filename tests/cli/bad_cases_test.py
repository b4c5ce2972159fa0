"""Runs `radiomics extract` on the 145 awkward or hostile variants of a real case that the reference
data can make, each with what must come of it.

usage: bad_cases_test.py PROGRAM

Needs the reference data, pydicom, numpy, nibabel and the command-line tools of DCMTK and GDCM."""
import importlib.util
import json
import math
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
DATA = pathlib.Path(os.environ.get("RADIOMICS_TEST_DATA", "../shared/data"), "dicom")
ENVIRONMENT = os.environ | {"ASAN_OPTIONS": "detect_leaks=0"}  # of readers that give up a file
SECONDS = 120  # the slowest takes one; a machine under sanitizers and load takes its time
KIB_MORE = 600 << 10  # that a case may need beyond the unchanged one; sanitizers keep what is freed

# What a refusal says (kind, and a part of the message), and the warnings of what is measured.
REFUSED = {
    "ct_missing_slice_in_roi": ("unsupported_data", "missing"),
    "ct_missing_two_adjacent": ("unsupported_data", "missing"),
    "ct_every_second_slice": ("geometry_mismatch", "3 mm off the nearest slice"),
    "ct_empty_folder": ("unreadable_file", "no DICOM image in this folder"),
    "ct_duplicate_position": ("unsupported_data", "lies in the same place as"),
    "ct_same_uid_other_pixels": ("unsupported_data", "another content"),
    "ct_two_patients": ("unsupported_data", "belongs to another patient"),
    "ct_zero_byte_slice": ("unsupported_data", "is an empty file"),
    "ct_truncated_pixels": ("unsupported_data", "cut short"),
    "ct_truncated_header": ("unsupported_data", "cut short"),
    "ct_no_pixel_data": ("unreadable_file", "ct_019.dcm"),
    "ct_pixelspacing_one": ("unsupported_data", "pixel spacing 1.1724 mm"),
    "ct_pixelspacing_missing": ("unsupported_data", "PixelSpacing is absent"),
    "ct_pixelspacing_zero": ("unsupported_data", "PixelSpacing 0, 0 mm is not positive"),
    "ct_pixelspacing_negative": ("unsupported_data", "PixelSpacing -1, -1 mm is not positive"),
    "ct_ipp_missing_one": ("unsupported_data", "ImagePositionPatient is absent"),
    "ct_iop_missing": ("unsupported_data", "ImageOrientationPatient is absent"),
    "ct_iop_one_differs": ("unsupported_data", "has the orientation 0.99619"),
    "ct_iop_not_orthogonal": ("unsupported_data", "not two perpendicular unit vectors"),
    "ct_rescale_missing": ("unsupported_data", "RescaleSlope or RescaleIntercept is absent"),
    "ct_rescale_missing_one": ("unsupported_data", "RescaleSlope or RescaleIntercept is absent"),
    "ct_rescale_zero": ("unsupported_data", "RescaleSlope is 0"),
    "ct_position_jitter_large": ("unsupported_data", "4.5 mm"),
    "ct_gantry_tilt": ("unsupported_data", "a tilted gantry?"),
    "ct_huge_rows": ("unsupported_data", "65535"),
    "ct_zero_rows": ("unsupported_data", "141x0 pixels"),
    "ct_samples3": ("unsupported_data", "3 samples per pixel"),
    "ct_not_ct": ("unreadable_file", "no DICOM image in this folder"),
    "ct_rows_differ_one": ("unsupported_data", "141x134 pixels"),
    "ct_unknown_transfer_syntax": ("unsupported_data", "1.2.3.4.5"),
    "ct_ds_not_a_number": ("unsupported_data", "PixelSpacing is absent or not two numbers"),
    "ct_length_bomb": ("unsupported_data", "4294967294 bytes"),
    "ct_nested_sequence_bomb": ("unsupported_data", "nested"),
    "fs_unreadable": ("unsupported_data", "is a file that cannot be read"),
    "rt_other_frame_of_reference": ("reference_mismatch", "--accept-mismatch frame-of-reference"),
    "rt_other_series": ("reference_mismatch", "--accept-mismatch series"),
    "rt_other_patient": ("reference_mismatch", "--accept-mismatch patient"),
    "rt_between_slices": ("geometry_mismatch", "1.2 mm off the nearest slice"),
    "rt_same_name_twice": ("ambiguous_input", "2 regions 'GTV-1'"),
    "rt_same_number_twice": ("ambiguous_input", "two regions have the number 1"),
    "rt_no_roi_sequence": ("unsupported_data", "holds no regions"),
    "rt_zero_byte": ("unreadable_file", "rtstruct.dcm"),
    "rt_truncated": ("unreadable_file", "rtstruct.dcm"),
    "rt_is_ct": ("unreadable_file", "is no RTSTRUCT or DICOM SEG"),
    "seg_same_label": ("ambiguous_input", "2 regions 'GTV'"),
    "seg_wrong_size": ("geometry_mismatch", "71x69 pixels"),
    "seg_between_slices": ("geometry_mismatch", "0.5 voxels off"),
    "seg_other_frame_of_reference": ("reference_mismatch", "--accept-mismatch series"),
    "seg_frame_count_lies": ("unreadable_file", "12 frames"),
    "seg_pixels_truncated": ("unreadable_file", "cut short"),
    "seg_frames_bomb": ("unreadable_file", "2000000000"),
    "seg_segment_number_unknown": ("unreadable_file", "segment 7, which is not defined"),
    "nii_half_voxel": ("geometry_mismatch", "--resample-mask"),
    "nii_size_differs": ("geometry_mismatch", "141x138x40"),
    "nii_no_affine": ("geometry_mismatch", "--resample-mask"),
    "nii_qform_sform_differ": ("unsupported_data", "qform"),
    "nii_nan": ("unsupported_data", "nan"),
    "nii_4d": ("unsupported_data", "4 dimensions"),
    "nii_empty": ("empty_region", "all voxels are 0"),
    "nii_truncated_gz": ("unreadable_file", "cut short"),
    "nii_gz_bomb_dims": ("unreadable_file", "mask.nii.gz"),
    "nrrd_detached_escape": ("unsupported_data", "etc/hostname"),
}
REGION_REFUSED = {
    "rt_empty_roi": {"EMPTY": ("empty_region", "no contours"), "NOITEM": ("empty_region", "no contours")},
    "rt_roi_outside": {"FAR": ("empty_region", "7 leave the image"),
                       "ABOVE": ("empty_region", "7 leave the image")},
    "rt_open_planar": {"GTV-1": ("invalid_region", "OPEN_PLANAR")},
    "rt_not_planar": {"GTV-1": ("invalid_region", "not planar")},
    "rt_nan": {"GTV-1": ("invalid_region", "no finite number")},
    "rt_inf": {"GTV-1": ("invalid_region", "no finite number")},
    "rt_text": {"GTV-1": ("invalid_region", "no finite number")},
    "rt_huge": {"GTV-1": ("invalid_region", "beyond any patient")},
    "rt_not_multiple_of_3": {"GTV-1": ("invalid_region", "347 coordinates")},
    "rt_empty_values": {"GTV-1": ("invalid_region", "no finite number")},
    "rt_subvoxel": {"RING": ("empty_region", "no voxel")},
    "seg_empty_segment": {"SECOND": ("empty_region", "has no voxel")},
}
WARNED = {
    "ct_missing_end_slice": ["refers to 41 images, of which 1 are not in the series"],
    "ct_single_slice": ["its thickness of 3 mm", "40 are not in the series", "are cut off"],
    "ct_duplicate_identical": ["copies of files in the series are left out: 1"],
    "ct_slicethickness_lies": ["SpacingBetweenSlices says 1 mm, the positions 3 mm"],
    "ct_no_frame_of_reference": ["no frame of reference"],
    "ct_localizer_in_series": ["localizer images in the series are left out: 1"],
    "ct_ts_jpeg_lossy": ["compressed with a loss", "41 are not in the series"],
    "text_wrong_charset": ["names that are no text"],
    "rt_no_references": ["names no image series"],
    "rt_roi_partly_outside": ["reach outside the image and are cut off there: 7"],
    "rt_points_mixed": ["points are ignored: 2"],
    "rt_two_point_contour": ["fewer than three points are ignored: 1"],
    "rt_point_count_lies": ["state another number of points"],
    "rt_duplicate_contours": ["repeat another one count once: 7"],
    "rt_every_second_slice": ["slices between contours have none and stay empty: 3"],
    "seg_fractional_soft": ["at least half (127.5 of 255)"],
    "seg_no_references": ["names no image series"],
    "nii_float_mask": ["rounded to the nearest whole number"],
}
WARNED_OF_OTHERS = {("rt_figure_eight", "RING"): ["contours cross themselves"]}

# Where the numbers are not those of the unchanged case to the last bit, and why.
TOLERANCE = {
    "ct_missing_end_slice": 1e-7,      # the mean of one distance less, of positions to 1e-6 mm
    "ct_prone_stored": 1e-7,           # positions are written with 8 digits
    "ct_position_jitter_small": 1e-3,  # a spacing that differs by 1e-5 mm
}
OTHER_NUMBERS = {"ct_single_slice", "ct_ts_jpeg_lossy", "rt_roi_partly_outside",
                 "rt_every_second_slice", "seg_fractional_soft", "nii_whole_image"}


def missing():
    if not (DATA / "make_bad_cases.py").exists():
        return f"needs dicom/make_bad_cases.py below RADIOMICS_TEST_DATA ({DATA.parent})"
    absent = [name for name in ("pydicom", "numpy", "nibabel") if not importlib.util.find_spec(name)]
    absent += [name for name in ("dcmcjpeg", "dcmcjpls", "dcmcrle", "dcmconv", "gdcmconv")
               if not shutil.which(name)]
    return f"needs {', '.join(absent)}" if absent else ""


def state_of(folder):
    """What lies in a folder, for comparison: no file may be added or changed."""
    state = {}
    for path, folders, files in os.walk(os.fsencode(folder)):
        for name in folders + files:
            status = os.lstat(os.path.join(path, name))
            state[os.path.join(path, name)] = (status.st_size, status.st_mtime_ns)
    return state


class Run:
    """One call of the program, measured."""

    def __init__(self, folder, options=(), user=None):
        mask = next(name for name in sorted(os.listdir(folder)) if name != "ct")
        with tempfile.TemporaryDirectory() as work:
            os.chmod(work, 0o777)
            out, err = pathlib.Path(work, "out"), pathlib.Path(work, "err")
            with open(out, "wb") as stdout, open(err, "wb") as stderr:
                process = subprocess.Popen(
                    [PROGRAM, "extract", folder / "ct", folder / mask, "--preset", "native",
                     "--format", "json", *options], cwd=work, stdout=stdout, stderr=stderr,
                    env=ENVIRONMENT, user=user,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)))
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            self.code, self.kib = process.returncode, usage.ru_maxrss
            self.messages = err.read_text(encoding="utf-8").splitlines()  # valid UTF-8, or it fails
            text = out.read_text(encoding="utf-8")
            self.left_behind = sorted(set(os.listdir(work)) - {"out", "err"})
        self.rows = {row["roi"]: row for row in json.loads(text)["rows"]} if text else {}


@unittest.skipIf(missing(), missing())
class BadCases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(shared.cleanup)
        os.chmod(shared.name, 0o755)
        # Variants are links to the files of the case, which have to be on the same device.
        case, cls.root = pathlib.Path(shared.name, "case"), pathlib.Path(shared.name, "variants")
        shutil.copytree(DATA / "radphantom_pat2", case)
        rtstruct, = (case / "rtstruct").iterdir()
        subprocess.run([sys.executable, DATA / "make_bad_cases.py", case / "ct", rtstruct, cls.root,
                        "--roi", "GTV-1"], check=True, stdout=subprocess.DEVNULL)
        manifest = json.loads((cls.root / "manifest.json").read_text(encoding="utf-8"))
        cls.voxels = manifest["voxels_in_roi"]
        cls.variants = {one["name"]: one for one in manifest["variants"]}
        cls.before = state_of(cls.root)
        good = Run(cls.root / "good")
        cls.good, cls.good_kib = good.rows["GTV-1"], good.kib
        cls.runs = {}

    def run_of(self, name):
        if name not in self.runs:
            # What may not be read can be read by root all the same.
            user = 65534 if name == "fs_unreadable" and os.geteuid() == 0 else None
            self.runs[name] = Run(self.root / name, user=user)
        return self.runs[name]

    def check_values(self, name, row):
        expected, found = self.good["features"], row["features"]
        self.assertEqual(list(expected), list(found))
        tolerance = TOLERANCE.get(name, 0)
        for key, value in expected.items():
            if value is None or tolerance == 0:
                self.assertEqual(found[key], value, key)
            else:
                self.assertTrue(math.isclose(found[key], value, rel_tol=tolerance, abs_tol=tolerance),
                                f"{key}: {found[key]} instead of {value}")

    def check_warnings(self, row, parts):
        self.assertEqual(len(row["warnings"]), len(parts), row["warnings"])
        for part in parts:
            self.assertTrue(any(part in warning for warning in row["warnings"]),
                            f"{part!r} in {row['warnings']}")

    def check_errors(self, run, expected):
        """Exactly these errors, one line each, and no other output of anybody."""
        errors = [line for line in run.messages if line.startswith("radiomics: error: ")]
        for line in run.messages:
            self.assertRegex(line, "^radiomics: (error|warning): ")
        self.assertEqual(len(errors), len(expected), errors)
        for kind, part in expected:
            self.assertTrue(any(line.startswith(f"radiomics: error: {kind}: ") and part in line
                                for line in errors), f"{kind}, {part!r} in {errors}")

    def check_variant(self, name):
        run, expect = self.run_of(name), self.variants[name]["expect"]
        self.assertLess(run.kib, self.good_kib + KIB_MORE)
        self.assertEqual(run.left_behind, [])
        if name in REFUSED:
            self.assertEqual(expect, "refuse")
            self.assertEqual((run.code, run.rows), (2, {}))
            return self.check_errors(run, [REFUSED[name]])
        refused = REGION_REFUSED.get(name, {})
        self.assertEqual(bool(refused), expect == "roi_fail")
        self.check_errors(run, list(refused.values()))
        self.assertEqual(run.code, (1 if run.rows else 2) if refused else 0)
        for roi in refused:
            self.assertNotIn(roi, run.rows)
        if "GTV-1" in refused:
            return self.assertEqual(run.rows, {})
        measured = next(iter(run.rows.values()))
        if name == "text_gb18030":
            self.assertEqual(list(run.rows), ["肺部肿瘤"])
        if name == "nii_labels":
            measured = run.rows["3"]
        if expect == "warn" and (name, "RING") not in WARNED_OF_OTHERS:
            self.assertTrue(WARNED[name])
        self.check_warnings(measured, WARNED.get(name, []))
        if name not in OTHER_NUMBERS:
            self.check_values(name, measured)

    # --- what a single number of a variant has to be ---------------------------------------------

    def voxels_of(self, name, roi):
        return self.run_of(name).rows[roi]["diagnostics"]["voxels"]["mask"]

    def test_unchanged_case(self):
        self.assertEqual(self.good["diagnostics"]["voxels"]["mask"], self.voxels)
        self.assertEqual(self.good["warnings"], [])

    def test_every_variant_is_made(self):
        self.assertEqual(len(self.variants), 145)
        self.assertEqual([name for name, one in self.variants.items() if "not_made" in one], [])

    def test_rings(self):
        # Three slices of pi (20^2 - 10^2) mm2, pixels of 0.977 mm: 2962 voxels, the edge of 193
        # pixels a slice gives or takes a few.
        hole = self.voxels_of("rt_hole_inner_contour", "RING")
        self.assertAlmostEqual(hole, 2962, delta=30)
        self.assertAlmostEqual(self.voxels_of("rt_hole_keyhole", "RING"), hole, delta=3 * 11)
        island = 3 * math.pi * 5**2 / 0.977**2
        self.assertAlmostEqual(self.voxels_of("rt_island_in_hole", "RING") - hole, island, delta=12)
        self.check_warnings(self.run_of("rt_figure_eight").rows["RING"],
                            WARNED_OF_OTHERS["rt_figure_eight", "RING"])

    def test_parts(self):
        self.assertEqual(self.voxels_of("nii_whole_image", "1"), 141 * 138 * 41)
        self.assertEqual(sorted(self.run_of("nii_labels").rows), ["3", "7"])
        self.assertEqual(self.voxels_of("seg_overlapping", "SECOND"), self.voxels)
        self.assertLess(self.voxels_of("rt_roi_partly_outside", "GTV-1"), self.voxels)
        self.assertLess(self.voxels_of("rt_every_second_slice", "GTV-1"), self.voxels)
        self.assertLess(self.voxels_of("seg_fractional_soft", "GTV"), self.voxels)
        diagnostics = self.run_of("ct_single_slice").rows["GTV-1"]["diagnostics"]
        self.assertLess(diagnostics["voxels"]["mask"], self.voxels / 4)

    def test_nasty_names(self):
        run = self.run_of("rt_nasty_names")
        self.assertEqual(len(run.rows), 9)
        for roi in ("../../evil", "=cmd|' /C calc'!A1", "", "CON", "肺" * 64):
            self.check_values("rt_nasty_names", run.rows[roi])

    def test_lossy_compression_changes_little(self):
        found, expected = (row["features"]["original_statistics_mean"] for row in
                           (self.run_of("ct_ts_jpeg_lossy").rows["GTV-1"], self.good))
        self.assertAlmostEqual(found, expected, delta=2)  # HU
        self.assertNotEqual(found, expected)

    def test_two_series_are_listed_where_nothing_chooses(self):
        folder = self.root / "ct_two_series"
        mask = self.root / "nii_good/mask.nii.gz"
        result = subprocess.run([PROGRAM, "extract", folder / "ct", mask], capture_output=True,
                                text=True, env=ENVIRONMENT)
        self.assertEqual(result.returncode, 2)
        self.assertIn("ambiguous_input", result.stderr)
        self.assertEqual(len(set(word for word in result.stderr.replace(",", " ").split()
                                 if len(word) == 13 and word.startswith("s"))), 2, result.stderr)

    def test_accepted_mismatches_measure_and_warn(self):
        for name, words in (("rt_other_patient", ["patient"]), ("rt_other_series", ["series"]),
                            ("rt_other_frame_of_reference", ["frame-of-reference"]),
                            ("seg_other_frame_of_reference", ["series", "frame-of-reference"])):
            run = Run(self.root / name, [f"--accept-mismatch={word}" for word in words])
            row, = run.rows.values()
            self.assertEqual(run.code, 0)
            self.check_values(name, row)
            self.check_warnings(row, [f"accepted mismatch ({word})" for word in words])

    def test_zz_nothing_was_written_beside_the_input(self):
        self.assertEqual(state_of(self.root), self.before)


def add_test(name):
    setattr(BadCases, f"test_variant_{name}", lambda self: self.check_variant(name))


if not missing():
    listing = subprocess.run([sys.executable, DATA / "make_bad_cases.py", "ct", "rt", "out", "--list"],
                             check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        add_test(line.split()[0])

if __name__ == "__main__":
    unittest.main()
