"""Measures what the features cost, beside other programs, and prints it as Markdown.

usage: compare.py --build BUILD_DIR [--data DIR] [--pyradiomics PYTHON] [--pictologics PYTHON]
                  [--repeats N] [--seconds S] [--large] [--page FILE]

One run, one core, one thread: the programs take turns, so that whatever else the machine does meets
all of them, and of every time the fastest is kept. Needs nothing but Python's standard library and
radiomics_benchmarks, radiomics_benchmark_regions and radiomics, built in BUILD_DIR. A peer runs in
an interpreter of its own, where it is installed, and is left out where none is given.

--page replaces the tables of a page between the lines `<!-- NAME -->` and `<!-- end -->`."""
import argparse
import csv
import io
import json
import math
import os
import pathlib
import platform
import re
import sys
import tempfile

import measuring
import tables
from measuring import Problem

PROJECT = pathlib.Path(__file__).resolve().parent.parent
LARGE_REGION = "ellipsoid_64"
# regions that peers measure as well, and how many voxels they have to have (IBSI publishes those
# of the phantom at 2 mm and as scanned)
SHARED_REGIONS = {"many_levels": 3959, "ct_2mm": 45985, "ct_native": 125256, "ct_1mm": 357857,
                  "lung_ct": 23611, LARGE_REGION: 4389995}
# case: (folder, region of interest, the same region in the list above)
DICOM_CASES = {"ct_phantom": ("ibsi/ibsi1_ct_dicom", "GTV-1", "ct_native"),
               "lung_ct": ("dicom/lung4d_113", "Tumor_c40", "lung_ct")}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="release build")
    parser.add_argument("--data", type=pathlib.Path,
                        default=os.environ.get("RADIOMICS_TEST_DATA", f"{PROJECT}/../shared/data"),
                        help="reference data; default: RADIOMICS_TEST_DATA")
    parser.add_argument("--pyradiomics", metavar="PYTHON", help="interpreter that has PyRadiomics")
    parser.add_argument("--pictologics", metavar="PYTHON", help="interpreter that has Pictologics")
    parser.add_argument("--repeats", type=int, default=5, help="rounds; default: 5")
    parser.add_argument("--seconds", type=float, default=0.2,
                        help="for which a computation is repeated in each round; default: 0.2")
    parser.add_argument("--large", action="store_true",
                        help="peers measure 4.39 million voxels, too (minutes)")
    parser.add_argument("--page", type=pathlib.Path, help="Markdown page to put the tables into")
    return parser.parse_args()


class Comparison:
    """Everything that was measured, filled step by step."""

    def __init__(self, options, peers):
        self.options, self.peers = options, peers
        self.benchmarks = measuring.Benchmarks(options.build / "benchmarks/radiomics_benchmarks",
                                               options.seconds)
        self.voxels = {}   # region: voxels
        self.means = {}    # region: mean intensity
        self.counts = {}   # program: values
        self.features = measuring.Fastest()  # (program, family, region): CPU seconds
        self.wall = measuring.Fastest()      # the same of whole commands: (program, case)
        self.cpu = measuring.Fastest()
        self.peaks = {}    # (program, case): MB, the largest
        self.growth = measuring.Fastest()    # (region,): CPU seconds

    # Features only

    def write_regions(self, folder):
        """The regions as files for the peers."""
        names = [name for name in SHARED_REGIONS if name != LARGE_REGION or self.options.large]
        done = measuring.run([self.options.build / "benchmarks/radiomics_benchmark_regions",
                              folder, *names])
        for row in csv.DictReader(io.StringIO(done.output)):
            name, voxels = row["name"], int(row["voxels"])
            if voxels != SHARED_REGIONS[name]:
                raise Problem(f"{name} has {voxels} voxels, not {SHARED_REGIONS[name]}")
            self.voxels[name] = voxels

    def check_answer(self, who, region, answer):
        if answer["voxels"] != self.voxels[region]:
            raise Problem(f"{who} measured {answer['voxels']:g} voxels of {region}, not "
                          f"{self.voxels[region]}")
        if not math.isclose(answer["mean"], self.means[region], rel_tol=1e-9):  # order of a sum
            raise Problem(f"{who} measured other voxels of {region}: their mean is "
                          f"{answer['mean']}, not {self.means[region]}")
        if answer["values"] == 0 or answer["undefined"] == answer["values"]:
            raise Problem(f"{who} has no values of {region}")

    def measure_ours(self, region):
        found, _ = self.benchmarks.measure(f"/{region}$")
        for name, entry in found.items():
            part = name.removesuffix("/" + region)
            if part == "read":
                continue
            if entry["voxels"] != self.voxels[region]:
                raise Problem(f"{name} measured {entry['voxels']:g} voxels")
            self.features.add(("radiomics", part, region), measuring.seconds_of(entry))
            if part.startswith("all/"):
                self.counts["radiomics " + part] = int(entry["values"])
                self.means[region] = entry["mean"]

    def measure_peer(self, peer, folder, region):
        files = folder / f"{region}_image.nii", folder / f"{region}_mask.nii"
        every = tables.PEER_FAMILIES[peer.name.split()[0]]
        for family in every if region != LARGE_REGION else ["all"]:
            answer = peer.measure(files, family, self.options.seconds)
            self.check_answer(peer.name, region, answer)
            self.features.add((peer.name, family, region), answer["cpu_s"])
            if family == "all":
                self.counts[peer.name] = answer["values"]

    def measure_features(self, folder):
        self.write_regions(folder)
        for turn in range(self.options.repeats):
            for region in self.voxels.copy():
                if region == LARGE_REGION and turn > 0:
                    continue
                progress(f"round {turn + 1} of {self.options.repeats}: {region}")
                self.measure_ours(region)
                for peer in self.peers:
                    self.measure_peer(peer, folder, region)

    def measure_growth(self):
        for turn in range(min(self.options.repeats, 3)):
            for region in tables.GROWTH_REGIONS:
                progress(f"growth, round {turn + 1}: {region}")
                found, done = self.benchmarks.measure(f"^all/once/{region}$")
                (entry,) = found.values()
                self.voxels[region] = int(entry["voxels"])
                self.growth.add((region,), measuring.seconds_of(entry))
                self.keep_peak(("radiomics", region), done)

    # Whole commands

    def keep_peak(self, key, done):
        self.peaks[key] = max(done.peak_mb, self.peaks.get(key, 0))

    def keep_command(self, key, done):
        self.wall.add(key, done.wall_s)
        self.cpu.add(key, done.cpu_s)
        self.keep_peak(key, done)

    def extract(self, case, region, *words):
        """Our whole command, with its table checked."""
        done = measuring.run([self.options.build / "cli/radiomics", "extract", *words,
                              "--preset", "native", "--threads", "1"])
        check_table(done.output, self.voxels[region])
        self.keep_command(("radiomics", case), done)

    def measure_nifti_command(self):
        files = [self.options.data / "ibsi/ibsi1_ct" / name for name in
                 ("image.nii.gz", "mask.nii.gz")]
        self.extract("nifti", "ct_native", *files)
        for peer in self.peers:
            done = peer.once(*files)
            self.check_answer(peer.name, "ct_native", json.loads(done.output))
            self.keep_command((peer.name, "nifti"), done)

    def measure_dicom_command(self, case):
        path, roi, region = DICOM_CASES[case]
        folders = self.options.data / path / "ct", self.options.data / path / "rtstruct"
        self.extract(case, region, *folders, "--roi", roi)
        found, _ = self.benchmarks.measure(f"^read/{case}$")
        for entry in found.values():
            self.cpu.add(("our reading", case), measuring.seconds_of(entry))
        for peer in self.peers:
            if not peer.name.startswith("Pictologics"):
                continue  # PyRadiomics reads no RTSTRUCT
            done = peer.once(*folders, roi)
            self.check_answer(peer.name, region, json.loads(done.output))
            self.keep_command((peer.name, case), done)
            done = measuring.run([peer.python, "-B", measuring.PEERS / "reading_floor.py",
                                  *folders, roi])  # its interpreter has pydicom
            self.keep_command(("floor", case), done)
            self.cpu.add(("floor without start", case), json.loads(done.output)["cpu_s"])

    def measure_commands(self):
        for turn in range(self.options.repeats):
            progress(f"whole commands, round {turn + 1}")
            if "ct_native" in self.voxels:
                self.measure_nifti_command()
            for case, (path, _, region) in DICOM_CASES.items():
                if region in self.voxels and (self.options.data / path).exists():
                    self.measure_dicom_command(case)


def check_table(output, voxels):
    """\\throws Problem unless a table has the values of one region of so many voxels"""
    rows = list(csv.DictReader(io.StringIO(output)))
    if len(rows) != 1:
        raise Problem(f"radiomics extract printed {len(rows)} rows")
    measured = rows[0].get("diagnostics_resegmented_voxels")
    values = [value for key, value in rows[0].items() if key.startswith("original_")]
    if measured != str(voxels):
        raise Problem(f"radiomics extract measured {measured} voxels, not {voxels}")
    if len(values) < 174 or not all(re.match(r"-?\d", value) for value in values):
        raise Problem(f"radiomics extract printed {len(values)} values, not all of them numbers")


def progress(text):
    print(text, file=sys.stderr, flush=True)


def report(comparison, cores):
    """{name of a section: its Markdown}"""
    kind = platform.machine().replace("_", "-")
    machine = (f"Measured on one core of a shared {cores}-core {kind} machine; rounds: "
               f"{comparison.options.repeats}.")
    return {"machine": machine, "peers": tables.peers(comparison),
            "families": tables.families(comparison), "parts": tables.parts(comparison),
            "growth": tables.growth(comparison), "commands": tables.commands(comparison),
            "targets": tables.targets(comparison)}


def main():
    options = arguments()
    cores = measuring.stay_on_one_core()
    os.environ["RADIOMICS_TEST_DATA"] = str(options.data)
    if not (options.data / "ibsi/ibsi1_ct").exists():
        progress("the CT phantom is left out: needs ibsi/ibsi1_ct below --data")
    started = [measuring.start_worker(options.pictologics, "pictologics_worker.py", "pictologics"),
               measuring.start_worker(options.pyradiomics, "pyradiomics_worker.py", "pyradiomics")]
    comparison = Comparison(options, [worker for worker in started if worker])
    with tempfile.TemporaryDirectory() as folder:
        comparison.measure_features(pathlib.Path(folder))
    comparison.measure_growth()
    comparison.measure_commands()
    sections = report(comparison, cores)
    for worker in comparison.peers:
        worker.close()
    tables.publish(sections, options.page)


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        sys.exit(f"compare.py: error: {problem}")
