"""Runs whole command lines on the sample cohort: batch, its failures, and that no output says who
the patients are.

usage: cohort_test.py PROGRAM MAKE_COHORT"""
import csv
import json
import os
import re
import shutil
import subprocess
import unittest

from cohort import CohortTest, take_arguments

PROGRAM, MAKE_COHORT = take_arguments(2)
ENVIRONMENT = os.environ | {"ASAN_OPTIONS": "detect_leaks=0"}  # fontconfig keeps its cache


class Cohort(CohortTest):
    make_cohort = MAKE_COHORT

    def run_program(self, arguments):
        words = arguments.split() if isinstance(arguments, str) else arguments
        return subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True,
                              env=ENVIRONMENT)

    def batch(self, arguments, code=0, output="out"):
        """Rows and failures of a batch, and the finished process."""
        result = self.run_program(f"batch {arguments} --output {output}")
        self.assertEqual(result.returncode, code, result.stderr)
        rows = self.table(f"{output}/features.csv") if code < 2 else []
        return rows, self.table(f"{output}/failures.csv"), result

    def table(self, name):
        with open(self.folder / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def one_patient(self, number):
        """A copy of a patient's export that may be damaged."""
        copy = self.folder / "export" / number
        shutil.copytree(self.cohort / "dicom" / number, copy)
        return copy

    def slices(self, patient):
        """The slices of the patient's first series, in the order of their positions."""
        text = self.run_program(f"inspect {patient} --format json").stdout
        series = patient / json.loads(text)["images"][0]["path"]
        return sorted(file for file in series.parent.iterdir() if file.is_file())


class Batch(Cohort):
    def test_folder_of_dicom(self):
        rows, failures, result = self.batch("cohort/dicom")
        self.assertEqual((len(rows), failures), (24, []))
        self.assertEqual(sorted({row["case"] for row in rows}),
                         sorted(row["case"] for row in self.table("cohort/clinical.csv")
                                if not row["case"].startswith("phantom")))
        for row in rows:
            self.assertRegex(row["case"], "^s[0-9a-f]{12}$")
            self.assertGreater(float(row["original_morphology_volume_mesh"]), 0)
        self.assertIn("24 regions of 21 cases measured, 0 refused", result.stdout)
        self.assertEqual(sorted(os.listdir(self.folder / "out")),
                         [".lock", "cases", "failures.csv", "features.csv", "features.db", "run.json"])
        run = json.loads((self.folder / "out/run.json").read_text())
        self.assertEqual(sorted(file.stem for file in (self.folder / "out/cases").iterdir()),
                         sorted({row["case"] for row in rows}))
        self.assertEqual(sorted(run["results"]), sorted({row["case"] for row in rows}))
        self.assertTrue(any("another series of the patient" in note for note in run["warnings"]))
        self.assertIn("texture.bins", run["settings"])

    def test_any_number_of_jobs_gives_the_same_bytes(self):
        for jobs in (1, 2, 7):
            self.batch(f"cohort/dicom --jobs {jobs} --preset ibsi1-d", output=f"out{jobs}")
        for name in ("features.csv", "failures.csv", "features.db", "run.json"):
            one, two, seven = ((self.folder / f"out{jobs}" / name).read_bytes() for jobs in (1, 2, 7))
            self.assertTrue(one == two == seven, name)

    def test_list_of_cases(self):
        rows, failures, _ = self.batch("cohort/nifti/cases.csv")
        self.assertEqual(failures, [])
        self.assertEqual([(row["case"], row["roi"], row["scanner"]) for row in rows],
                         [("phantom-14", "1", "A"), ("phantom-18", "1", "B"), ("phantom-22", "1", "A")])
        self.assertEqual(list(rows[0])[:4], ["case", "roi", "scanner", "warnings"])

    def test_columns_of_pyradiomics_and_cells_that_need_quotes(self):
        (self.folder / "list.csv").write_text(
            'ID,Image,Mask,Label,"Site, ""A"""\n'
            'one,cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii,1,"x\ny"\n')
        rows, failures, _ = self.batch("list.csv")
        self.assertEqual(failures, [])
        self.assertEqual((rows[0]["case"], rows[0]['Site, "A"']), ("one", "x\ny"))

    def test_what_is_wrong_with_a_case_does_not_touch_the_others(self):
        (self.folder / "list.csv").write_text(
            "case,image,mask,roi\n"
            "good,cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii,1\n"
            "absent,cohort/nifti/phantom-14/image.nii.gz,no.nii,\n"
            "nameless,cohort/nifti/phantom-14/image.nii.gz,,\n"
            "other,cohort/nifti/phantom-18/image.nii.gz,cohort/nifti/phantom-14/mask.nii,\n"
            "wrong,cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii,GTV\n")
        rows, failures, result = self.batch("list.csv", code=1)
        self.assertEqual([row["case"] for row in rows], ["good"])
        self.assertEqual({row["case"]: row["kind"] for row in failures},
                         {"absent": "unreadable_file", "nameless": "missing_mask",
                          "other": "geometry_mismatch", "wrong": "unknown_region"})
        self.assertEqual(result.stderr.count("radiomics: error: "), 4)
        self.assertNotIn(str(self.folder), (self.folder / "out/failures.csv").read_text())

    def test_lists_that_cannot_be_used(self):
        for text, kind in (("a,b\n1,2\n", "column_not_found"), ("image,mask\n", "no_rows"), ("", "empty_file"),
                           ("image,mask\na/x.nii,m.nii\nb/x.nii,m.nii\n", "ambiguous_input")):
            (self.folder / "list.csv").write_text(text)
            result = self.run_program("batch list.csv --output out")
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertRegex(result.stderr, rf"\Aradiomics: error: {kind}: list\.csv[^\n]*\n\Z")
            self.assertFalse((self.folder / "out").exists())

    def test_missing_slice(self):
        patient = self.one_patient("0001")
        roi_slice = self.run_program(["extract", str(patient), str(patient), "--format", "json"])
        box = json.loads(roi_slice.stdout)["rows"][0]["diagnostics"]["mask"]["box"]
        self.assertLess(box["first"][2], box["last"][2])
        self.slices(patient)[10].unlink()
        shutil.copytree(self.cohort / "dicom/0002", self.folder / "export/0002")
        rows, failures, _ = self.batch("export", code=1)
        self.assertEqual(len(rows), 1)
        self.assertEqual(len(failures), 1, failures)
        self.assertIn(failures[0]["kind"], ("unsupported_data", "geometry_mismatch"))

    def test_patient_without_a_mask_and_mask_without_an_image(self):
        patient = self.one_patient("0001")
        inspection = json.loads(self.run_program(f"inspect {patient} --format json").stdout)
        mask = patient / inspection["masks"][0]["path"]
        series = self.slices(patient)
        shutil.copytree(self.cohort / "dicom/0002", self.folder / "export/0002")
        shutil.move(mask, self.folder / "mask.dcm")
        rows, failures, _ = self.batch("export", code=1)
        self.assertEqual((len(rows), [row["kind"] for row in failures]), (1, ["missing_mask"]))
        self.assertEqual(failures[0]["case"], inspection["images"][0]["case"])
        shutil.move(self.folder / "mask.dcm", mask)
        for file in series:
            file.unlink()
        rows, failures, _ = self.batch("export", code=1)
        self.assertEqual((len(rows), [row["kind"] for row in failures]), (1, ["missing_image"]))
        self.assertEqual(failures[0]["case"], inspection["images"][0]["case"])

    def test_mr_has_values_and_a_warning(self):
        for file in self.slices(self.one_patient("0001")):
            content = file.read_bytes()
            file.write_bytes(content.replace(b"\x08\0\x60\0CS\2\0CT", b"\x08\0\x60\0CS\2\0MR"))
        (row,), failures, result = self.batch("export")
        self.assertEqual((failures, row["diagnostics_modality"]), ([], "MR"))
        self.assertIn("texture.bins of 25 from -1000 suit the HU of CT, and this image is MR", row["warnings"])
        self.assertIn(row["warnings"], result.stderr)
        ct, = (one for one in self.batch("cohort/dicom", output="ct")[0] if one["case"] == row["case"])
        self.assertEqual(ct["warnings"], "")
        features = [name for name in row if name.startswith("original_")]
        self.assertEqual([row[name] for name in features], [ct[name] for name in features])

    def test_nothing_measured(self):
        patient = self.one_patient("0001")
        for file in self.slices(patient):
            file.write_bytes(file.read_bytes()[:2000])
        _, failures, result = self.batch("export", code=2)
        self.assertGreater(len(failures), 0)
        self.assertFalse((self.folder / "out/features.csv").exists())
        self.assertIn("0 regions", result.stdout)


class Extract(Cohort):
    def test_dicom_and_batch_agree(self):
        rows, _, _ = self.batch("cohort/dicom")
        by_region = {(row["case"], row["roi"]): row for row in rows}
        for number in ("0001", "0004", "0005", "0008", "0015"):
            text = self.run_program(f"extract cohort/dicom/{number} cohort/dicom/{number}").stdout
            found = list(csv.DictReader(text.splitlines()))
            self.assertGreater(len(found), 0)
            for row in found:
                self.assertEqual(row, by_region[row["case"], row["roi"]])

    def test_regions_by_pattern(self):
        for pattern, regions in (("gtv*", ["GTV", "GTVn"]), ("Lung ?", ["Lung L"])):
            result = self.run_program(["extract", "cohort/dicom/0004", "cohort/dicom/0004", "--roi", pattern])
            self.assertEqual([row["roi"] for row in csv.DictReader(result.stdout.splitlines())], regions)

    def test_one_of_several_series(self):
        document = json.loads(self.run_program("inspect cohort/dicom/0005 --format json").stdout)
        self.assertEqual(len(document["images"]), 2)
        mask = f"cohort/dicom/0005/{document['masks'][0]['path']}"
        result = self.run_program(f"extract cohort/dicom/0005 {mask}")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(document["masks"][0]["case"], result.stdout)
        names = [image["case"] for image in document["images"]]
        foreign = "cohort/dicom/0001"
        result = self.run_program(f"extract cohort/dicom/0005 {foreign}")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"\Aradiomics: error: ambiguous_input: [^\n]+--series\n\Z")
        for name in names:
            self.assertIn(name, result.stderr)
            chosen = self.run_program(f"extract cohort/dicom/0005 {mask} --series {name}")
            self.assertEqual(chosen.returncode, 0 if name == document["masks"][0]["case"] else 2)

    def test_mask_of_another_patient(self):
        for image, mask in (("0001", "0002"), ("0009", "0010")):
            result = self.run_program(f"extract cohort/dicom/{image} cohort/dicom/{mask}")
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertRegex(result.stderr, r"\Aradiomics: error: reference_mismatch: [^\n]+\n\Z")


class Identities(Cohort):
    """Names, numbers, dates and UIDs are planted in every header of the cohort."""

    def planted(self):
        return (self.cohort / "planted_identities.txt").read_text(encoding="utf-8").split("\n")[:-1]

    def assert_nobody_is_named(self, text, where):
        for identity in self.planted():
            if identity in text:
                # a date is eight digits: inside a longer number it is chance
                found = re.search(rf"(?<![\d.]){re.escape(identity)}(?![\d.])", text)
                self.assertIsNone(found, f"{where}: {identity!r}")

    def search(self, result, *outputs):
        self.assert_nobody_is_named(result.stdout + result.stderr, result.args)
        for output in outputs:
            files = [file for file in (self.folder / output).rglob("*") if file.is_file()]
            self.assertGreater(len(files), 0)
            for file in files:
                self.assert_nobody_is_named(str(file.relative_to(self.folder)), "file name")
                self.assert_nobody_is_named(file.read_bytes().decode("latin-1"), file.name)

    def test_the_search_finds_what_is_planted(self):
        header = next(file for file in self.slices(self.cohort / "dicom/0001"))
        with self.assertRaises(AssertionError):
            self.assert_nobody_is_named(header.read_bytes().decode("latin-1"), "a slice")
        self.assertGreater(len(self.planted()), 100)

    def test_outputs_of_every_command(self):
        self.search(self.run_program("batch cohort/dicom --output batch"), "batch")
        self.search(self.run_program("batch cohort/nifti/cases.csv --output nifti"), "nifti")
        self.search(self.run_program("qc cohort/dicom --output qc"), "qc")
        self.search(self.run_program("inspect cohort/dicom"))
        self.search(self.run_program("inspect cohort/dicom --format json"))
        for form in ("wide", "long", "json"):
            self.search(self.run_program(
                f"extract cohort/dicom/0004 cohort/dicom/0004 --format {form} --output {form}/table"), form)
        self.search(self.run_program(
            "survival km --clinical cohort/clinical.csv --endpoint OS:time=os_months,event=os_event "
            "--by stage_group --horizon 12,24 --output km"), "km")

    def test_messages_about_damaged_files(self):
        for number, damage in (("0001", lambda data: data[:3000]), ("0002", lambda data: b""),
                               ("0004", lambda data: data.replace(b"RescaleSlope", b"")[:-1000])):
            patient = self.one_patient(number)
            for file in self.slices(patient)[3:6]:
                file.write_bytes(damage(file.read_bytes()))
        shutil.copytree(self.cohort / "dicom/0003", self.folder / "export/0003")
        self.search(self.run_program("batch export --output out"), "out")
        self.search(self.run_program("qc export --output qc"), "qc")
        self.search(self.run_program("inspect export"))
        self.search(self.run_program("extract export/0001 export/0001"))
        self.search(self.run_program("extract cohort/dicom/0001 cohort/dicom/0002"))
        self.search(self.run_program("extract cohort/dicom/0005 cohort/dicom/0001"))


if __name__ == "__main__":
    unittest.main()
