"""Batches that are ended, divided and taken up again: nothing is lost, and the tables are those of an
undisturbed run, to the byte.

usage: batch_test.py PROGRAM MAKE_COHORT"""
import csv
import fcntl
import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from cohort import CohortTest, take_arguments

PROGRAM, MAKE_COHORT = take_arguments(2)
TABLES = ("features.csv", "failures.csv", "features.db", "run.json")


class BatchFolder(CohortTest):
    make_cohort = MAKE_COHORT

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        root = cls.cohort.parent
        shutil.rmtree(cls.cohort / "dicom/0001")  # cases are not called after the order of folders
        subprocess.run([PROGRAM, "batch", "cohort/dicom", "--output", "undisturbed"], cwd=root,
                       check=True, capture_output=True)
        cls.undisturbed = root / "undisturbed"

    def run_program(self, arguments, code=None, **options):
        words = arguments.split() if isinstance(arguments, str) else arguments
        result = subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True, **options)
        if code is not None:
            self.assertEqual(result.returncode, code, result.stderr)
        return result

    def batch(self, arguments, code=0, **options):
        return self.run_program(f"batch {arguments}", code, **options)

    def table(self, name):
        with open(self.folder / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def assert_same_tables(self, one, other):
        for name in TABLES:
            self.assertTrue((one / name).read_bytes() == (other / name).read_bytes(), name)

    def assert_refused(self, result, kind, *parts):
        self.assertRegex(result.stderr, rf"(?m)^radiomics: error: {kind}: ")
        self.assertEqual(result.stderr.count("radiomics: error: "), 1, result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)


class NegativeControls(BatchFolder):
    """The same regions with intensities that mean nothing, beside the original ones."""

    def test_rows_of_every_control(self):
        self.batch("cohort/dicom --control original,shuffle-roi --control random-full --output out")
        rows = self.table("out/features.csv")
        plain = self.table(self.undisturbed / "features.csv")
        self.assertEqual(len(rows), 3 * len(plain))
        self.assertEqual(list(rows[0])[:4], ["case", "roi", "Control", "warnings"])
        originals = [{name: cell for name, cell in row.items() if name != "Control"} for row in rows
                     if row["Control"] == "original"]
        self.assertEqual(originals, plain)
        for kind in ("shuffle-roi", "random-full"):
            controls = [row for row in rows if row["Control"] == kind]
            self.assertEqual([(row["case"], row["roi"]) for row in controls],
                             [(row["case"], row["roi"]) for row in plain])
            for ours, row in zip(controls, plain):
                for name in ("original_morphology_volume_mesh", "original_morphology_maximum_3d_diameter",
                             "diagnostics_mask_sha256"):
                    self.assertEqual(ours[name], row[name])
                name = "original_glcm_contrast_3d_v_mrg"
                self.assertNotEqual(ours[name], row[name])
        options = json.loads((self.folder / "out/run.json").read_text())["options"]
        self.assertEqual((options["control"], options["seed"]), ("original,shuffle-roi,random-full", "1"))

    def test_shards_and_further_runs_are_one_run(self):
        arguments = "cohort/dicom --control original,sample-roi --seed 7"
        self.batch(f"{arguments} --jobs 1 --output whole")
        for shard in (1, 2):
            self.batch(f"{arguments} --jobs 3 --shard {shard}/2 --output part{shard}")
        self.run_program("merge part1 part2 --output merged", 0)
        self.assertEqual(self.table("merged/features.csv"), self.table("whole/features.csv"))
        before = (self.folder / "whole/features.csv").read_bytes()
        again = self.batch(f"{arguments} --output whole")
        self.assertIn("done before", again.stderr)
        self.assertEqual((self.folder / "whole/features.csv").read_bytes(), before)
        self.assert_refused(self.batch("cohort/dicom --control original,sample-roi --output whole", 2),
                            "invalid_settings", "seed was '7' and is '1'")
        self.assert_refused(self.batch("cohort/dicom --output whole", 2), "invalid_settings",
                            "control was 'original,sample-roi' and is not given")

    def test_what_is_refused_is_refused_for_every_control(self):
        (self.folder / "cases.csv").write_text("image,mask,case\nno.nii,no_mask.nii,A\n")
        self.batch("cases.csv --control original,shuffle-roi --output out", 2)
        failures = self.table("out/failures.csv")
        self.assertEqual([row["case"] for row in failures], ["A", "A"])
        self.assertEqual(failures[1]["message"], "control shuffle-roi: " + failures[0]["message"])

    def test_wrong_usage(self):
        for words in ("--control shuffle", "--control roi-shuffle", "--control original,original", "--seed 2"):
            self.assert_refused(self.batch(f"cohort/dicom {words} --output out", 64), "usage")
        (self.folder / "cases.csv").write_text("image,mask,case,control\nno.nii,no_mask.nii,A,x\n")
        self.assert_refused(self.batch("cases.csv --control original --output out", 2), "invalid_settings",
                            "'control'", "rename it")
        self.assertFalse((self.folder / "out").exists())


class Resuming(BatchFolder):
    def test_second_run_does_nothing_again(self):
        self.batch("cohort/dicom --output out")
        before = {file.name: file.stat().st_ino for file in (self.folder / "out/cases").iterdir()}
        result = self.batch("cohort/dicom --output out")
        self.assertEqual({file.name: file.stat().st_ino for file in (self.folder / "out/cases").iterdir()}, before)
        self.assertIn(f"{len(before)} cases of {len(before)} done before", result.stderr)
        self.assert_same_tables(self.folder / "out", self.undisturbed)

    def test_killed_at_any_time(self):
        chance = random.Random(6)
        killed = 0
        for _ in range(12):
            process = subprocess.Popen([PROGRAM, "batch", "cohort/dicom", "--output", "out", "--jobs", "2"],
                                       cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, 0.3))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            for file in (self.folder / "out").glob("cases/*.json"):
                json.loads(file.read_text())  # a result is whole or not there
        self.assertGreater(killed, 0)
        self.batch("cohort/dicom --output out")
        self.assert_same_tables(self.folder / "out", self.undisturbed)
        self.assertEqual(list((self.folder / "out").rglob("*.tmp")), [])

    def test_what_a_killed_run_left_goes(self):
        cases = self.folder / "out/cases"
        cases.mkdir(parents=True)
        (cases / "s000000000000.json.77.tmp").write_text("half")
        (self.folder / "out/features.csv.77.tmp").write_text("half")
        self.batch("cohort/dicom --output out")
        self.assertEqual(list((self.folder / "out").rglob("*.tmp")), [])
        self.assert_same_tables(self.folder / "out", self.undisturbed)

    def test_damaged_result_is_made_again(self):
        self.batch("cohort/dicom --output out")
        for number, file in enumerate(sorted((self.folder / "out/cases").iterdir())):
            content = file.read_bytes()
            file.write_bytes(content[:(0, 10, len(content) // 2, len(content) - 3)[number % 4]])
        result = self.batch("cohort/dicom --output out")
        self.assertNotIn("done before", result.stderr)
        self.assert_same_tables(self.folder / "out", self.undisturbed)

    def test_input_that_vanishes_and_comes_back(self):
        shutil.copytree(self.cohort / "dicom", self.folder / "export", copy_function=shutil.copy2)
        process = subprocess.Popen([PROGRAM, "batch", "export", "--output", "out", "--jobs", "1"],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        process.stderr.readline()  # the first case is done
        (self.folder / "export").rename(self.folder / "gone")
        _, messages = process.communicate()
        self.assertIn("radiomics: error: unreadable_file: ", messages)
        self.assertEqual(process.returncode, 1)
        self.assertGreater(len(self.table("out/failures.csv")), 0)
        self.batch("export --output out", code=2)  # nothing is there: what was done stays
        (self.folder / "gone").rename(self.folder / "export")
        self.batch("export --output out")
        self.assert_same_tables(self.folder / "out", self.undisturbed)

    def test_file_that_cannot_be_read_for_a_while(self):
        shutil.copytree(self.cohort / "nifti", self.folder / "nifti", copy_function=shutil.copy2)
        self.batch("nifti/cases.csv --output undisturbed")
        image = next((self.folder / "nifti").rglob("image.nii*"))
        image.rename(self.folder / "away")
        self.batch("nifti/cases.csv --output out", code=1)
        self.assertEqual([row["kind"] for row in self.table("out/failures.csv")], ["unreadable_file"])
        (self.folder / "away").rename(image)
        self.batch("nifti/cases.csv --output out")
        self.assert_same_tables(self.folder / "out", self.folder / "undisturbed")

    def test_case_whose_files_change_is_measured_again(self):
        shutil.copytree(self.cohort / "dicom", self.folder / "export")
        self.batch("export --output out")
        before = {file.name: file.stat().st_mtime_ns for file in (self.folder / "out/cases").iterdir()}
        mask = next(file for file in sorted((self.folder / "export/0002").rglob("*"))
                    if file.is_file() and b"RTSTRUCT" in file.read_bytes())
        os.utime(mask, ns=(1, 1))
        result = self.batch("export --output out")
        after = {file.name: file.stat().st_mtime_ns for file in (self.folder / "out/cases").iterdir()}
        self.assertEqual(sum(before[name] != after[name] for name in before), 1)
        self.assertIn(f"{len(before) - 1} cases of {len(before)} done before", result.stderr)

    def test_cases_that_come_and_go(self):
        export = self.folder / "export"
        shutil.copytree(self.cohort / "dicom", export, copy_function=shutil.copy2)
        shutil.move(export / "0002", self.folder / "late")
        self.batch("export --output out")
        shutil.move(self.folder / "late", export / "0002")
        self.assertIn("done before", self.batch("export --output out").stderr)
        self.assert_same_tables(self.folder / "out", self.undisturbed)
        gone = len(self.table("out/features.csv"))
        shutil.rmtree(export / "0002")
        result = self.batch("export --output out")
        self.assertRegex(result.stderr, r"warning: out: 1 cases? of an earlier run (is|are) no longer in the input")
        self.assertEqual(len(self.table("out/features.csv")), gone - 1)

    def test_columns_that_are_carried_may_change(self):
        lines = ["case,image,mask,age"] + [
            f"p{n},cohort/nifti/phantom-{n}/image.nii.gz,cohort/nifti/phantom-{n}/mask.nii,5{n}" for n in (14, 18)]
        (self.folder / "list.csv").write_text("\n".join(lines) + "\n")
        self.batch("list.csv --output out")
        (self.folder / "list.csv").write_text("\n".join([lines[0] + ",sex", *(line + ",f" for line in lines[1:])]))
        self.assertIn("2 cases of 2 done before", self.batch("list.csv --output out").stderr)
        self.assertEqual([(row["age"], row["sex"]) for row in self.table("out/features.csv")],
                         [("514", "f"), ("518", "f")])


class Failures(BatchFolder):
    def list_with_a_bad_case(self):
        (self.folder / "list.csv").write_text(
            "case,image,mask,roi\n"
            "good,cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii,1\n"
            "bad,cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii,7\n")

    def test_retry_failed(self):
        self.list_with_a_bad_case()
        self.batch("list.csv --output out", code=1)
        self.assertEqual([(row["case"], row["step"], row["kind"]) for row in self.table("out/failures.csv")],
                         [("bad", "open", "unknown_region")])
        self.assertIn("2 cases of 2 done before", self.batch("list.csv --output out", code=1).stderr)
        result = self.batch("list.csv --output out --retry-failed", code=1)
        self.assertIn("1 case of 2 done before", result.stderr)
        self.assertIn("unknown_region", result.stderr)

    def test_remedy_that_is_added(self):
        shutil.copytree(self.cohort / "nifti", self.folder / "nifti", copy_function=shutil.copy2)
        text = (self.folder / "nifti/cases.csv").read_text()
        lines = text.splitlines()
        other = lines[1].replace("phantom-14,", "other,", 1).replace("phantom-14/mask", "phantom-18/mask")
        (self.folder / "nifti/cases.csv").write_text("\n".join([*lines, other]) + "\n")
        self.batch("nifti/cases.csv --output out", code=1)
        self.assertEqual([row["kind"] for row in self.table("out/failures.csv")], ["geometry_mismatch"])
        result = self.batch("nifti/cases.csv --output out --resample-mask", code=1)
        self.assertIn("3 cases of 4 done before", result.stderr)
        self.assertEqual([row["kind"] for row in self.table("out/failures.csv")], ["empty_region"])
        self.batch("nifti/cases.csv --output undisturbed --resample-mask", code=1)
        self.assert_same_tables(self.folder / "out", self.folder / "undisturbed")
        self.assert_refused(self.batch("nifti/cases.csv --output out", code=2), "invalid_settings",
                            "resample-mask was 'yes' and is ''")

    def test_nothing_else_may_run_in_the_folder(self):
        (self.folder / "out").mkdir()
        with open(self.folder / "out/.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for command in ("batch cohort/dicom", "merge " + str(self.undisturbed)):
                self.assert_refused(self.run_program(f"{command} --output out", code=2), "folder_in_use", "out: ")
        self.batch("cohort/dicom --output out")

    def test_settings_that_changed(self):
        (self.folder / "s.yaml").write_text("resample:\n  spacing_mm: [3, 3, 3]\n")
        self.batch("cohort/dicom --output out --settings s.yaml")
        before = (self.folder / "out/features.csv").read_bytes()
        (self.folder / "s.yaml").write_text("resample:\n  spacing_mm: [4, 4, 4]\n")
        for change, parts in (("--settings s.yaml", ("resample.spacing_mm was '[3, 3, 3]' and is '[4, 4, 4]'",)),
                              ("--settings s.yaml --roi GTV*", ("resample.spacing_mm",)),
                              ("--preset ibsi1-c", (" was ",))):
            self.assert_refused(self.batch(f"cohort/dicom --output out {change}", code=2),
                                "invalid_settings", "another --output", *parts)
        (self.folder / "s.yaml").write_text("# as before\nresample: {spacing_mm: [3, 3, 3]}\n")
        self.assert_refused(self.batch("cohort/dicom --output out --settings s.yaml --roi GTV*", code=2),
                            "invalid_settings", "roi was '' and is 'GTV*'")
        self.assertIn("done before", self.batch("cohort/dicom --output out --settings s.yaml").stderr)
        self.assertEqual((self.folder / "out/features.csv").read_bytes(), before)

    def test_wrong_key_makes_no_folder(self):
        (self.folder / "s.yaml").write_text("texture:\n  binz: 3\n")
        self.assert_refused(self.batch("cohort/dicom --output out --settings s.yaml", code=2),
                            "invalid_settings", "s.yaml:2", "binz")
        self.assertFalse((self.folder / "out").exists())

    def test_output_that_cannot_be_written(self):
        (self.folder / "file").write_text("")
        self.assert_refused(self.batch("cohort/dicom --output file/out", code=2), "unwritable_output", "file/out")

    def test_full_disk(self):
        def no_file_of_this_size():
            resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

        result = self.batch("cohort/dicom --output out --jobs 1", code=2, preexec_fn=no_file_of_this_size,
                            restore_signals=False)  # SIGXFSZ stays ignored: writing fails instead
        self.assert_refused(result, "unwritable_output", "out/", "the same command goes on")
        self.assertGreater(len(list((self.folder / "out/cases").glob("*.json"))), 0)
        self.assertEqual(list((self.folder / "out").rglob("*.tmp")), [])
        self.batch("cohort/dicom --output out")
        self.assert_same_tables(self.folder / "out", self.undisturbed)

    def test_region_that_needs_more_memory_than_there_is(self):
        self.batch("cohort/dicom --output out --memory 30M", code=1)
        refused = self.table("out/failures.csv")
        self.assertEqual({(row["step"], row["kind"]) for row in refused}, {("memory", "memory_limit")})
        for row in refused:
            self.assertRegex(row["message"], r"region '.*': needs about \d+ MB of memory, and there are \d+ MB; raise --memory")
        self.batch("cohort/dicom --output out")
        self.assert_same_tables(self.folder / "out", self.undisturbed)

    def test_damaged_record_of_a_run(self):
        self.batch("cohort/dicom --output out")
        (self.folder / "out/run.json").write_text('{"program": ')
        self.assert_refused(self.batch("cohort/dicom --output out", code=2), "unreadable_file",
                            "out/run.json", "delete it")
        (self.folder / "out/run.json").unlink()
        self.assertIn("done before", self.batch("cohort/dicom --output out").stderr)


class Shards(BatchFolder):
    def shards(self, count, **options):
        for i in range(1, count + 1):
            self.batch(f"cohort/dicom --output shards/{i} --shard {i}/{count}", **options)
        return [f"shards/{i}" for i in range(1, count + 1)]

    def test_merged_shards_are_the_whole(self):
        folders = self.shards(4)
        whole = self.table(self.undisturbed / "features.csv")
        parts = [self.table(f"{folder}/features.csv") for folder in folders]
        self.assertEqual(sum(map(len, parts)), len(whole))
        self.run_program(["merge", *reversed(folders), "--output", "merged"], code=0)
        self.assert_same_tables(self.folder / "merged", self.undisturbed)
        result = self.batch("cohort/dicom --output merged")  # a batch folder like any other
        self.assertIn("done before", result.stderr)
        self.assert_same_tables(self.folder / "merged", self.undisturbed)

    def test_every_nth_case(self):
        self.shards(3)
        record = json.loads((self.folder / "shards/2/run.json").read_text())
        self.assertEqual(record["shard"], {"index": 2, "count": 3})
        self.assertEqual({file.stem for file in (self.folder / "shards/2/cases").iterdir()},
                         set(record["results"][1::3]))

    def test_what_is_missing_is_said(self):
        folders = self.shards(3)
        result = self.run_program(["merge", folders[0], folders[2], "--output", "merged"], code=1)
        missing = self.table("merged/failures.csv")
        names = json.loads((self.folder / "merged/run.json").read_text())["results"][1::3]
        self.assertEqual([(row["case"], row["step"], row["kind"]) for row in missing],
                         [(name, "merge", "missing_result") for name in names])
        self.assertEqual(result.stderr.count("run --shard 2/3 to its end and merge again"), len(names))
        self.run_program(["merge", *folders, "--output", "merged"], code=0)
        self.assert_same_tables(self.folder / "merged", self.undisturbed)

    def test_run_that_ended_before_it_began(self):
        folders = self.shards(2)
        shutil.rmtree(self.folder / folders[1] / "cases")
        (self.folder / folders[1] / "run.json").unlink()
        result = self.run_program(["merge", *folders, "--output", "merged"], code=1)
        self.assertIn("radiomics: warning: shards/2: its run ended before it had begun a case", result.stderr)
        self.assertIn("run --shard 2/2 to its end", result.stderr)
        self.assert_refused(self.run_program(["merge", folders[1], "--output", "no"], code=2), "unreadable_file")

    def test_two_cohorts(self):
        self.batch("cohort/nifti/cases.csv --output a")
        text = (self.cohort / "nifti/cases.csv").read_text()
        (self.folder / "other.csv").write_text(text.replace("phantom-14,", "other,").replace(
            ",phantom", ",cohort/nifti/phantom").replace("\nphantom-18", "\nanother").replace("\nphantom-22", "\nthird"))
        self.batch("other.csv --output b")
        self.run_program("merge a b --output merged", code=0)
        self.assertEqual(self.table("merged/features.csv"), self.table("a/features.csv") + self.table("b/features.csv"))
        self.batch("cohort/nifti/cases.csv --output c")
        (self.folder / "fewer.csv").write_text("".join((self.folder / "other.csv").read_text().splitlines(True)[:2]))
        self.batch("fewer.csv --output d")
        self.assert_refused(self.run_program("merge b d --output no", code=2), "ambiguous_input", "'other'", "b", "d")
        self.assertFalse((self.folder / "no").exists())

    def test_what_does_not_belong_together(self):
        self.batch("cohort/dicom --output a --shard 1/2")
        self.batch("cohort/dicom --output b --shard 2/2 --roi GTV*", code=1)
        self.assert_refused(self.run_program("merge a b --output no", code=2), "invalid_settings",
                            "b: was asked for differently than a: roi was '' and is 'GTV*'")
        self.assert_refused(self.run_program("merge a nothing --output no", code=2), "unreadable_file", "nothing")

    def test_shards_that_are_none(self):
        for text in ("0/3", "4/3", "3", "a/b", "1/2/3", "1/0", "-1/3"):
            result = self.run_program(["batch", "cohort/dicom", "--output", "out", f"--shard={text}"], code=64)
            self.assertIn("--shard", result.stderr)
        self.assertFalse((self.folder / "out").exists())


class Tables(BatchFolder):
    def test_database_and_table_agree(self):
        rows = self.table(self.undisturbed / "features.csv")
        database = sqlite3.connect(f"file:{self.undisturbed / 'features.db'}?mode=ro", uri=True)
        self.addCleanup(database.close)
        self.assertEqual(database.execute("pragma integrity_check").fetchone(), ("ok",))
        names = {name for (name,) in database.execute("select name from sqlite_master where type='table'")}
        self.assertLessEqual({"features", "cases", "failures", "provenance"}, names)
        for row in rows:
            found = dict(((f"{image}_{family}_{feature}", code), value) for image, family, feature, code, value in
                         database.execute("select image_type, family, feature, aggregation, value from features "
                                          "where case_name = ? and roi = ?".replace("case_name", '"case"'),
                                          (row["case"], row["roi"])))
            self.assertEqual(len(found), sum(name.startswith("original_") for name in row))
            self.assertEqual(found["original_morphology_volume_mesh", ""], float(row["original_morphology_volume_mesh"]))
        self.assertEqual(database.execute("select count(*) from cases").fetchone()[0],
                         len({row["case"] for row in rows}))

    def test_several_regions_of_one_image_in_a_list(self):
        image = "cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii"
        (self.folder / "list.csv").write_text(f"case,image,mask,roi,note\na,{image},1,x\na,{image},9,y\nA,{image},1,z\n")
        self.batch("list.csv --output out", code=1)
        self.assertEqual([(row["case"], row["roi"], row["note"]) for row in self.table("out/features.csv")],
                         [("a", "1", "x"), ("A", "1", "z")])
        self.assertEqual([(row["case"], row["kind"]) for row in self.table("out/failures.csv")], [("a", "unknown_region")])
        self.assertEqual({file.name for file in (self.folder / "out/cases").iterdir()}, {"a.json", "a.2.json", "A.3.json"})

    def test_names_that_are_no_file_names(self):
        image = "cohort/nifti/phantom-14/image.nii.gz,cohort/nifti/phantom-14/mask.nii"
        names = ["../up", "a/b", "=1+1", ".hidden", "x" * 300, "Jürgen ß", "-12A", "CON"]
        (self.folder / "list.csv").write_text("case,image,mask\n" + "".join(f"{name},{image}\n" for name in names))
        self.batch("list.csv --output out")
        read = [row["case"] for row in self.table("out/features.csv")]
        self.assertEqual([name[1:] if name[0] == "'" else name for name in read], names)
        self.assertEqual(len(list((self.folder / "out/cases").iterdir())), len(names))
        self.assertEqual(sorted(os.listdir(self.folder)), ["cohort", "list.csv", "out"])


class Messages(BatchFolder):
    def test_bar_on_a_terminal(self):
        master, slave = pty.openpty()
        process = subprocess.Popen([PROGRAM, "batch", "cohort/dicom", "--output", "out"], cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=slave)
        os.close(slave)
        text = b""
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:
                break
            if not part:
                break
            text += part
        os.close(master)
        self.assertEqual(process.wait(), 0)
        cases = len({row["case"] for row in self.table("out/features.csv")})
        self.assertRegex(text.decode(), rf"\r\x1b\[K\[#{{24}}\] {cases}/{cases} cases, 0 failed, [\d.]+/s, 0:00 left\r?\n")

    def test_slurm_script(self):
        nasty = "it's $HOME \"here\" * `id`"
        (self.folder / nasty).symlink_to(self.cohort / "dicom")
        words = ["batch", nasty, "--output", "out; rm x", "--roi", "GTV*", "--shard", "1/4", "--jobs", "3",
                 "--memory=2G", "--slurm-script"]
        script = self.run_program(words, code=0).stdout
        self.assertFalse((self.folder / "out; rm x").exists())
        self.assertIn("#SBATCH --cpus-per-task=3\n#SBATCH --mem=2048M\n", script)
        for line in re.findall("^#SBATCH.*", script, re.M):
            self.assertNotIn("HOME", line)
        show = script.replace('"${1:-submit}"', "printf '%s\\n' \"$output\" \"$shards\" \"${program[@]}\" \"${batch[@]}\"")
        result = subprocess.run(["bash", "-s"], input=show, capture_output=True, text=True, cwd="/")
        self.assertEqual(result.stdout.splitlines(), ["out; rm x", "4", PROGRAM, nasty, "--roi", "GTV*"], result.stderr)
        self.assertIn("--shard", self.run_program("batch cohort/dicom --output out --slurm-script", code=64).stderr)


if __name__ == "__main__":
    unittest.main()
