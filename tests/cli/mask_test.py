"""Runs radiomics mask on the sample cohort: what it writes, prints and refuses.

usage: mask_test.py PROGRAM MAKE_COHORT"""
import csv
import gzip
import os
import re
import shutil
import struct
import subprocess
import unittest

from cohort import CohortTest, take_arguments

PROGRAM, MAKE_COHORT = take_arguments(2)
ENDINGS = (".nii.gz", ".nii", ".nrrd", ".seg.nrrd", ".mha", ".dcm")


class Mask(CohortTest):
    make_cohort = MAKE_COHORT

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True,
                              text=True)

    def mask(self, patient, output, *arguments, code=0):
        """Runs mask on a patient's folder. The lines of the table, and the finished process."""
        result = self.run_program("mask", f"cohort/dicom/{patient}", f"cohort/dicom/{patient}",
                                  "--output", output, *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout.splitlines(), result

    def refused(self, pattern, *arguments, code=2):
        """Expects one line of error, and no file."""
        before = sorted(self.folder.rglob("*"))
        result = self.run_program("mask", *arguments)
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        self.assertRegex(result.stderr, rf"\Aradiomics: error: {pattern}[^\n]*\n\Z")
        self.assertEqual(sorted(self.folder.rglob("*")), before)

    def features(self, image, mask):
        result = self.run_program("extract", image, mask, "--preset", "native")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = list(csv.DictReader(result.stdout.splitlines()))
        return [{name: value for name, value in row.items() if name not in ("case", "roi")}
                for row in rows], [row["roi"] for row in rows]

    # ---- what is written ----

    def test_features_are_those_of_the_mask_in_every_format(self):
        for number in ("0004", "0008"):  # contours, segments
            patient = f"cohort/dicom/{number}"
            expected, names = self.features(patient, patient)
            for ending in ENDINGS:
                with self.subTest(patient=number, ending=ending):
                    output = f"{number}{ending.replace('.', '_')}{ending}"
                    lines, _ = self.mask(number, output)
                    self.assertEqual(lines[0], "label,roi,voxels")
                    self.assertEqual([row[:2] for row in csv.reader(lines[1:])],
                                     [[str(i + 1), name] for i, name in enumerate(names)])
                    found, _ = self.features(patient, output)
                    self.assertEqual(found, expected)

    def test_voxels_of_a_nifti_are_those_of_the_table(self):
        lines, _ = self.mask("0004", "m.nii.gz")
        data = gzip.decompress((self.folder / "m.nii.gz").read_bytes())
        size = struct.unpack("<3h", data[42:48])
        self.assertEqual(len(data), 352 + size[0] * size[1] * size[2])
        for line in lines[1:]:
            label, _, voxels = line.split(",")
            self.assertEqual(data[352:].count(int(label)), int(voxels))

    def test_a_segmentation_keeps_its_names_and_a_label_image_its_labels(self):
        self.mask("0004", "m.dcm", "--roi", "GTV*")
        self.assertEqual(self.features("cohort/dicom/0004", "m.dcm")[1], ["GTV", "GTVn"])
        image = "cohort/nifti/phantom-14/image.nii.gz"
        self.mask("0004", "all.nrrd")
        result = self.run_program("mask", "cohort/dicom/0004", "all.nrrd", "--roi", "3",
                                  "--output", "three.mha")
        self.assertRegex(result.stdout, r"\Alabel,roi,voxels\n3,3,\d+\n\Z")
        result = self.run_program("mask", image, "cohort/nifti/phantom-14/mask.nii", "--output", "m.mha")
        self.assertRegex(result.stdout, r"\Alabel,roi,voxels\n1,1,\d+\n\Z")

    def test_the_same_input_gives_the_same_bytes(self):
        for ending in ENDINGS:
            one, two = (f"{name}/{ending[1:]}/m{ending}" for name in ("one", "two"))
            self.mask("0004", one)
            self.mask("0004", two)
            self.assertEqual((self.folder / one).read_bytes(), (self.folder / two).read_bytes(), ending)

    def test_a_file_is_replaced_whole(self):
        self.mask("0004", "m.nrrd")
        self.mask("0001", "m.nrrd")
        self.assertEqual(self.features("cohort/dicom/0001", "m.nrrd")[1], ["1"])
        self.assertEqual(sorted(os.listdir(self.folder)), ["cohort", "m.nrrd"])

    # ---- DICOM ----

    def test_dciodvfy_finds_the_segmentation_in_order(self):
        program = shutil.which("dciodvfy")
        if not program:
            self.skipTest("needs dciodvfy (package dicom3tools)")
        for number in ("0001", "0004", "0008"):
            self.mask(number, "m.dcm")
            found = subprocess.run([program, "m.dcm"], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual((found.returncode, (found.stdout + found.stderr).strip()),
                             (0, "Segmentation"))

    def test_only_dicom_carries_the_identity_and_says_so(self):
        planted = (self.cohort / "planted_identities.txt").read_text(encoding="utf-8").split("\n")[:-1]
        for ending in ENDINGS:
            _, result = self.mask("0004", f"m{ending}")
            content = (self.folder / f"m{ending}").read_bytes()
            if ending == ".nii.gz":
                content = gzip.decompress(content)
            named = [text for text in planted if re.search(
                rb"(?<![\d.])" + re.escape(text.encode()) + rb"(?![\d.])", content)]
            self.assertEqual(bool(named), ending == ".dcm", named)
            self.assertEqual("identity" in result.stderr, ending == ".dcm", result.stderr)
            os.remove(self.folder / f"m{ending}")
            for text in planted:
                self.assertNotRegex(result.stdout + result.stderr,
                                    rf"(?<![\d.]){re.escape(text)}(?![\d.])")

    def test_a_segmentation_belongs_to_its_patient(self):
        """Copied into the export, it is found as a mask of the series."""
        shutil.copytree(self.cohort / "dicom/0004", self.folder / "export/0004")
        self.mask("0004", "export/new.dcm")
        text = self.run_program("inspect", "export").stdout
        self.assertIn("1 series, 2 masks, no problems", text)
        result = self.run_program("batch", "export", "--output", "out")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.folder / "out/features.csv", newline="", encoding="utf-8") as file:
            self.assertEqual(len(list(csv.DictReader(file))), 6)

    # ---- what is refused ----

    def test_overlapping_regions(self):
        patient = "cohort/dicom/0004"
        overlapping = self.overlapping_segments()
        self.refused("unwritable_output: m.nii.gz: the regions 'GTV' and 'Lung L' share voxels: ",
                     patient, overlapping, "--output", "m.nii.gz")
        expected, _ = self.features(patient, overlapping)
        result = self.run_program("mask", patient, overlapping, "--output", "m.dcm")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.features(patient, "m.dcm"), (expected, ["GTV", "Lung L"]))
        result = self.run_program("mask", patient, overlapping, "--output", "m.seg.nrrd")
        self.assertEqual(result.returncode, 0, result.stderr)
        header, voxels = (self.folder / "m.seg.nrrd").read_bytes().split(b"\n\n", 1)
        self.assertIn(b"\nSegment1_Name:=Lung L\n", header)
        self.assertIn(b"\nsizes: 2 ", header)
        voxels = gzip.decompress(voxels)
        counts = [line.split(",")[2] for line in result.stdout.splitlines()[1:]]
        self.assertEqual([str(voxels[0::2].count(1)), str(voxels[1::2].count(2))], counts)

    def overlapping_segments(self):
        """A tumour and a lung, with 80 more voxels in the same place of every frame of both."""
        self.mask("0004", "both.dcm", "--roi", "GTV", "--roi", "Lung L")
        file = self.folder / "both.dcm"
        content = bytearray(file.read_bytes())
        frame_bytes = 112 * 88 // 8
        start = content.rindex(b"\xe0\x7f\x10\x00") + 12
        self.assertEqual((len(content) - start) % frame_bytes, 0)
        for frame in range(start, len(content), frame_bytes):
            content[frame + 600:frame + 610] = b"\xff" * 10
        file.write_bytes(content)
        return "both.dcm"

    def test_wrong_usage(self):
        patient = "cohort/dicom/0004"
        self.refused("usage: --output", patient, patient, code=64)
        for name in ("m.tif", "m", ".dcm", "m.mhd"):
            self.refused(r"usage: [^\n]*\.nii\.gz \.nii \.nrrd \.seg\.nrrd \.mha \.dcm",
                         patient, patient, "--output", name, code=64)

    def test_unknown_region(self):
        patient = "cohort/dicom/0004"
        self.refused("unknown_region: [^\n]*'Heart'", patient, patient, "--roi", "Heart",
                     "--output", "m.nrrd")

    def test_mask_of_another_patient(self):
        self.refused("reference_mismatch: ", "cohort/dicom/0001", "cohort/dicom/0002",
                     "--output", "m.nrrd")

    def test_dicom_of_an_image_file(self):
        folder = "cohort/nifti/phantom-14"
        self.refused("unsupported_data: m.dcm: [^\n]*DICOM series", f"{folder}/image.nii.gz",
                     f"{folder}/mask.nii", "--output", "m.dcm")

    def test_unwritable_output(self):
        (self.folder / "file").write_text("")
        patient = "cohort/dicom/0004"
        for ending in ENDINGS:
            self.refused(f"unwritable_output: file(/m{ending})?: ", patient, patient,
                         "--output", f"file/m{ending}")

    def test_an_input_is_never_replaced(self):
        self.mask("0004", "m.nrrd")
        self.refused("unwritable_output: m.nrrd: ", "cohort/dicom/0004", "m.nrrd",
                     "--output", "m.nrrd")

    def test_a_region_that_cannot_be_read(self):
        """The other is written, with exit code 1."""
        self.mask("0004", "all.dcm")
        file = self.folder / "all.dcm"
        # no frame belongs to the second segment any more
        content = file.read_bytes()
        number = b"\x62\x00\x0b\x00US\x02\x00"
        self.assertIn(number + b"\x02\x00", content)
        file.write_bytes(content.replace(number + b"\x02\x00", number + b"\x01\x00"))
        result = self.run_program("mask", "cohort/dicom/0004", "all.dcm", "--output", "m.nrrd")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, r"radiomics: error: empty_region: [^\n]*'GTVn'")
        self.assertEqual([line.split(",")[1] for line in result.stdout.splitlines()[1:]],
                         ["GTV", "Lung L"])
        self.refused("empty_region: ", "cohort/dicom/0004", "all.dcm", "--roi", "GTVn",
                     "--output", "n.nrrd")


if __name__ == "__main__":
    unittest.main()
